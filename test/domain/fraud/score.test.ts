import * as fc from 'fast-check';
import { RISK_FEATURES, type RiskFeatures } from '../../../domain/fraud/risk-features';
import { scoreBy, scoreByModel, type RiskModel } from '../../../domain/fraud/score';
import stored from '../../../domain/fraud/score-model.json';
import { assess, riskOf } from '../../../domain/payment/fraud';
import { defaultAccountSettings } from '../../../domain/rows/account';

const renewal: RiskFeatures = {
  ...{ amount: 60, attemptsOfCardInHour: 0, declinesOfCardInDay: 0, cardsOfCustomerInDay: 0, customersOfCardInWeek: 0, paidWithCard: 12 },
  ...{
    cardAge: 9000,
    customerAge: 9000,
    countriesDiffer: 0,
    prepaid: 0,
    emailMissing: 0,
    digitsInEmail: 0,
    offSession: 1,
    authenticated: 0,
  },
};
const newcomer: RiskFeatures = { ...renewal, paidWithCard: 0, cardAge: 0, customerAge: 0.1, offSession: 0 };
const tester: RiskFeatures = { ...newcomer, amount: 2, attemptsOfCardInHour: 6, declinesOfCardInDay: 6, cardsOfCustomerInDay: 9 };

test('a renewal is less of a risk than a newcomer, and a tester of stolen cards is the highest', () => {
  const [low, middle, high] = [renewal, newcomer, tester].map((features) => scoreByModel(features).score);
  expect(low).toBeLessThan(middle ?? 0);
  expect(middle).toBeLessThan(65);
  expect(high).toBeGreaterThanOrEqual(75);
  expect(Object.keys(scoreByModel(tester).points)).toEqual(expect.arrayContaining(['cardsOfCustomerInDay', 'declinesOfCardInDay']));
});

const features = fc.record(
  Object.fromEntries(RISK_FEATURES.map((feature) => [feature, fc.double({ min: 0, max: 10_000, noNaN: true })])),
) as unknown as fc.Arbitrary<RiskFeatures>;

test('whatever a payment is like, the score is a whole number from 0 to 99, and the features explain it, the heaviest first', () => {
  const model = stored as RiskModel;
  fc.assert(
    fc.property(features, (of) => {
      const { score, points } = scoreByModel(of);
      expect(Number.isInteger(score) && score >= 0 && score <= 99).toBe(true);
      const added = Object.values(points);
      expect(added).toEqual(added.toSorted((a, b) => Math.abs(b) - Math.abs(a)));
      const exact = model.stumps.reduce((sum, { feature, threshold, low, high }) => sum + (of[feature] > threshold ? high : low), 0);
      expect(Math.abs(added.reduce((sum, each) => sum + each, 0) - exact)).toBeLessThan(0.01 * RISK_FEATURES.length);
    }),
  );
});

test('one step of a feature never moves the score of another feature', () => {
  const stump = { feature: 'amount', threshold: 100, low: -1, high: 2 } as const;
  const model: RiskModel = { version: 'one step', base: -3, stumps: [stump] };
  expect(scoreBy(model, { ...renewal, amount: 101 })).toMatchObject({ by: 'one step', points: { amount: 2 } });
  expect(scoreBy(model, renewal).points).toEqual({ amount: -1 });
  expect(scoreBy(model, { ...renewal, amount: 101 }).score).toBeGreaterThan(scoreBy(model, renewal).score);
});

const scored = { score: 80, by: 'a model', points: {} };

test('a processor’s own assessment counts first; in test mode a card without a documented risk stays normal', () => {
  const of = { gateway: 'sandbox', livemode: true, riskLevel: 'normal', scored } as const;
  expect(riskOf(of)).toMatchObject({ riskLevel: 'highest', riskScore: 80, explanation: { by: 'a model' } });
  expect(riskOf({ ...of, scored: { ...scored, score: 65 } }).riskLevel).toBe('elevated');
  expect(riskOf({ ...of, livemode: false })).toMatchObject({ riskLevel: 'normal', riskScore: 64 });
  expect(riskOf({ ...of, riskLevel: 'elevated' })).toMatchObject({ riskLevel: 'elevated', riskScore: 70, explanation: { by: 'sandbox' } });
});

test('what the model calls the highest risk is blocked', () => {
  const settings = defaultAccountSettings('TEST', 'customer').fraud;
  const facts = {
    ...{ gateway: 'other', livemode: true, riskLevel: 'normal' as const, scored, cvcCheck: null, postalCodeCheck: null },
    ...{ attemptsInHour: 1, offSession: false, authenticated: false },
    authentication: { sellerCountry: 'US', cardCountry: 'US', amount: 2000, currency: 'usd', offSession: false, sinceAuthentication: null },
  };
  expect(assess(facts, settings)).toMatchObject({ decision: 'block', reason: 'highest_risk_level', riskScore: 80 });
});
