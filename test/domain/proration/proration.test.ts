import fc from 'fast-check';
import { billingPeriod, type Period } from '../../../domain/money/billing-period';
import {
  periodAfterChange,
  planItemProration,
  priceChangeRestartsCycle,
  timeLeft,
  type BilledItem,
  type DebitedPeriod,
  type ItemProration,
} from '../../../domain/proration/proration';
import { partOf } from '../../../domain/price/rating';
import { april, at, charges, item, monthly, sum, yearly } from '../builders';

const ids = { subscription: 'sub_1', subscriptionItem: 'si_1' };
const midMonth = at('2026-04-16');

function change(before: BilledItem | null, after: BilledItem | null, when: number, rest: Partial<ItemProration> = {}) {
  return planItemProration({ before, after, at: when, debited: null, charged: null, ...ids, ...rest });
}
const prorate = (amount: number, period: { start: number; end: number }, when: number): number =>
  partOf({ rule: 'amount', full: amount }, ...timeLeft(period, when)).amount;
const debit = (amount: number, period: Period): DebitedPeriod => ({
  amount,
  period,
  taxed: null,
  inEffect: period,
  invoice: 'in_1',
  lines: ['il_1'],
  isNet: true,
  taxRates: [],
});
const amountsOf = (lines: { amount: number }[]): number[] => lines.map((each) => each.amount);

const spans = fc
  .record({
    start: fc.integer({ min: 0, max: 4_000_000_000 }),
    length: fc.integer({ min: 1, max: 94_694_400 }),
    part: fc.nat(1_000_000),
  })
  .map(({ start, length, part }) => ({
    period: { start, end: start + length },
    when: start + Math.floor((length * part) / 1_000_000),
  }));

describe('a change in the middle of a period', () => {
  test.each([
    ['upgraded with 20 of 30 days left', [item(1000), item(3000)], '2026-04-11', [-667, 2000]],
    ['upgraded at half past seven in the morning', [item(1000), item(3000)], '2026-04-11T07:30:00Z', [-656, 1969]],
    ['downgraded', [item(3000), item(1000)], '2026-04-11', [-2000, 667]],
    ['from 3 to 5 seats at half', [item(1500, { quantity: 3 }), item(1500, { quantity: 5 })], '2026-04-16', [-2250, 3750]],
    ['in fractions of a cent', [item('0.5', { quantity: 3000 }), item('0.25', { quantity: 3000 })], '2026-04-16', [-750, 375]],
    ['to a free price', [item(1000), item(0)], '2026-04-16', [-500, 0]],
    ['changed when it begins', [item(1000), item(3000)], '2026-04-01', [-1000, 3000]],
    ['changed in its last second', [item(1000), item(3_000_000)], '2026-04-30T23:59:59Z', [0, 1]],
    ['changed when it has ended', [item(1000), item(3000)], '2026-05-01', []],
    ['not changed', [item(1000), item(1000)], '2026-04-16', []],
    ['of an item that is added', [null, item(1000)], '2026-04-16', [500]],
    ['of an item that is removed', [item(1000), null], '2026-04-16', [-500]],
  ])('a period %s costs the difference, to the second', (_case, [before, after], when, expected) => {
    expect(amountsOf(change(before ?? null, after ?? null, at(when)))).toEqual(expected);
  });

  test('the credit and the charge have Stripe’s wording, with the time that they are for', () => {
    const before = item(1500, { quantity: 3, taxRates: ['txr_1'], discounts: ['di_1'] });
    const after = item(2000, { quantity: 1, productName: 'Team' });
    const [credit, debit] = change(before, after, at('2026-04-11T07:30:00Z'), { metadata: { seat: 'a' } });
    expect(credit).toEqual({
      amount: -2953,
      basis: expect.objectContaining({
        rule: 'per_unit',
        full: 4500,
        share: { seconds: 1_701_000, of: 2_592_000 },
        credit: true,
      }) as unknown,
      currency: 'usd',
      description: 'Unused time on 3 × Pro after 11 Apr 2026',
      quantity: 3,
      discountable: true,
      discounts: ['di_1'],
      taxRates: ['txr_1'],
      price: before.price.id,
      product: 'prod_Pro',
      unitAmountDecimal: '1500',
      taxBehavior: 'unspecified',
      taxCode: null,
      subscription: 'sub_1',
      subscriptionItem: 'si_1',
      proration: true,
      prorationDetails: { credited_items: null },
      periodStart: at('2026-04-11T07:30:00Z'),
      periodEnd: april.end,
      metadata: { seat: 'a' },
    });
    expect(debit).toMatchObject({
      amount: 1313,
      description: 'Remaining time on Team after 11 Apr 2026',
      quantity: 1,
      proration: true,
      product: 'prod_Team',
      taxRates: [],
    });
  });
});

