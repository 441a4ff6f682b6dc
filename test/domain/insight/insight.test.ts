import fc from 'fast-check';
import { lifetimeValue, periodsOf, ratesOf } from '../../../domain/insight/report';
import { edgesBetween } from '../../../domain/money/calendar-edges';
import { MOVEMENTS, type MrrMovement } from '../../../domain/rows/mrr-movement';
import { DAY, World } from '../subscription/world';

const keyOf = (id: string): string => `acct_1/test/${id}`;

function seller(): World {
  const world = new World('2026-01-31');
  world.card('visa');
  const weekly = { interval: 'week', interval_count: 1, usage_type: 'licensed', trial_period_days: null } as const;
  world.priced('price_week', { unitAmount: 300, unitAmountDecimal: '300', recurring: { ...weekly, meter: null, dimension_filters: {} } });
  world.metered('price_metered');
  world.coupon({ id: 'TENTH', key: keyOf('TENTH'), percentOff: '10', duration: 'forever', durationInMonths: null });
  world.coupon({ id: 'HALF', key: keyOf('HALF'), percentOff: '50', duration: 'repeating', durationInMonths: 2 });
  const fixed = { percentOff: null, amountOff: 1200, currency: 'usd', duration: 'forever' as const, durationInMonths: null };
  world.coupon({ id: 'TWELVE', key: keyOf('TWELVE'), ...fixed });
  return world;
}

const mrr = (world: World, id: string): number => world.rows.get('subscription', id).mrr;
const movements = (world: World): [MrrMovement['type'], number][] =>
  world.rows.all('mrrMovement').map(({ type, amount }) => [type, amount]);

describe('what recurs in a month', () => {
  test.each([
    ['a month by quantity', [{ price: 'price_1000', quantity: 3 }], [], 3000],
    ['a twelfth of a year', [{ price: 'price_year' }], [], 1000],
    ['52 weeks in 12 months', [{ price: 'price_week' }], [], 1300],
    ['no usage', [{ price: 'price_1000' }, { price: 'price_metered' }], [], 1000],
    ['less a percentage for ever', [{ price: 'price_1000' }], [{ coupon: 'TENTH' }], 900],
    ['a discount for some months returns', [{ price: 'price_1000' }], [{ coupon: 'HALF' }], 1000],
    ['a fixed amount is taken off each yearly invoice', [{ price: 'price_year' }], [{ coupon: 'TWELVE' }], 900],
  ])('%s', (_, items, discounts, expected) => {
    const world = seller();
    expect(mrr(world, world.create({ items, discounts }))).toBe(expected);
  });

  test('nothing in a trial, and the whole price once it has been paid for', () => {
    const world = seller();
    const id = world.create({ items: [{ price: 'price_1000' }], trial_end: world.now + 7 * DAY });
    expect(mrr(world, id)).toBe(0);
    world.advance(world.now + 8 * DAY);
    expect([mrr(world, id), movements(world)]).toEqual([1000, [['new', 1000]]]);
  });
});

test('each change is a movement of its customer: the end of the first of two is a contraction, that of the last is churn', () => {
  const world = seller();
  const first = world.create({ items: [{ price: 'price_1000' }] });
  const second = world.create({ items: [{ price: 'price_3000' }] });
  world.update(first, { items: [{ id: world.item(first).id, quantity: 2 }] });
  world.cancel(second, {});
  world.cancel(first, {});
  world.create({ items: [{ price: 'price_year' }] });
  expect(movements(world)).toEqual([
    ['new', 1000],
    ['expansion', 3000],
    ['expansion', 1000],
    ['contraction', -3000],
    ['churn', -2000],
    ['reactivation', 1000],
  ]);
});

test('whatever happens, the periods of a report lead from one to the next, and the customers with them', () => {
  const movement = fc.record({
    at: fc.integer({ min: 0, max: 100 }),
    customer: fc.integer({ min: 0, max: 3 }),
    mrr: fc.integer({ min: 0, max: 5 }),
  });
  fc.assert(
    fc.property(fc.array(movement, { maxLength: 40 }), fc.integer({ min: 1, max: 30 }), (steps, width) => {
      const states = new Map<number, number>();
      const found = [...steps]
        .sort((one, other) => one.at - other.at)
        .flatMap(({ at, customer, mrr: after }) => {
          const before = states.get(customer);
          if (after === (before ?? 0)) return [];
          states.set(customer, after);
          const type = !before
            ? before === undefined
              ? 'new'
              : 'reactivation'
            : after === 0
              ? 'churn'
              : after > before
                ? 'expansion'
                : 'contraction';
          return [{ at, type: type, amount: after - (before ?? 0) }];
        });
      const edges = [...edgesOf(width)];
      const sums = edges.slice(0, -1).flatMap((start, index) =>
        MOVEMENTS.map((type) => {
          const own = found.filter((each) => each.type === type && each.at >= start && each.at < (edges[index + 1] ?? 0));
          return { start, type, amount: own.reduce((sum, { amount }) => sum + amount, 0), count: own.length };
        }),
      );
      const periods = periodsOf(edges, { mrr: 0, customers: 0 }, sums);
      expect(periods.at(-1)).toMatchObject({
        closing: [...states.values()].reduce((sum, each) => sum + each, 0),
        closingCustomers: [...states.values()].filter((each) => each > 0).length,
      });
      for (const [index, period] of periods.entries()) if (index > 0) expect(period.opening).toBe(periods[index - 1]?.closing);
    }),
  );
});

function edgesOf(width: number): number[] {
  const edges = [0];
  for (let at = width; at <= 100; at += width) edges.push(at);
  return [...edges, 101];
}

test('rates are shares of what was there at the start, and unknown if nothing was', () => {
  const none = { amount: 0, count: 0 };
  const moved = { new: { amount: 500, count: 1 }, expansion: { amount: 300, count: 2 }, contraction: { amount: -100, count: 1 } };
  const movements = { ...moved, churn: { amount: -200, count: 1 }, reactivation: none };
  const [period] = [{ start: 0, end: 1, opening: 3000, closing: 3500, openingCustomers: 3, closingCustomers: 3, movements }];
  expect(ratesOf(period as never)).toEqual({
    ...{ grossChurn: '10', netChurn: '0', grossRetention: '90', netRetention: '100', customerChurn: '25' },
  });
  expect(ratesOf({ ...period, opening: 0 })).toMatchObject({ grossChurn: null, netRetention: null });
  expect([lifetimeValue(1000, '25'), lifetimeValue(1000, '0'), lifetimeValue(null, '25')]).toEqual([4000, null, null]);
});

test('months are those of the calendar in UTC', () => {
  const [start, end] = [Date.UTC(2026, 0, 31) / 1000, Date.UTC(2026, 2, 2) / 1000];
  expect(edgesBetween(start, end, 'month').map((at) => new Date(at * 1000).toISOString().slice(0, 10))).toEqual([
    ...['2026-01-31', '2026-02-01', '2026-03-01', '2026-03-02'],
  ]);
});
