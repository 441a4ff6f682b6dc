import fc from 'fast-check';
import { readDescription } from '../../../domain/line/described';
import { periodDescription, remainingTimeDescription, trialDescription, unusedTimeDescription } from '../../../domain/line/description';
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

test('what a line says is read back from its own words, whatever the product is called and whatever it costs', () => {
  const name = fc.oneof(
    fc.string({ minLength: 1 }),
    fc.constantFrom('3 × Pro (at $1.00 / month)', 'Trial period for x', 'a after 01 Jan 2026'),
  );
  const interval = fc.constantFrom('day', 'week', 'month', 'year');
  const terms = fc.record({
    name,
    interval,
    quantity: fc.nat(),
    minor: fc.nat(),
    count: fc.integer({ min: 1, max: 12 }),
    currency: fc.constantFrom('usd', 'eur', 'jpy', 'kwd', 'sek'),
  });
  fc.assert(
    fc.property(terms, ({ name, quantity, interval, count, minor, currency }) => {
      const every = { interval: interval as 'month', interval_count: count };
      const decimal = `${String(minor)}.5`;
      const text = periodDescription(name, quantity, { ...price(decimal), currency, recurring: { ...monthly, ...every } });
      expect(readDescription(text, currency)).toEqual({
        says: 'period',
        quantity: String(quantity),
        product: name,
        rate: { by: 'amount', unitAmountDecimal: decimal, tier: null, units: null },
        interval: every,
      });
      const after = at('2026-05-09');
      expect(readDescription(unusedTimeDescription(name, 1, after), currency)).toEqual({ says: 'unused', product: name, after });
      expect(readDescription(trialDescription(name), currency)).toEqual({ says: 'trial', product: name });
    }),
  );
});

test.each([
  ['60 × Seat (graduated / month)', { rate: { by: 'graduated' } }],
  ['10 × Seat (Tier 2 at $5.00 / year)', { rate: { by: 'amount', unitAmountDecimal: '500', tier: 2, units: null } }],
  ['12.5 × Call (at $10.00 per 5 units / month)', { rate: { by: 'amount', unitAmountDecimal: '1000', tier: null, units: 5 } }],
  ['2 × Setup (at $50.00 each)', { interval: null }],
  ['Remaining time on 55 × Pro after 09 May 2026', { says: 'remaining', product: '55 × Pro' }],
  ['Minimum commitment', { says: 'minimum_commitment' }],
])('%s is read as what it says', (text, said) => {
  expect(readDescription(text, 'usd')).toMatchObject(said);
});

test.each([
  'Setup',
  '',
  '3 × Pro (at €15.00 / month)',
  '3 × Pro (at 15 dollars / month)',
  'Unused time on Pro after 09 Mai 2026',
  'Trial period',
])('the words of a caller stay theirs: %s', (text) => {
  expect(readDescription(text, 'usd')).toBeNull();
});
