import { defaultAccountSettings } from '../../../domain/rows/account';
import { chargeOutcome } from '../../../domain/payment/charge-outcome';
import { assess, blockedError, type FraudFacts } from '../../../domain/payment/fraud';

const settings = defaultAccountSettings('TEST', 'customer').fraud;
const facts = (change: Partial<FraudFacts> = {}): FraudFacts => ({
  ...{
    riskLevel: 'normal',
    gateway: 'sandbox',
    livemode: false,
    authentication: { sellerCountry: 'US', cardCountry: 'US', amount: 2000, currency: 'usd', offSession: false, sinceAuthentication: null },
    scored: { score: 12, by: 'a model', points: {} },
    cvcCheck: 'pass',
    postalCodeCheck: null,
    attemptsInHour: 1,
    offSession: false,
    authenticated: false,
  },
  ...change,
});
const decide = (change: Partial<FraudFacts>, of: Partial<typeof settings> = {}) => assess(facts(change), { ...settings, ...of });

test('an ordinary card is allowed', () => {
  expect(decide({})).toMatchObject({ decision: 'allow', rule: null, riskLevel: 'normal' });
});

test.each<[string, Partial<FraudFacts>, Partial<typeof settings>, string]>([
  ['the highest risk', { riskLevel: 'highest' }, {}, 'highest_risk_level'],
  ['one attempt too many within an hour', { attemptsInHour: 4 }, { card_attempts_per_hour: 3 }, 'card_attempts_per_hour'],
  ['a wrong security code', { cvcCheck: 'fail' }, {}, 'block_if_cvc_fails'],
  [
    'a wrong postal code, where that is asked for',
    { postalCodeCheck: 'fail' },
    { block_if_postal_code_fails: true },
    'block_if_postal_code_fails',
  ],
])('%s is blocked', (_, change, of, rule) => {
  expect(decide(change, of)).toMatchObject({ decision: 'block', rule });
});

test('a card that the account allows is not blocked', () => {
  expect(decide({ cvcCheck: 'fail' }, { block_if_cvc_fails: false }).decision).toBe('allow');
  expect(decide({ postalCodeCheck: 'fail' }).decision).toBe('allow');
  expect(decide({ attemptsInHour: 60 }).decision).toBe('allow');
});

test('renewals do not count for the velocity rule', () => {
  expect(decide({ attemptsInHour: 1_000, offSession: true }).decision).toBe('allow');
});

test('an elevated risk has the consequence that the account has chosen, and 3-D Secure is requested once', () => {
  expect(decide({ riskLevel: 'elevated' })).toMatchObject({ decision: 'allow', riskLevel: 'elevated' });
  expect(decide({ riskLevel: 'elevated' }, { elevated_risk: 'review' })).toMatchObject({
    decision: 'review',
    reason: 'elevated_risk_level',
  });
  expect(decide({ riskLevel: 'elevated' }, { elevated_risk: 'block' }).decision).toBe('block');
  expect(decide({ riskLevel: 'elevated' }, { elevated_risk: 'require_3ds' }).decision).toBe('require_3ds');
  expect(decide({ riskLevel: 'elevated', authenticated: true }, { elevated_risk: 'require_3ds' }).decision).toBe('allow');
});

test('a blocked payment looks like any decline to its payer, and shows its reason to the seller', () => {
  const assessment = decide({ riskLevel: 'highest' });
  const error = blockedError(assessment);
  expect([error.code, error.decline_code, error.message]).toEqual(['card_declined', 'fraudulent', 'Your card was declined.']);
  expect(chargeOutcome({ outcome: 'blocked', error }, assessment)).toMatchObject({
    ...{ type: 'blocked', network_status: 'not_sent_to_network', reason: 'highest_risk_level', risk_level: 'highest' },
  });
});
