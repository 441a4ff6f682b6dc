import fc from 'fast-check';
import {
  addInterval,
  addMonths,
  anchorFromConfig,
  billingPeriod,
  boundaryAfter,
  boundaryAtOrBefore,
  nextBoundary,
  periodsBetween,
  type BillingInterval,
} from '../../../domain/money/billing-period';
import { at, daysInMonth, instants, isoOf, monthly, yearly } from '../builders';

const DAY = 86_400;
const recurrings: fc.Arbitrary<BillingInterval> = fc.oneof(
  fc.record({ interval: fc.constant('day' as const), interval_count: fc.integer({ min: 1, max: 1095 }) }),
  fc.record({ interval: fc.constant('week' as const), interval_count: fc.integer({ min: 1, max: 156 }) }),
  fc.record({ interval: fc.constant('month' as const), interval_count: fc.integer({ min: 1, max: 36 }) }),
  fc.record({ interval: fc.constant('year' as const), interval_count: fc.integer({ min: 1, max: 3 }) }),
);

/** The calendar, without the code under test. */
function clampedMonth(anchorIso: string, months: number): string {
  const [year = 0, month = 0, day = 0] = anchorIso.slice(0, 10).split('-').map(Number);
  const index = year * 12 + month - 1 + months;
  const [y, m] = [Math.floor(index / 12), (((index % 12) + 12) % 12) + 1];
  const d = Math.min(day, daysInMonth(y, m));
  return `${String(y)}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}${anchorIso.slice(10)}`;
}

describe('billing dates', () => {
  test.each([
    ['2026-01-31T10:00:00Z', ['2026-02-28T10:00:00Z', '2026-03-31T10:00:00Z', '2026-04-30T10:00:00Z', '2026-05-31T10:00:00Z']],
    ['2028-01-31T00:00:00Z', ['2028-02-29T00:00:00Z', '2028-03-31T00:00:00Z', '2028-04-30T00:00:00Z', '2028-05-31T00:00:00Z']],
    ['2026-01-30T23:59:59Z', ['2026-02-28T23:59:59Z', '2026-03-30T23:59:59Z', '2026-04-30T23:59:59Z', '2026-05-30T23:59:59Z']],
  ])('an anchor on %s bills monthly on %j: clamped per month, never from the last clamped date', (anchor, expected) => {
    const billed: string[] = [];
    let now = at(anchor);
    for (let n = 0; n < 4; n += 1) billed.push(isoOf((now = nextBoundary(at(anchor), monthly, now))));
    expect(billed).toEqual(expected);
  });

  test('a yearly anchor on 29 February bills on 28 February, and on 29 February again in the next leap year', () => {
    const anchor = at('2024-02-29T08:00:00Z');
    expect([1, 2, 3, 4].map((n) => isoOf(addInterval(anchor, yearly, n)))).toEqual([
      '2025-02-28T08:00:00Z',
      '2026-02-28T08:00:00Z',
      '2027-02-28T08:00:00Z',
      '2028-02-29T08:00:00Z',
    ]);
  });

  test('a quarterly price keeps the months of its anchor', () => {
    const quarterly = { interval: 'month', interval_count: 3 } as const;
    const { start, end } = billingPeriod(at('2025-11-30'), quarterly, at('2026-03-15'));
    expect([isoOf(start), isoOf(end)]).toEqual(['2026-02-28T00:00:00Z', '2026-05-30T00:00:00Z']);
  });

  test('an anchor in the future has periods before it', () => {
    const { start, end } = billingPeriod(at('2027-01-31T10:00:00Z'), monthly, at('2026-02-10'));
    expect([isoOf(start), isoOf(end)]).toEqual(['2026-01-31T10:00:00Z', '2026-02-28T10:00:00Z']);
  });

  test('each anchor day from 1 to 31 bills once a month for eight years, on that day or the last of the month', () => {
    for (let day = 1; day <= 31; day += 1) {
      const anchor = `2023-12-${String(day).padStart(2, '0')}T17:30:01Z`;
      const expected = Array.from({ length: 97 }, (_, n) => clampedMonth(anchor, n - 48));
      const billed = [at(clampedMonth(anchor, -48))];
      for (let n = 1; n < 97; n += 1) billed.push(nextBoundary(at(anchor), monthly, billed[n - 1] ?? 0));
      expect(billed.map(isoOf)).toEqual(expected);
      expect(expected.map((_, n) => isoOf(addInterval(at(anchor), monthly, n - 48)))).toEqual(expected);
    }
  });
});

