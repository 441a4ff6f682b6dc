import { disputeRates } from '../../../domain/payment/dispute-rates';
import type { MonthCounts } from '../../../domain/rows/dispute-rate';
import { World } from '../subscription/world';

const settings = new World().rows.get('account', 'acct_1').settings.test.disputes;
const NONE = { payments: 0, paymentsBefore: 0, disputes: 0, warnings: 0 };

function standing(program: string, counts: (Partial<MonthCounts> & { network: string | null })[], change: Partial<typeof settings> = {}) {
  const month = { month: '2026-01', counts: counts.map((each) => ({ ...NONE, ...each })) };
  const rate = disputeRates(month, { ...settings, ...change }, false).find((each) => each.program === program);
  return [rate?.count, rate?.transactions, rate?.rate, rate?.status];
}

test.each<[string, string, Partial<MonthCounts>, unknown[]]>([
  [
    'Visa counts disputes and fraud reports of one sale',
    'visa_vamp_non_compliant',
    { payments: 1000, disputes: 3, warnings: 2 },
    [5, 1000, '0.5000', 'reached'],
  ],
  ['five are few among very many', 'visa_vamp_non_compliant', { payments: 2000, disputes: 5 }, [5, 2000, '0.2500', 'below']],
  ['a high share of very few is not reached', 'visa_vamp_non_compliant', { payments: 10, disputes: 3 }, [3, 10, '30.0000', 'below']],
  ['four fifths of both are near', 'visa_vamp_non_compliant', { payments: 1000, disputes: 4 }, [4, 1000, '0.4000', 'approaching']],
  ['1,500 and 1.5 %', 'visa_vamp_excessive', { payments: 100_000, disputes: 1500 }, [1500, 100_000, '1.5000', 'reached']],
  ['1,499 and 1.5 %', 'visa_vamp_excessive', { payments: 99_000, disputes: 1499 }, [1499, 99_000, '1.5141', 'approaching']],
])('%s', (_, program, counts, expected) => {
  expect(standing(program, [{ network: 'visa', ...counts }])).toEqual(expected);
});

test('Mastercard divides the chargebacks of a month by the payments of the month before, and counts no fraud reports', () => {
  const counts = [{ network: 'mastercard', payments: 10, paymentsBefore: 10_000, disputes: 300, warnings: 50 }];
  expect(standing('mastercard_ecm', counts)).toEqual([300, 10_000, '3.0000', 'reached']);
  expect(standing('mastercard_hecm', counts)).toEqual([300, 10_000, '3.0000', 'reached']);
  expect(standing('mastercard_hecm', [{ ...counts[0], network: 'visa' }])).toEqual([0, 0, null, 'below']);
});

test('without payments to divide by, the count alone decides', () => {
  expect(standing('mastercard_ecm', [{ network: 'mastercard', disputes: 100 }])).toEqual([100, 0, null, 'reached']);
});

test("the seller's own threshold counts all networks and debits; one of the two may be left out", () => {
  const counts = [
    { network: 'visa', payments: 100, disputes: 1 },
    { network: null, payments: 100, disputes: 1 },
  ];
  expect(standing('own', counts)).toEqual([undefined, undefined, undefined, undefined]);
  expect(standing('own', counts, { warn_percent: '1' })).toEqual([2, 200, '1.0000', 'reached']);
  expect(standing('own', counts, { warn_count: 2 })).toEqual([2, 200, '1.0000', 'reached']);
  expect(standing('own', counts, { warn_count: 2, warn_percent: '1.2' })).toEqual([2, 200, '1.0000', 'approaching']);
  expect(standing('own', [], { warn_percent: '0' })).toEqual([0, 0, null, 'below']);
});
