import fc from 'fast-check';
import type { InvoiceLineItem } from '../../../domain/rows/invoice';
import type { Interval } from '../../../domain/rows/price';
import * as sample from '../../objects/rows';
import { runs } from '../../support/runs';
import { at, isoOf } from '../builders';
import { DAY, World } from '../subscription/world';

/** A world with a price of 1000 for each interval, called by it: `month 2`. */
function worldOf(start: string | number, intervals: string[]): World {
  const world = new World(start);
  world.card('pm_card_visa');
  for (const id of intervals) {
    const [interval, count] = id.split(' ') as [Interval, string];
    const recurring = { interval, interval_count: Number(count), usage_type: 'licensed' as const, trial_period_days: null, meter: null };
    world.rows.put('price', sample.price({ id, lookupKey: id, recurring: { ...recurring, dimension_filters: {} } }));
  }
  return world;
}

const itemsOf = (intervals: string[]) => intervals.map((price) => ({ price }));
const linesOf = (world: World, price: string): InvoiceLineItem[] =>
  world.rows.where('invoiceLineItem', (line) => line.price === price).sort((a, b) => a.periodStart - b.periodStart);

/** Slowly and obviously: the day of the start, that many months later, or the last day of a shorter month. */
function boundary(start: number, price: string, n: number): number {
  const [interval, count] = price.split(' ') as [Interval, string];
  const steps = n * Number(count);
  if (interval === 'day') return start + steps * DAY;
  if (interval === 'week') return start + steps * 7 * DAY;
  const from = new Date(start * 1000);
  const months = from.getUTCMonth() + steps * (interval === 'year' ? 12 : 1);
  const last = new Date(Date.UTC(from.getUTCFullYear(), months + 1, 0)).getUTCDate();
  const midnight = Date.UTC(from.getUTCFullYear(), months, Math.min(from.getUTCDate(), last));
  return midnight / 1000 + (start - at(isoOf(start).slice(0, 10)));
}

const intervals = fc.uniqueArray(
  fc.oneof(
    fc.integer({ min: 25, max: 1095 }).map((count) => `day ${String(count)}`),
    fc.integer({ min: 4, max: 156 }).map((count) => `week ${String(count)}`),
    fc.integer({ min: 1, max: 36 }).map((count) => `month ${String(count)}`),
    fc.integer({ min: 1, max: 3 }).map((count) => `year ${String(count)}`),
  ),
  { minLength: 1, maxLength: 4 },
);
const starts = fc.oneof(
  fc.constantFrom(...['2024-02-29T10:00:00Z', '2026-01-31', '2027-12-31T23:59:59Z', '2026-08-30'].map(at)),
  fc.integer({ min: at('2024-01-01'), max: at('2028-12-31') }),
);

test('whatever intervals are mixed, each item is billed for exactly the periods that it was in, at its price', () => {
  fc.assert(
    fc.property(starts, intervals, fc.integer({ min: 1, max: 1200 }), (start, prices, days) => {
      const world = worldOf(start, prices);
      world.create({ items: itemsOf(prices) });
      const end = start + days * DAY;
      world.advance(end);
      for (const price of prices) {
        const lines = linesOf(world, price);
        expect(lines.map((line) => [line.amount, line.periodStart, line.periodEnd])).toEqual(
          lines.map((_, n) => [1000, boundary(start, price, n), boundary(start, price, n + 1)]),
        );
        expect(boundary(start, price, lines.length - 1)).toBeLessThanOrEqual(end);
        expect(boundary(start, price, lines.length)).toBeGreaterThan(end);
      }
      const cycles = world.invoices().map(({ cycleAt }) => cycleAt);
      expect(new Set(cycles).size).toBe(cycles.length);
    }),
    { numRuns: runs(60) },
  );
});

/** 31 January, monthly and quarterly: 2000 now, 1000 on 28 February and 31 March, 2000 on 30 April. */
test('amounts due at one instant are on one invoice', () => {
  const world = worldOf('2026-01-31', ['month 1', 'month 3']);
  world.create({ items: itemsOf(['month 1', 'month 3']) });
  world.advance('2026-05-01');
  expect(world.invoices().map(({ created, total }) => [isoOf(created).slice(0, 10), total])).toEqual([
    ['2026-01-31', 2000],
    ['2026-02-28', 1000],
    ['2026-03-31', 1000],
    ['2026-04-30', 2000],
  ]);
});

test('in classic billing mode all items have one interval', () => {
  const world = worldOf('2026-01-31', ['month 1', 'month 3', 'year 1']);
  const classic = { billing_mode: { type: 'classic' } };
  const refused = { code: 'parameter_invalid', details: { param: 'items' } };
  const params = { customer: 'cus_1', items: itemsOf(['month 1', 'month 3']), ...classic };
  expect(world.ask('subscription', 'sub_refused', 'createSubscription', params)).toMatchObject(refused);
  const id = world.create({ items: itemsOf(['month 1']), ...classic });
  const update = { path: { subscription: id }, items: itemsOf(['year 1']) };
  expect(world.ask('subscription', id, 'updateSubscription', update)).toMatchObject(refused);
});

/** Added on 16 April to a month that began on the 1st: 365 days from 1 April, of which 350 are left, 1000 × 350 ÷ 365 = 959. */
test('an added item has the same anchor, with its own interval', () => {
  const world = worldOf('2026-04-01', ['month 1', 'year 1', 'week 2']);
  const id = world.create({ items: itemsOf(['month 1']) });
  world.advance('2026-04-16');
  world.update(id, { items: itemsOf(['year 1', 'week 2']), proration_behavior: 'always_invoice' });
  expect(world.lines(world.last().id).map((line) => [line.price, line.amount, isoOf(line.periodEnd).slice(0, 10)])).toEqual([
    ['year 1', 959, '2027-04-01'],
    ['week 2', 929, '2026-04-29'],
  ]);
  world.advance('2026-05-02');
  expect(world.items(id).map((item) => isoOf(item.currentPeriodEnd).slice(0, 10))).toEqual(['2026-06-01', '2027-04-01', '2026-05-13']);
});

/** The year is billed for the 30 days of April only: 1000 × 30 ÷ 365 = 82.19. */
test('if the subscription ends with the first period to end, the longer one is billed only up to there', () => {
  const world = worldOf('2026-04-01', ['month 1', 'year 1']);
  const id = world.create({ items: itemsOf(['month 1', 'year 1']), cancel_at: 'min_period_end' });
  expect(world.lines(world.last().id).map(({ amount }) => amount)).toEqual([1000, 82]);
  world.advance('2026-05-02');
  expect([world.subscription(id).status, world.invoices().length]).toEqual(['canceled', 1]);
});

/** Three months: the monthly item continues until the quarter ends. */
test('if it ends with the last period to end, the shorter one renews until then', () => {
  const world = worldOf('2026-04-01', ['month 1', 'month 3']);
  const id = world.create({ items: itemsOf(['month 1', 'month 3']) });
  world.update(id, { cancel_at: 'max_period_end' });
  world.advance('2026-07-02');
  expect(world.subscription(id).status).toBe('canceled');
  expect(world.invoices().map(({ total }) => total)).toEqual([2000, 1000, 1000]);
});
