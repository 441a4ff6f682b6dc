import BigNumber from 'bignumber.js';
import fc from 'fast-check';
import { edgesBetween } from '../../../domain/money/calendar-edges';
import { groupMargins, marginsOf, type CostCell, type Margin, type PricedSpan, type RevenueLine } from '../../../domain/meter/margins';

const DAY = 86_400;
const T0 = Date.UTC(2026, 0, 1) / 1000;

const instants = fc.integer({ min: 0, max: 90 * DAY }).map((after) => T0 + after);
const customers = fc.constantFrom('cus_a', 'cus_b');
const products = fc.constantFrom('prod_1', 'prod_2', null);
/** Usage grows by so much a second, from what was billed before on. */
const growing = (start: number, end: number): RevenueLine['usage'] => ({
  ...{ before: '10', after: String(10 + (end - start) / 100) },
  by: (at) => String(10 + (at - start) / 100),
});
const lines: fc.Arbitrary<RevenueLine> = fc
  .record({
    ...{ customer: customers, product: products, meter: fc.constantFrom('mtr_1', null), usage: fc.boolean() },
    ...{ amount: fc.integer({ min: -100_000, max: 100_000 }), a: instants, b: instants },
  })
  .map(({ a, b, usage, ...line }) => {
    const [start, end] = [Math.min(a, b), Math.max(a, b)];
    return { ...line, start, end, usage: usage && end > start ? growing(start, end) : null };
  });
const costs = fc.record({
  customer: customers,
  at: instants,
  cost: fc.constantFrom('0.000001', '3', '-2.5', '12345.678901'),
  model: fc.constantFrom('x', 'y'),
});

const revenueOf = (margins: Margin[]): number => margins.reduce((sum, { revenue }) => sum + revenue, 0);
const costOf = (margins: Margin[]): string => margins.reduce((sum, each) => sum.plus(each.costs['usd'] ?? 0), new BigNumber(0)).toFixed();

const cellsOf = (given: { customer: string; at: number; cost: string; model: string }[]): CostCell[] =>
  given.map(({ customer, at, cost, model }) => ({
    ...{ customer, meter: 'mtr_1', dimensions: { model }, cost, currency: 'usd' },
    ...{ from: at, to: at + 1 },
  }));
const spans: PricedSpan[] = [
  { customer: 'cus_a', product: 'prod_1', meter: 'mtr_1', filters: {}, from: 0, to: Infinity },
  { customer: 'cus_a', product: 'prod_2', meter: 'mtr_1', filters: { model: 'x' }, from: 0, to: Infinity },
];

test('the parts by period, product and customer add up to the total, however they are grouped', () => {
  const intervals = fc.constantFrom('day' as const, 'week' as const, 'month' as const);
  const given = fc.tuple(fc.array(lines, { maxLength: 8 }), fc.array(costs, { maxLength: 8 }), intervals, fc.tuple(instants, instants));
  fc.assert(
    fc.property(given, ([charged, spent, interval, ends]) => {
      const [from, to] = [Math.min(...ends), Math.max(...ends) + 1];
      // An event is one second; it lies in one period.
      const cells = cellsOf(spent).filter((cell) => cell.from >= from && cell.to <= to);
      const whole = marginsOf(charged, cells, spans, [from, to]);
      const parts = marginsOf(charged, cells, spans, edgesBetween(from, to, interval));
      expect([revenueOf(parts), costOf(parts)]).toEqual([revenueOf(whole), costOf(whole)]);
      expect(costOf(whole)).toBe(cells.reduce((sum, { cost }) => sum.plus(cost), new BigNumber(0)).toFixed());
      const grouped = groupMargins(parts, { customer: false, product: true, meter: false });
      expect([revenueOf(grouped), costOf(grouped)]).toEqual([revenueOf(parts), costOf(parts)]);
    }),
  );
});

test('a line is earned completely between its ends; an amount at an instant belongs to the period of that instant', () => {
  fc.assert(
    fc.property(lines, (line) => {
      expect(revenueOf(marginsOf([line], [], [], [T0, T0 + 91 * DAY]))).toBe(line.amount);
      expect(revenueOf(marginsOf([line], [], [], edgesBetween(T0, T0 + 91 * DAY, 'day')))).toBe(line.amount);
    }),
  );
});

test('an advance line of 3100 for January earns 100 a day; usage is earned when it was used', () => {
  const january = { customer: 'cus_a', product: 'prod_1', meter: null, start: T0, end: T0 + 31 * DAY };
  const days = edgesBetween(T0, T0 + 31 * DAY, 'day');
  expect(marginsOf([{ ...january, amount: 3_100, usage: null }], [], [], days).map(({ revenue }) => revenue)).toEqual(Array(31).fill(100));
  // All of it on the 2nd, of which a threshold had billed 40 units before.
  const usage = { before: '40', after: '100', by: (at: number) => (at > T0 + DAY ? '100' : '0') };
  const used = marginsOf([{ ...january, amount: 600, usage }], [], [], days);
  expect(used.filter(({ revenue }) => revenue !== 0)).toMatchObject([{ from: T0 + DAY, to: T0 + 2 * DAY, revenue: 600 }]);
});

test('the cost of an event belongs to the product whose price bills it most specifically, or to none', () => {
  const cells = cellsOf([
    { customer: 'cus_a', at: T0, cost: '1', model: 'x' },
    { customer: 'cus_a', at: T0, cost: '2', model: 'y' },
    { customer: 'cus_b', at: T0, cost: '4', model: 'x' },
  ]);
  const margins = marginsOf([], cells, spans, [T0, T0 + DAY]);
  expect(margins.map(({ product, costs: { usd } }) => [product, usd])).toEqual([
    ['prod_2', '1'],
    ['prod_1', '2'],
    [null, '4'],
  ]);
});

test('periods begin at midnight, on Mondays, on the first of a month, in UTC', () => {
  // 1 January 2026 is a Thursday.
  expect(edgesBetween(T0 + 1, T0 + 12 * DAY, 'week').map((at) => (at - T0) / DAY)).toEqual([1 / DAY, 4, 11, 12]);
  expect(edgesBetween(T0, T0 + 60 * DAY, 'month').map((at) => (at - T0) / DAY)).toEqual([0, 31, 59, 60]);
  expect(edgesBetween(T0, T0 + DAY, null)).toEqual([T0, T0 + DAY]);
});
