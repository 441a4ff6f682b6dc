import { periodDescription, remainingTimeDescription, unusedTimeDescription } from '../../domain/line-description';
import { at, monthly } from './builders';

const price = (unitAmountDecimal: string, interval_count = 1) => ({
  unitAmountDecimal,
  currency: 'usd',
  tiersMode: null,
  transformQuantity: null,
  recurring: { ...monthly, interval_count },
});

test.each([
  [periodDescription('Pro', 1, price('1000')), '1 × Pro (at $10.00 / month)'],
  [periodDescription('Pro', 3, price('1500')), '3 × Pro (at $15.00 / month)'],
  [periodDescription('Pro', 1, price('2700', 3)), '1 × Pro (at $27.00 / every 3 months)'],
  [periodDescription('Call', 100, price('0.5')), '100 × Call (at $0.005 / month)'],
  [periodDescription('Seat', 60, { ...price('0'), tiersMode: 'graduated' }), '60 × Seat (graduated / month)'],
  [
    periodDescription('Call', 12, { ...price('1000'), transformQuantity: { divide_by: 5, round: 'up' } }),
    '12 × Call (at $10.00 per 5 / month)',
  ],
  [periodDescription('Setup', 2, { ...price('5000'), recurring: null }), '2 × Setup (at $50.00 each)'],
  [unusedTimeDescription('Pro', 1, at('2026-12-31T23:59:59Z')), 'Unused time on Pro after 31 Dec 2026'],
  [remainingTimeDescription('Pro', 55, at('2026-05-09')), 'Remaining time on 55 × Pro after 09 May 2026'],
])('a line reads as Stripe writes it: %s', (text, expected) => {
  expect(text).toBe(expected);
});