describe('a change of the interval', () => {
  const every = (interval_count: number): BilledItem => {
    const monthlyItem = item(1000);
    const recurring = {
      interval: 'month',
      interval_count,
      usage_type: 'licensed',
      trial_period_days: null,
      meter: null,
      dimension_filters: {},
    } as const;
    return { ...monthlyItem, price: { ...monthlyItem.price, recurring } };
  };
  const month = item(3000);
  const year = item(30_000, {
    interval: 'year',
    period: periodAfterChange({ anchor: april.start, recurring: yearly, at: midMonth, restartsCycle: false }),
  });

  test('in flexible billing mode keeps the anchor: month to year charges the rest of the anchor’s year', () => {
    expect(year.period).toEqual({ start: at('2026-04-01'), end: at('2027-04-01') });
    const lines = change(month, year, midMonth);
    expect(amountsOf(lines)).toEqual([-1500, 28_767]);
    expect(lines.map((each) => [each.periodStart, each.periodEnd])).toEqual([
      [midMonth, at('2026-05-01')],
      [midMonth, at('2027-04-01')],
    ]);
  });

  test('in flexible billing mode from year to month credits the year and charges the rest of the anchor’s month', () => {
    const august = at('2026-08-16T12:00:00Z');
    const after = item(3000, {
      period: periodAfterChange({ anchor: april.start, recurring: monthly, at: august, restartsCycle: false }),
    });
    expect(amountsOf(change(year, after, august))).toEqual([-18_699, 1500]);
    expect(after.period).toEqual({ start: at('2026-08-01'), end: at('2026-09-01') });
  });

  test('in classic billing mode restarts the cycle: the credit, and a full year as an ordinary line from the change', () => {
    const after = {
      ...year,
      period: periodAfterChange({ anchor: april.start, recurring: yearly, at: midMonth, restartsCycle: true }),
    };
    const [credit, debit] = change(month, after, midMonth, { restartsCycle: true });
    expect(credit).toMatchObject({ amount: -1500, proration: true });
    expect(debit).toMatchObject({
      amount: 30_000,
      description: '1 × Pro (at $300.00 / year)',
      proration: false,
      prorationDetails: null,
      periodStart: midMonth,
      periodEnd: at('2027-04-16'),
    });
  });

  test('a restart charges an unchanged item again, from its new period', () => {
    const renewed = item(1000, {
      period: periodAfterChange({ anchor: april.start, recurring: monthly, at: midMonth, restartsCycle: true }),
    });
    expect(amountsOf(change(item(1000), renewed, midMonth, { restartsCycle: true }))).toEqual([-500, 1000]);
  });

  test('a price that stays while its period moves is credited for the old period and charged for the new', () => {
    const moved = item(1000, { period: { start: april.start, end: at('2026-04-21') } });
    expect(amountsOf(change(item(1000), moved, at('2026-04-11')))).toEqual([-667, 500]);
  });

  test('an anchor on the 31st that February clamped stays on the 31st', () => {
    const cycle = { anchor: at('2026-02-28'), recurring: monthly, at: at('2026-03-30'), restartsCycle: false };
    expect(periodAfterChange({ ...cycle, dayOfMonth: 31 })).toEqual({ start: at('2026-02-28'), end: at('2026-03-31') });
  });

  test.each([
    ['classic', item(1000), item(9000, { interval: 'year' }), true],
    ['classic', item(1000), every(3), true],
    ['classic', every(3), every(3), false],
    ['classic', item(0), item(1000), true],
    ['classic', item('0.000001'), item(1000), false],
    ['classic', item(1000), item(0), false],
    ['classic', item(1000), item(3000), false],
    ['flexible', item(1000), item(9000, { interval: 'year' }), false],
    ['flexible', item(0), item(1000), false],
  ] as const)('in %s billing mode, %j to %j restarts the cycle: %p', (mode, before, after, restarts) => {
    expect(priceChangeRestartsCycle(mode, before.price, after.price)).toBe(restarts);
  });
});

