import { periodDescription, remainingTimeDescription, unusedTimeDescription } from '../../../domain/line/description';
import { at, monthly } from '../builders';

const price = (unitAmountDecimal: string, interval_count = 1) => ({
  unitAmountDecimal,
  currency: 'usd',
  tiersMode: null,
  tiers: null,
  transformQuantity: null,
  recurring: { ...monthly, interval_count },
});

const tier = (up_to: number | null, unit_amount_decimal: string, flat_amount_decimal: string | null = null) => ({
  up_to,
  unit_amount_decimal,
  flat_amount_decimal,
});
const tiered = (tiersMode: 'graduated' | 'volume') => ({
  ...price('0'),
  tiersMode,
  tiers: [tier(10, '500'), tier(50, '400'), tier(null, '300', '1000')],
});

test.each([
  [periodDescription('Pro', 1, price('1000')), '1 × Pro (at $10.00 / month)'],
  [periodDescription('Pro', 3, price('1500')), '3 × Pro (at $15.00 / month)'],
  [periodDescription('Pro', 1, price('2700', 3)), '1 × Pro (at $27.00 / every 3 months)'],
  [periodDescription('Call', 100, price('0.5')), '100 × Call (at $0.005 / month)'],
  [periodDescription('Seat', 60, tiered('graduated')), '60 × Seat (graduated / month)'],
  [periodDescription('Seat', 10, tiered('graduated')), '10 × Seat (Tier 1 at $5.00 / month)'],
  [periodDescription('Seat', 29, tiered('volume')), '29 × Seat (Tier 2 at $4.00 / month)'],
  [periodDescription('Seat', 51, tiered('volume')), '51 × Seat (volume / month)'],
  [
    periodDescription('Call', 12, { ...price('1000'), transformQuantity: { divide_by: 5, round: 'up' } }),
    '12 × Call (at $10.00 per 5 units / month)',
  ],
  [periodDescription('Setup', 2, { ...price('5000'), recurring: null }), '2 × Setup (at $50.00 each)'],
  [unusedTimeDescription('Pro', 1, at('2026-12-31T23:59:59Z')), 'Unused time on Pro after 31 Dec 2026'],
  [remainingTimeDescription('Pro', 55, at('2026-05-09')), 'Remaining time on 55 × Pro after 09 May 2026'],
])('a line has Stripe’s wording: %s', (text, expected) => {
  expect(text).toBe(expected);
});