describe('periods cover all time', () => {
  test('every instant is in exactly one period, and periods meet without gap or overlap', () => {
    fc.assert(
      fc.property(instants, recurrings, instants, (anchor, recurring, now) => {
        const { start, end } = billingPeriod(anchor, recurring, now);
        expect(start).toBeLessThanOrEqual(now);
        expect(end).toBeGreaterThan(now);
        expect(billingPeriod(anchor, recurring, start)).toEqual({ start, end });
        expect(billingPeriod(anchor, recurring, end - 1)).toEqual({ start, end });
        expect(billingPeriod(anchor, recurring, end).start).toBe(end);
        expect(billingPeriod(anchor, recurring, start - 1).end).toBe(start);
      }),
      { numRuns: 500 },
    );
  });

  test('the anchor is a boundary, and the next one is an interval later', () => {
    fc.assert(
      fc.property(instants, recurrings, (anchor, recurring) => {
        expect(boundaryAtOrBefore(anchor, recurring, anchor)).toBe(anchor);
        expect(nextBoundary(anchor, recurring, anchor)).toBe(addInterval(anchor, recurring, 1));
        expect(nextBoundary(anchor, recurring, anchor - 1)).toBe(anchor);
      }),
    );
  });

  test('months and years keep the anchor’s time of day and its day, or the last day of a shorter month', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 36 }), instants, (anchor, interval_count, now) => {
        const boundary = nextBoundary(anchor, { interval: 'month', interval_count }, now);
        const [date, original] = [new Date(boundary * 1000), new Date(anchor * 1000)];
        expect((boundary - anchor) % DAY).toBeCloseTo(0);
        const days = daysInMonth(date.getUTCFullYear(), date.getUTCMonth() + 1);
        expect(date.getUTCDate()).toBe(Math.min(original.getUTCDate(), days));
      }),
    );
  });

  test('days and weeks are exact multiples of 24 hours', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 52 }), instants, (anchor, interval_count, now) => {
        const days = billingPeriod(anchor, { interval: 'day', interval_count }, now);
        const weeks = billingPeriod(anchor, { interval: 'week', interval_count }, now);
        expect(days.end - days.start).toBe(interval_count * DAY);
        expect(weeks.end - weeks.start).toBe(interval_count * 7 * DAY);
      }),
    );
  });
});

