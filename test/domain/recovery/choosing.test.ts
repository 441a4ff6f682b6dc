/** Which program an unpaid invoice gets. */
import { chooseProgram, type FailedInvoice } from '../../../domain/recovery/choosing';
import { isDeclineCode } from '../../../domain/recovery/declines';
import { CARD_BRANDS } from '../../../domain/rows/payment-method';
import type { RecoveryProgram, RecoverySegment } from '../../../domain/rows/recovery-program';
import { DECLINES, TEST_CARDS } from '../../../gateways/sandbox/cards';
import * as sample from '../../objects/rows';

const failed: FailedInvoice = {
  ...{ customer: 'cus_1', livemode: false, country: 'DE', currency: 'eur', amount: 5000, tenureDays: 40 },
  ...{ prices: ['price_1', 'price_2'], products: ['prod_1'], declineCode: 'insufficient_funds' },
};
const forSegment = (id: string, segment: Partial<RecoverySegment>, change: Partial<RecoveryProgram> = {}) =>
  sample.recoveryProgram({ id, segment: { ...sample.anySegment, ...segment }, ...change });
const chosen = (...programs: RecoveryProgram[]) => chooseProgram(programs, sample.account(), failed);

test.each<[string, Partial<RecoverySegment>, Partial<RecoverySegment>]>([
  ['country', { countries: ['FR', 'DE'] }, { countries: ['FR'] }],
  ['currency', { currencies: ['eur'] }, { currencies: ['usd'] }],
  ['amount', { currencies: ['eur'], amount_from: 5000, amount_to: 5000 }, { currencies: ['eur'], amount_from: 5001 }],
  ['tenure', { tenure_days_to: 40 }, { tenure_days_to: 39 }],
  ['price', { prices: ['price_2'] }, { prices: ['price_3'] }],
  ['product', { products: ['prod_1'] }, { products: ['prod_2'] }],
  ['decline code', { decline_codes: ['insufficient_funds'] }, { decline_codes: ['lost_card'] }],
  ['group of declines', { decline_groups: ['wait_for_money'] }, { decline_groups: ['never', 'ask_bank'] }],
])('a program is chosen by %s, and says why', (_name, fits, other) => {
  expect(chosen(forSegment('rcvp_fits', fits))).toMatchObject({ id: 'rcvp_fits', reason: expect.stringMatching(/\w+ \w+/) as string });
  expect(chosen(forSegment('rcvp_other', other)).id).toBeNull();
});

test('every condition of a segment must fit', () => {
  expect(chosen(forSegment('rcvp_1', { countries: ['DE'], prices: ['price_3'] })).id).toBeNull();
  expect(chosen(forSegment('rcvp_1', { countries: ['DE'], prices: ['price_1'] })).reason).toBe('country DE, price price_1');
});

test('the lowest position is first, then the oldest; a program that is not active is passed over', () => {
  const programs = [
    forSegment('rcvp_off', {}, { position: 0, active: false }),
    forSegment('rcvp_b', {}, { position: 1, created: 20 }),
    forSegment('rcvp_a', {}, { position: 1, created: 10 }),
    forSegment('rcvp_late', {}, { position: 2 }),
  ];
  expect(chosen(...programs).id).toBe('rcvp_a');
});

test('without a program that fits, the retries of the settings are the program', () => {
  const { steps, ends_in, version } = chosen();
  const days = steps.map((step) => (step.type === 'wait' ? step.seconds / 86_400 : step.type));
  expect(days).toEqual([1, 1, 1, 2, 2, 2, 2, 3].flatMap((wait) => [wait, 'retry']));
  expect({ ends_in, version }).toEqual({ ends_in: 'cancel', version: '2026-11-01' });
});

test('a customer has one arm of a program for good, and the arms get their shares of the customers', () => {
  const [arm] = sample.recoveryProgram().arms;
  if (!arm) throw new Error('the sample has an arm');
  const program = sample.recoveryProgram({
    arms: [
      { ...arm, name: 'usual', share: 70 },
      { ...arm, name: 'patient', share: 30 },
    ],
  });
  const armOf = (customer: string, version = 1) =>
    chooseProgram([{ ...program, version }], sample.account(), { ...failed, customer }).arm ?? '';
  const customers = Array.from({ length: 2000 }, (_, index) => `cus_${String(index)}`);
  const patient = customers.filter((customer) => armOf(customer) === 'patient');
  expect(patient.length).toBeGreaterThan(500);
  expect(patient.length).toBeLessThan(700);
  expect(patient.every((customer) => armOf(customer, 2) === 'patient')).toBe(true);
});

test('a program may name every decline and every brand that a test card has, and no invented one', () => {
  expect(Object.keys(DECLINES).filter((code) => !isDeclineCode(code))).toEqual([]);
  expect(TEST_CARDS.filter(({ brand }) => !(CARD_BRANDS as readonly string[]).includes(brand))).toEqual([]);
  expect(['no_money', 'card_declined', ''].filter(isDeclineCode)).toEqual([]);
});
