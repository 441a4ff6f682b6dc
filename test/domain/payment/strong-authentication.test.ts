import * as fc from 'fast-check';
import { strongAuthentication, type AuthenticationFacts } from '../../../domain/payment/strong-authentication';
import { assess, type FraudFacts } from '../../../domain/payment/fraud';
import { defaultAccountSettings, type StrongAuthenticationSettings } from '../../../domain/rows/account';

const APPLIED: StrongAuthenticationSettings = { apply: true, low_risk_up_to: 100 };
const payment = (change: Partial<AuthenticationFacts> = {}): AuthenticationFacts => ({
  ...{
    sellerCountry: 'DE',
    cardCountry: 'FR',
    amount: 5000,
    currency: 'eur',
    offSession: false,
    sinceAuthentication: { payments: 0, amount: 0 },
  },
  ...change,
});
const none = { asks: false, exemption: null };

test.each<[string, Partial<AuthenticationFacts>, object]>([
  ['50.00 eur of a low risk is exempted', {}, { asks: false, exemption: 'low_risk' }],
  ['100.00 eur is the most', { amount: 10_000 }, { asks: false, exemption: 'low_risk' }],
  ['100.01 eur is asked for', { amount: 10_001 }, { asks: true, exemption: null }],
  ['below 30.00 eur the amount is low', { amount: 2999 }, { asks: false, exemption: 'low_value' }],
  [
    'a sixth small payment in a row is not, but its risk is low',
    { amount: 500, sinceAuthentication: { payments: 5, amount: 2500 } },
    { asks: false, exemption: 'low_risk' },
  ],
  ['pounds have limits of their own', { amount: 8600, currency: 'gbp' }, { asks: true, exemption: null }],
  ['other currencies have none', { amount: 100, currency: 'sek' }, { asks: true, exemption: null }],
  ['a card from elsewhere is out of scope', { cardCountry: 'US', amount: 50_000 }, none],
  ['so is a seller from elsewhere', { sellerCountry: 'US', amount: 50_000 }, none],
  ['and a payment that the seller starts', { offSession: true, amount: 50_000 }, none],
])('%s', (_, change, expected) => {
  expect(strongAuthentication(payment(change), APPLIED, 'normal')).toEqual(expected);
});

test('a higher risk is never exempted as low, and nothing happens where the seller leaves it to the bank', () => {
  expect(strongAuthentication(payment(), APPLIED, 'elevated')).toEqual({ asks: true, exemption: null });
  expect(strongAuthentication(payment(), { ...APPLIED, low_risk_up_to: 0 }, 'normal')).toEqual({ asks: true, exemption: null });
  expect(strongAuthentication(payment(), { ...APPLIED, apply: false }, 'normal')).toEqual(none);
});

test('whatever the payment, it is out of scope, asked for, or exempted within the limits', () => {
  const any = fc.record({
    sellerCountry: fc.constantFrom('DE', 'GB', 'US'),
    cardCountry: fc.constantFrom('FR', 'GB', 'JP', null),
    amount: fc.integer({ min: 1, max: 60_000 }),
    currency: fc.constantFrom('eur', 'gbp', 'usd'),
    offSession: fc.boolean(),
    sinceAuthentication: fc.option(fc.record({ payments: fc.nat({ max: 8 }), amount: fc.nat({ max: 20_000 }) })),
  });
  fc.assert(
    fc.property(
      any,
      fc.constantFrom('normal' as const, 'elevated' as const),
      fc.constantFrom(0 as const, 100 as const, 500 as const),
      (of, level, limit) => {
        const { asks, exemption } = strongAuthentication(of, { apply: true, low_risk_up_to: limit }, level);
        const isThere = of.sellerCountry !== 'US' && of.cardCountry !== 'JP' && of.cardCountry !== null && !of.offSession;
        expect(asks || exemption !== null).toBe(isThere);
        if (exemption === 'low_value') {
          const since = of.sinceAuthentication ?? { payments: 9, amount: 99_999 };
          expect([of.amount < 3000, since.payments < 5, since.amount + of.amount <= 10_000]).toEqual([true, true, true]);
        }
        if (exemption === 'low_risk') expect([level, of.amount <= limit * 100]).toEqual(['normal', true]);
      },
    ),
  );
});

test('no rule allows a payment without what the law asks for; an authenticated or blocked one is not asked again', () => {
  const facts: FraudFacts = {
    ...{ gateway: 'sandbox', livemode: false, riskLevel: 'normal', cvcCheck: 'pass', postalCodeCheck: null, attemptsInHour: 1 },
    ...{
      offSession: false,
      authenticated: false,
      scored: { score: 12, by: 'a model', points: {} },
      authentication: payment({ amount: 50_000 }),
    },
  };
  const settings = { ...defaultAccountSettings('TEST', 'customer').fraud, strong_authentication: APPLIED };
  const allow = { id: 'rrl_1', action: 'allow' as const, predicate: '', version: 1 };
  expect(assess(facts, settings, { allow })).toMatchObject({ decision: 'allow', rule: 'rrl_1', requestsThreeDSecure: true });
  expect(assess({ ...facts, authenticated: true }, settings).requestsThreeDSecure).toBeUndefined();
  expect(assess({ ...facts, cvcCheck: 'fail' }, settings)).toMatchObject({ decision: 'block' });
  expect(assess({ ...facts, cvcCheck: 'fail' }, settings).requestsThreeDSecure).toBeUndefined();
});