describe('billing_cycle_anchor_config', () => {
  const config = (day_of_month: number, rest: { month?: number; hour?: number; minute?: number; second?: number } = {}) => ({
    month: null,
    hour: null,
    minute: null,
    second: null,
    day_of_month,
    ...rest,
  });

  test.each([
    [config(15), '2026-02-10T12:30:05Z', '2026-02-15T12:30:05Z'],
    [config(5), '2026-02-10T12:30:05Z', '2026-03-05T12:30:05Z'],
    [config(10), '2026-02-10T12:30:05Z', '2026-02-10T12:30:05Z'],
    [config(10, { hour: 9 }), '2026-02-10T12:30:05Z', '2026-03-10T09:30:05Z'],
    [config(10, { hour: 13, minute: 0, second: 0 }), '2026-02-10T12:30:05Z', '2026-02-10T13:00:00Z'],
    [config(31), '2026-02-10T12:30:05Z', '2026-02-28T12:30:05Z'],
    [config(31, { hour: 0 }), '2026-01-31T12:30:05Z', '2026-02-28T00:30:05Z'],
    [config(1), '2026-12-15T00:00:00Z', '2027-01-01T00:00:00Z'],
    [config(1, { month: 4 }), '2026-02-10T00:00:00Z', '2026-04-01T00:00:00Z'],
    [config(29, { month: 2 }), '2026-03-10T00:00:00Z', '2027-02-28T00:00:00Z'],
  ])('%j from %s anchors at %s: the first such instant, clamped, with the time of day of the start', (given, from, anchor) => {
    expect(isoOf(anchorFromConfig(given, at(from)))).toBe(anchor);
  });

  test('day 31 is the last day of every month, also when the first one was clamped', () => {
    const anchor = anchorFromConfig(config(31), at('2026-02-10'));
    const second = nextBoundary(anchor, monthly, anchor, 31);
    expect([anchor, second, nextBoundary(anchor, monthly, second, 31)].map((each) => isoOf(each).slice(0, 10))).toEqual([
      '2026-02-28',
      '2026-03-31',
      '2026-04-30',
    ]);
    expect(billingPeriod(anchor, monthly, at('2026-03-30'), 31)).toEqual({ start: anchor, end: second });
    expect(boundaryAtOrBefore(anchor, monthly, at('2026-03-31'), 31)).toBe(second);
  });

  test('a configured day does not apply to an anchor that was moved', () => {
    const anchor = at('2026-02-10');
    expect(isoOf(nextBoundary(anchor, monthly, anchor, 31))).toBe('2026-03-10T00:00:00Z');
  });

  test('the anchor is never before the start and never more than a year after it', () => {
    const configs = fc.record({
      day_of_month: fc.integer({ min: 1, max: 31 }),
      month: fc.option(fc.integer({ min: 1, max: 12 })),
      hour: fc.option(fc.nat(23)),
      minute: fc.option(fc.nat(59)),
      second: fc.option(fc.nat(59)),
    });
    fc.assert(
      fc.property(configs, instants, (given, from) => {
        const anchor = anchorFromConfig(given, from);
        expect(anchor).toBeGreaterThanOrEqual(from);
        expect(anchor).toBeLessThanOrEqual(from + 366 * DAY);
        const date = new Date(anchor * 1000);
        const days = daysInMonth(date.getUTCFullYear(), date.getUTCMonth() + 1);
        expect(date.getUTCDate()).toBe(Math.min(given.day_of_month, days));
        expect(date.getUTCMinutes()).toBe(given.minute ?? new Date(from * 1000).getUTCMinutes());
      }),
      { numRuns: 300 },
    );
  });
});

test('months count from their start: three from 30 November are 28 February', () => {
  expect(isoOf(addMonths(at('2026-11-30'), 3))).toBe('2027-02-28T00:00:00Z');
});

test.each([
  ['an unknown interval', { interval: 'eon', interval_count: 1 }],
  ['a name that every object has', { interval: 'constructor', interval_count: 1 }],
  ['no interval', { interval_count: 1 }],
  ['none of an interval', { interval: 'month', interval_count: 0 }],
  ['fewer than none', { interval: 'week', interval_count: -1 }],
  ['half of one', { interval: 'day', interval_count: 0.5 }],
  ['no count', { interval: 'year' }],
])('a price row with %s is not billed by a guess: it is an error, which holds its subscription', (_, recurring) => {
  const broken = recurring as BillingInterval;
  const [anchor, later] = [at('2026-01-31'), at('2026-03-01')];
  for (const ask of [
    () => nextBoundary(anchor, broken, later),
    () => boundaryAtOrBefore(anchor, broken, later),
    () => billingPeriod(anchor, broken, later),
    () => periodsBetween(anchor, broken, anchor, later),
    () => boundaryAfter(anchor, broken, later, 1),
    () => addInterval(anchor, broken, 1),
  ]) {
    expect(ask).toThrow('is no interval');
  }
});
