import { disputeRates, inCents } from '../../../domain/payment/dispute-rates';
import type { MonthCounts } from '../../../domain/rows/dispute-rate';
import { World } from '../subscription/world';

const settings = new World().rows.get('account', 'acct_1').settings.test.disputes;
const NONE = { payments: 0, paymentsBefore: 0, disputes: 0, warnings: 0, secured: 0, volume: 0, disputedAmount: 0, warnedAmount: 0 };

function standing(
  program: string,
  counts: (Partial<MonthCounts> & { network: string | null })[],
  change: Partial<typeof settings> = {},
  country = 'US',
) {
  const month = { month: '2026-01', country, counts: counts.map((each) => ({ ...NONE, ...each })) };
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

test.each<[string, string, Partial<MonthCounts> & { network: string }, string, string | undefined]>([
  [
    '150 and 2.2 % in South Africa',
    'visa_vamp_excessive_cemea',
    { network: 'visa', payments: 6_800, disputes: 100, warnings: 50 },
    'ZA',
    'reached',
  ],
  ['nowhere else', 'visa_vamp_excessive_cemea', { network: 'visa', payments: 6_800, disputes: 150 }, 'US', undefined],
  ['nor the worldwide step there', 'visa_vamp_excessive', { network: 'visa', payments: 6_800, disputes: 1_500 }, 'ZA', undefined],
  [
    '75,000 dollars, though they are few',
    'visa_vamp_excessive_cemea_amount',
    { network: 'visa', payments: 400, disputes: 9, disputedAmount: 7_500_000 },
    'ZA',
    'reached',
  ],
  [
    '1,000 disputes and 1.8 %, without fraud reports',
    'visa_vmss_disputes',
    { network: 'visa', payments: 50_000, disputes: 900, warnings: 900 },
    'US',
    'approaching',
  ],
  [
    'fraud of 250,000 dollars and 1.8 % of the volume',
    'visa_vmss_fraud',
    { network: 'visa', payments: 9_000, warnings: 90, warnedAmount: 25_000_000, volume: 1_388_888_888 },
    'US',
    'reached',
  ],
  [
    'more than 50,000 dollars, not just that',
    'mastercard_efm',
    { ...efm(), warnedAmount: 5_000_000, volume: 900_000_000 },
    'US',
    'approaching',
  ],
  ['all four of the fraud program', 'mastercard_efm', efm(), 'US', 'reached'],
  ['fewer than 1,000 payments', 'mastercard_efm', { ...efm(), payments: 999 }, 'US', 'below'],
  ['more than a tenth by 3-D Secure', 'mastercard_efm', { ...efm(), secured: 101 }, 'US', 'below'],
  ['up to a half where the law asks for it', 'mastercard_efm', { ...efm(), secured: 500 }, 'DE', 'reached'],
  ['but no more', 'mastercard_efm', { ...efm(), secured: 501 }, 'DE', 'below'],
  [
    '1 % is not above it',
    'mastercard_match_disputes',
    { network: 'mastercard', payments: 1_000, disputes: 10, disputedAmount: 500_000 },
    'US',
    'approaching',
  ],
  [
    '11 of 1,000 and 5,000 dollars',
    'mastercard_match_disputes',
    { network: 'mastercard', payments: 1_000, disputes: 11, disputedAmount: 500_000 },
    'US',
    'reached',
  ],
  [
    'ten frauds of 8 % of the volume',
    'mastercard_match_fraud',
    { network: 'mastercard', payments: 100, warnings: 10, warnedAmount: 500_000, volume: 6_250_000 },
    'US',
    'reached',
  ],
  [
    'nine',
    'mastercard_match_fraud',
    { network: 'mastercard', payments: 100, warnings: 9, warnedAmount: 500_000, volume: 6_250_000 },
    'US',
    'approaching',
  ],
])('%s: %s', (...[, program, counts, country, status]) => {
  expect(standing(program, [counts], {}, country)[3]).toBe(status);
});

/** Mastercard's program for fraud in commerce over the net. */
function efm() {
  return { network: 'mastercard', payments: 1_000, secured: 100, warnings: 20, warnedAmount: 5_000_001, volume: 900_000_000 };
}

test('an amount counts in cents of dollars by the rate of the seller, and for nothing without one', () => {
  expect([inCents(5_000, 'jpy', '0.0067'), inCents(1_000, 'kwd', '3.25'), inCents(999, 'usd', '1'), inCents(999, 'eur', null)]).toEqual([
    3350, 325, 999, 0,
  ]);
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
