import { cardByNumber, cardByToken, TEST_CARDS } from '../../../gateways/sandbox/cards';
import { answerCharge, answerSetup } from '../../../gateways/sandbox/rules';

const ask = (card: string, change: object = {}) => ({
  ...{ idempotencyKey: 'pi_1/attempt-1', card, offSession: false, setUp: false, threeDSecure: null, continues: null, capture: true },
  ...change,
});
const outcome = (card: string, change: object = {}) => answerCharge(ask(card, change), 'https://pay.test').outcome;

const isLuhn = (number: string): boolean =>
  Array.from(number)
    .reverse()
    .map((digit, index) => (index % 2 === 0 ? Number(digit) : ([0, 2, 4, 6, 8, 1, 3, 5, 7, 9][Number(digit)] ?? 0)))
    .reduce((sum, value) => sum + value, 0) %
    10 ===
  0;

// Only tokens tell apart how the card fails that can be attached and not charged: they share its number.
const SHARED = '4000000000000341';

test('every test card has a valid number and its own token', () => {
  expect(TEST_CARDS.filter(({ number }) => !isLuhn(number)).map(({ name, number }) => [name, number])).toEqual([]);
  const numbers = TEST_CARDS.map(({ number }) => number);
  expect(numbers.filter((number, index) => numbers.indexOf(number) !== index && number !== SHARED)).toEqual([]);
  expect(TEST_CARDS.find(({ number }) => number === SHARED)?.name).toBe('chargeCustomerFail');
  const names = TEST_CARDS.flatMap(({ name, aliases }) => [name, ...aliases]);
  expect(new Set(names).size).toBe(names.length);
});

test.each(['pm_card_visa', 'tok_visa', 'pm_card_chargeDeclined', 'pm_card_visa_chargeDeclined', 'pm_card_amex_threeDSecureNotSupported'])(
  '%s is known',
  (token) => {
    expect(cardByToken(token)).toBeDefined();
  },
);

test('every documented country has a card, pm_card_<code> and tok_<code>', () => {
  const countries = (
    'us ar br ca cl co cr ec mx pa py pe uy ae at be bg by hr cy cz dk ee fi fr de gi gr hu ie it lv li lt lu mt nl no pl pt ro si sk es se ' +
    'ch gb au cn hk in jp my nz sg tw'
  ).split(' ');
  for (const code of countries)
    expect([code, cardByToken(`pm_card_${code}`)?.country, cardByToken(`tok_${code}`)?.country]).toEqual([
      code,
      code.toUpperCase(),
      code.toUpperCase(),
    ]);
});

test('no other number is known', () => {
  expect(cardByNumber('4111111111111111')).toBeUndefined();
  expect(cardByToken('pm_card_unheardOf')).toBeUndefined();
});

test.each([
  // card, on session, off session, off session and set up
  ['authenticationRequiredOnSetup', 'requires_action', 'requires_action', 'succeeded'],
  ['authenticationRequired', 'requires_action', 'requires_action', 'requires_action'],
  ['authenticationRequiredSetupForOffSession', 'requires_action', 'succeeded', 'succeeded'],
  ['authenticationRequiredChargeDeclinedInsufficientFunds', 'requires_action', 'requires_action', 'declined'],
  ['chargeCustomerFail', 'declined', 'declined', 'declined'],
  ['visa', 'succeeded', 'succeeded', 'succeeded'],
])('%s: on session %s, off session %s, set up %s', (card, onSession, offSession, setUp) => {
  expect([outcome(card), outcome(card, { offSession: true }), outcome(card, { offSession: true, setUp: true })]).toEqual([
    onSession,
    offSession,
    setUp,
  ]);
});

test('after 3-D Secure a card succeeds, or is declined if it is the card for that', () => {
  const threeDSecure = 'authenticated';
  expect(outcome('authenticationRequired', { threeDSecure })).toBe('succeeded');
  expect(outcome('threeDSecureRequiredChargeDeclined', { threeDSecure })).toBe('declined');
  expect(outcome('authenticationRequiredChargeDeclinedInsufficientFunds', { threeDSecure })).toBe('declined');
});

test('3-D Secure that is only preferred applies to cards that support it', () => {
  const threeDSecure = 'requested';
  expect(outcome('threeDSecureOptional', { threeDSecure })).toBe('requires_action');
  expect(outcome('threeDSecureOptional')).toBe('succeeded');
  expect(outcome('threeDSecureOptionalProcessingError', { threeDSecure })).toBe('declined');
  expect(outcome('amex', { threeDSecure })).toBe('succeeded');
});

test('a card that fails only when it is charged can be set up', () => {
  expect(answerSetup(ask('chargeCustomerFail'), '').outcome).toBe('succeeded');
  expect(answerSetup(ask('visa_chargeDeclined'), '').outcome).toBe('declined');
});