describe('flexible billing mode credits the debited amount', () => {
  test('a discounted charge is credited net, is not discounted twice, and names the lines that it credits', () => {
    const debited = [debit(750, april)];
    const [credit] = change(item(1000, { discounts: ['di_1'] }), null, midMonth, { debited });
    expect(credit).toMatchObject({
      amount: -375,
      discountable: false,
      discounts: [],
      prorationDetails: { credited_items: { invoice: 'in_1', invoice_line_items: ['il_1'] } },
    });
  });

  test('after a change without proration, the credit is for the old price that was paid, not for the current one', () => {
    const debited = [debit(1000, april)];
    expect(amountsOf(change(item(3000), item(5000), midMonth, { debited }))).toEqual([-500, 2500]);
  });

  test('after an upgrade on the 11th, a second change credits that charge over the time it was for', () => {
    const debited = [debit(2000, { start: at('2026-04-11'), end: april.end })];
    expect(amountsOf(change(item(3000), item(1000), at('2026-04-21'), { debited }))).toEqual([-1000, 333]);
  });

  test('the credit is for the time of the debit, also if the item’s period ends elsewhere', () => {
    const debited = [debit(1000, { start: april.start, end: at('2026-05-16') })];
    const [credit] = change(item(1000), null, midMonth, { debited });
    expect(credit).toMatchObject({ amount: -667, periodStart: midMonth, periodEnd: at('2026-05-16') });
  });

  test('a change that is undone in the same second leaves the original price, exact to the minor unit', () => {
    fc.assert(
      fc.property(charges, charges, spans, (old, other, { period, when }) => {
        fc.pre(when < period.end && old !== other);
        const [before, after] = [item(old, { period }), item(other, { period })];
        const there = change(before, after, when);
        const debited = [debit(there[1]?.amount ?? 0, { start: when, end: period.end })];
        const back = change(after, before, when, { debited });
        expect(sum(amountsOf([...there, ...back]))).toBe(0);
      }),
    );
  });
});

describe('parts of a period add up to the whole', () => {
  test('the credit and the used share add up to the charge, within one minor unit', () => {
    fc.assert(
      fc.property(charges, spans, (charge, { period, when }) => {
        const [credit = { amount: 0 }] = change(item(charge, { period }), null, when);
        const used = prorate(charge, { start: 0, end: period.end - period.start }, period.end - when);
        expect(Math.abs(used - credit.amount - charge)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('the credit at the start of a period is the whole charge, and at its end zero', () => {
    fc.assert(
      fc.property(charges, spans, (charge, { period }) => {
        fc.pre(charge > 0);
        expect(amountsOf(change(item(charge, { period }), null, period.start))).toEqual([-charge]);
        expect(amountsOf(change(item(charge, { period }), null, period.end))).toEqual([]);
        expect(prorate(charge, period, period.start - 1)).toBe(charge);
        expect(prorate(charge, period, period.end + 1)).toBe(0);
      }),
    );
  });

  test('the later the change, the smaller its credit and its charge', () => {
    fc.assert(
      fc.property(charges, spans, fc.nat(100_000_000), (charge, { period, when }, later) => {
        expect(prorate(charge, period, when + later)).toBeLessThanOrEqual(prorate(charge, period, when));
      }),
    );
  });

  test('the credit and the charge of the same price at the same second cancel', () => {
    fc.assert(
      fc.property(charges, fc.integer({ min: 1, max: 1000 }), spans, (unit, quantity, { period, when }) => {
        const billed = item(unit, { quantity, period });
        const other = { ...billed, price: { ...billed.price, id: 'price_other' } };
        expect(sum(amountsOf(change(billed, other, when)))).toBe(0);
      }),
    );
  });

  test('however often the price changes in a period, the customer pays each price for its time, within one minor unit per change', () => {
    const changes = fc.array(fc.record({ price: fc.nat(1_000_000), after: fc.integer({ min: 1, max: 86_400 * 5 }) }), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(fc.nat(1_000_000), changes, (first, later) => {
        let [paid, exact, current, when] = [first, 0, first, april.start];
        for (const { price, after } of later) {
          const next = Math.min(when + after, april.end);
          exact += (current * (next - when)) / (april.end - april.start);
          paid += sum(amountsOf(change(item(current), item(price), next)));
          [current, when] = next < april.end ? [price, next] : [current, next];
        }
        exact += (current * (april.end - when)) / (april.end - april.start);
        expect(Math.abs(paid - exact)).toBeLessThanOrEqual(later.length + 0.001);
      }),
    );
  });

  test('in flexible billing mode a year that follows a month never costs more than its price, whatever the second', () => {
    fc.assert(
      fc.property(fc.integer({ min: at('2026-04-01'), max: at('2027-03-31') }), (when) => {
        const before = item(3000, { period: billingPeriod(april.start, monthly, when) });
        const after = item(30_000, {
          interval: 'year',
          period: periodAfterChange({ anchor: april.start, recurring: yearly, at: when, restartsCycle: false }),
        });
        const [credit = { amount: 0 }, debit = { amount: 0 }] = change(before, after, when);
        expect(credit.amount).toBeGreaterThanOrEqual(-3000);
        expect(debit.amount).toBeLessThanOrEqual(30_000);
        expect(after.period.end).toBe(at('2027-04-01'));
      }),
    );
  });
});
