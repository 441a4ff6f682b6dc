/** Usage that is billed in arrears: what counts for which period, and that each event is billed once, whatever happens around it. */
import fc from 'fast-check';
import type { PriceTier } from '../../../domain/rows/price';
import { runs } from '../../support/runs';
import { at, sum } from '../builders';
import { DAY, HOUR, World } from '../subscription/world';

const MONTH = at('2026-04-30') - at('2026-03-31');
const tier = (up_to: number | null, unit: string): PriceTier => ({ up_to, unit_amount_decimal: unit, flat_amount_decimal: null });
const included = { billingScheme: 'tiered', unitAmount: null, unitAmountDecimal: null, tiersMode: 'graduated' } as const;

function metered(items = [{ price: 'price_calls' }], parameters: Record<string, unknown> = {}): { world: World; id: string } {
  const world = new World('2026-03-31');
  world.card('pm_card_visa');
  world.metered('price_calls');
  return { world, id: world.create({ items, ...parameters }) };
}

/** Every amount billed for usage, and the price of a meter's events at `unit` each. */
const billed = (world: World): number =>
  sum(
    world
      .invoices()
      .filter(({ status }) => status !== 'void')
      .flatMap(({ id }) => world.lines(id))
      .filter(({ basis }) => basis?.usage)
      .map(({ amount }) => amount),
  );

describe('the usage of a period', () => {
  test('is billed when the period has ended, and not on the first invoice', () => {
    const { world, id } = metered([{ price: 'price_1000' }, { price: 'price_calls' }]);
    expect(world.last().total).toBe(1000);
    world.by(DAY);
    world.use(120);
    world.use(30);
    world.advance(world.item(id).currentPeriodEnd + 2 * HOUR);
    expect(world.last()).toMatchObject({ total: 1300, status: 'paid' });
    expect(world.lines(world.last().id).map(({ amount, quantity, periodStart }) => [amount, quantity, periodStart])).toEqual([
      [1000, 1, at('2026-04-30')],
      [300, 150, at('2026-03-31')],
    ]);
  });

  test('is cut to the second: an event at the instant of renewal belongs to the next period', () => {
    const { world, id } = metered();
    const end = world.item(id).currentPeriodEnd;
    world.use(1, { at: end - 1 });
    world.use(10, { at: end });
    world.advance(end + 2 * HOUR);
    expect(world.last().total).toBe(2);
    world.advance(world.item(id).currentPeriodEnd + 2 * HOUR);
    expect(world.last().total).toBe(20);
  });

  test('that is reported during the draft’s hour is on that invoice', () => {
    const { world, id } = metered();
    const end = world.item(id).currentPeriodEnd;
    world.use(5);
    world.advance(end);
    expect(world.last()).toMatchObject({ status: 'draft', total: 10 });
    world.use(3, { at: end - HOUR });
    world.by(2 * HOUR);
    expect(world.last()).toMatchObject({ status: 'paid', total: 16 });
    expect(world.lines(world.last().id)[0]).toMatchObject({ quantity: 8, description: '8 × Pro (at $0.02 / month)' });
  });

  test('that is reported later is on the next invoice, priced as if it had been in time', () => {
    const { world, id } = metered();
    world.metered('price_tiers', { ...included, tiers: [tier(10, '5'), tier(null, '1')] });
    world.update(id, { items: [{ id: world.item(id).id, price: 'price_tiers' }] });
    const end = world.item(id).currentPeriodEnd;
    world.use(12);
    world.advance(end + 2 * HOUR);
    expect(world.last().total).toBe(52);
    world.use(4, { at: end - HOUR });
    world.use(1);
    world.advance(world.item(id).currentPeriodEnd + 2 * HOUR);
    const [now, late] = world.lines(world.last().id);
    expect(now).toMatchObject({ amount: 5, quantity: 1 });
    expect(late).toMatchObject({ amount: 4, quantity: 4, periodEnd: end });
    expect(late?.basis?.usage?.billed_before).toEqual({ quantity: '12', amount: 52 });
  });

  test('in a trial is free', () => {
    const { world, id } = metered(undefined, { trial_period_days: 10 });
    world.use(100);
    world.by(11 * DAY);
    world.use(7);
    world.advance(world.item(id).currentPeriodEnd + 2 * HOUR);
    expect(billed(world)).toBe(14);
  });

  test('with tiers and a base price is billed beyond the included units', () => {
    const { world, id } = metered([{ price: 'price_1000' }, { price: 'price_calls' }]);
    world.metered('price_over', { ...included, tiers: [tier(100, '0'), tier(null, '5')] });
    world.update(id, { items: [{ price: 'price_over' }] });
    world.use(130);
    world.advance(world.item(id).currentPeriodEnd + 2 * HOUR);
    expect(world.last().total).toBe(1000 + 260 + 150);
  });

  test('counts only events with the price’s own dimensions', () => {
    const { world, id } = metered();
    const filtered = { meter: 'mtr_calls', dimension_filters: { model: 'large' } };
    world.metered('price_large');
    const price = world.rows.get('price', 'price_large');
    world.rows.put('price', { ...price, recurring: price.recurring && { ...price.recurring, ...filtered } });
    world.update(id, { items: [{ id: world.item(id).id, price: 'price_large' }] });
    world.use(5, { dimensions: { model: 'large' } });
    world.use(9, { dimensions: { model: 'small' } });
    world.advance(world.item(id).currentPeriodEnd + 2 * HOUR);
    expect(world.last().total).toBe(10);
  });
});

describe('a change cuts usage at its instant', () => {
  test('to a new price: each side is billed at its own price, also without prorations', () => {
    const { world, id } = metered();
    world.metered('price_dear', { unitAmount: 7, unitAmountDecimal: '7' });
    world.use(10);
    world.by(10 * DAY);
    world.update(id, { items: [{ id: world.item(id).id, price: 'price_dear' }], proration_behavior: 'none' });
    world.use(3);
    world.advance(world.item(id).currentPeriodEnd + 2 * HOUR);
    expect(
      world
        .lines(world.last().id)
        .map(({ amount }) => amount)
        .sort((a, b) => a - b),
    ).toEqual([20, 21]);
  });

  test('to a licensed price and back', () => {
    const { world, id } = metered();
    world.use(10);
    world.by(DAY);
    world.update(id, { items: [{ id: world.item(id).id, price: 'price_1000' }], proration_behavior: 'none' });
    world.use(99);
    world.by(DAY);
    world.update(id, { items: [{ id: world.item(id).id, price: 'price_calls' }], proration_behavior: 'none' });
    world.use(4);
    world.advance(world.item(id).currentPeriodEnd + 2 * HOUR);
    expect(billed(world)).toBe(28);
    expect(world.item(id).quantity).toBeNull();
  });

  test('that removes an item bills its usage until then, unless it is cleared (classic)', () => {
    for (const clear_usage of [false, true]) {
      const { world, id } = metered([{ price: 'price_1000' }, { price: 'price_calls' }], { billing_mode: { type: 'classic' } });
      const calls = world.items(id)[1]?.id;
      world.use(10);
      world.by(DAY);
      world.update(id, { items: [{ id: calls, deleted: true, clear_usage }] });
      world.use(50);
      world.advance(world.item(id).currentPeriodEnd + 2 * HOUR);
      expect(billed(world)).toBe(clear_usage ? 0 : 20);
    }
  });

  test('that restarts the cycle bills earlier usage at once', () => {
    const { world, id } = metered([{ price: 'price_1000' }, { price: 'price_calls' }]);
    world.use(10);
    world.by(10 * DAY);
    world.update(id, { billing_cycle_anchor: 'now' });
    expect(billed(world)).toBe(20);
    world.use(1);
    world.advance(world.item(id).currentPeriodEnd + 2 * HOUR);
    expect(billed(world)).toBe(22);
  });

  test('that is never paid leaves its usage to be billed', () => {
    const { world, id } = metered([{ price: 'price_1000' }, { price: 'price_calls' }]);
    world.use(10);
    world.by(DAY);
    world.card('pm_card_chargeCustomerFail');
    const [base, calls] = world.items(id);
    const items = [
      { id: base?.id, price: 'price_3000' },
      { id: calls?.id, deleted: true },
    ];
    world.update(id, { items, payment_behavior: 'pending_if_incomplete', proration_behavior: 'always_invoice' });
    expect(world.subscription(id).pendingUpdate).not.toBeNull();
    world.by(DAY);
    world.card('pm_card_visa', 'pm_good');
    world.advance(world.item(id).currentPeriodEnd + 2 * HOUR);
    expect(world.items(id)).toHaveLength(2);
    expect(billed(world)).toBe(20);
  });

  test('a pause bills the usage before it, and usage during it is free', () => {
    const { world, id } = metered();
    world.use(10);
    world.by(DAY);
    world.must('subscription', id, 'pauseSubscription');
    world.use(500);
    world.by(DAY);
    world.must('subscription', id, 'resumeSubscription', { path: { subscription: id } });
    world.by(HOUR);
    world.use(1);
    world.advance(world.item(id).currentPeriodEnd + 2 * HOUR);
    expect(billed(world)).toBe(22);
  });
});

describe('a cancellation', () => {
  test('at once bills usage with invoice_now, and none without', () => {
    for (const invoice_now of [true, false]) {
      const { world, id } = metered();
      world.use(10);
      world.by(DAY);
      world.cancel(id, { invoice_now });
      expect(billed(world)).toBe(invoice_now ? 20 : 0);
    }
  });

  test('at the period’s end bills the last usage an hour later, with events of that hour', () => {
    const { world, id } = metered();
    world.use(10);
    world.update(id, { cancel_at_period_end: true });
    const end = world.item(id).currentPeriodEnd;
    world.advance(end);
    expect(world.subscription(id).status).toBe('canceled');
    world.use(2, { at: end - 1 });
    world.by(2 * HOUR);
    expect(world.last()).toMatchObject({ total: 24, status: 'paid', billingReason: 'subscription_cycle' });
  });

  test('at once leaves usage before an earlier change to the customer’s next invoice', () => {
    const { world, id } = metered([{ price: 'price_1000' }, { price: 'price_calls' }]);
    world.use(10);
    world.by(DAY);
    world.update(id, { items: [{ id: world.items(id)[1]?.id, deleted: true }] });
    world.cancel(id);
    world.create();
    expect(billed(world)).toBe(20);
    expect(world.last().total).toBe(1020);
  });

  test('leaves later usage to the customer’s next invoice', () => {
    const { world, id } = metered();
    world.metered('price_tiers', { ...included, tiers: [tier(10, '5'), tier(null, '1')] });
    world.update(id, { items: [{ id: world.item(id).id, price: 'price_tiers' }], cancel_at_period_end: true });
    world.use(12);
    const end = world.item(id).currentPeriodEnd;
    world.advance(end + 2 * HOUR);
    expect(world.last()).toMatchObject({ total: 52, status: 'paid' });
    world.use(3, { at: end - 1 });
    world.use(4, { at: end - 2 });
    world.use(1, { at: end });
    const waiting = world.rows.where('invoiceItem', ({ invoice }) => invoice === null);
    expect(waiting.map(({ amount, subscription }) => [amount, subscription])).toEqual([
      [3, null],
      [4, null],
    ]);
    world.create();
    expect(world.last().total).toBe(1007);
  });

  test('at a time in the period bills usage to that second', () => {
    const { world, id } = metered();
    const end = world.now + 10 * DAY + 7;
    world.update(id, { cancel_at: end });
    world.use(10, { at: end - 1 });
    world.use(10, { at: end });
    world.advance(end + 2 * HOUR);
    expect(billed(world)).toBe(20);
  });
});

describe('thresholds', () => {
  test('bill usage as soon as it reaches them, and the rest at the end, with tiers continuing', () => {
    const { world, id } = metered();
    world.metered('price_tiers', { ...included, tiers: [tier(10, '100'), tier(null, '10')] });
    world.update(id, { items: [{ id: world.item(id).id, price: 'price_tiers' }], billing_thresholds: { amount_gte: 800 } });
    world.by(DAY);
    world.use(7);
    expect(billed(world)).toBe(0);
    world.use(2);
    expect(world.last()).toMatchObject({ billingReason: 'subscription_threshold', total: 900 });
    world.by(DAY);
    world.use(5);
    world.advance(at('2026-04-30T02:00:00Z'));
    expect(billed(world)).toBe(1040);
    expect(world.last().total).toBe(140);
  });

  test('do not overtake a renewal that is due: usage after the period belongs to the next', () => {
    const { world, id } = metered();
    world.update(id, { billing_thresholds: { amount_gte: 20 } });
    const end = world.item(id).currentPeriodEnd;
    world.now = end + HOUR;
    world.use(9, { at: end - 1 });
    world.use(10, { at: end });
    world.by(2 * HOUR);
    const totals = world.invoices().map(({ billingReason, total }) => [billingReason, total]);
    expect(totals.slice(1)).toEqual([
      ['subscription_cycle', 18],
      ['subscription_threshold', 20],
    ]);
  });

  test('by quantity of an item trigger again and again', () => {
    const { world, id } = metered();
    world.update(id, { items: [{ id: world.item(id).id, billing_thresholds: { usage_gte: 10 } }] });
    for (let day = 0; day < 5; day += 1) {
      world.by(DAY);
      world.use(6);
    }
    expect(world.invoices().filter(({ billingReason }) => billingReason === 'subscription_threshold')).toHaveLength(2);
    world.advance(world.item(id).currentPeriodEnd + 2 * HOUR);
    expect(billed(world)).toBe(60);
  });

  test('may restart the cycle: the base price is prorated, and no event counts twice', () => {
    const { world, id } = metered([{ price: 'price_1000' }, { price: 'price_calls' }]);
    world.update(id, { billing_thresholds: { amount_gte: 20, reset_billing_cycle_anchor: true } });
    world.by(15 * DAY);
    world.use(10);
    expect(world.subscription(id).billingCycleAnchor).toBe(world.now);
    expect(world.last().total).toBe(-500 + 1000 + 20);
    world.advance(world.item(id).currentPeriodEnd + 2 * HOUR);
    expect(billed(world)).toBe(20);
  });
});

describe('a minimum commitment and a maximum spend', () => {
  const bounded = (parameters: Record<string, unknown>) => metered([{ price: 'price_1000' }, { price: 'price_calls' }], parameters);

  test('add what is missing to the minimum', () => {
    const { world, id } = bounded({ minimum_commitment: { amount: 5000 } });
    world.use(100);
    world.advance(world.item(id).currentPeriodEnd + 2 * HOUR);
    expect(world.last().total).toBe(1000 + 200 + 3800);
    expect(world.lines(world.last().id).at(-1)).toMatchObject({
      description: 'Minimum commitment',
      basis: { rule: 'minimum_commitment', spend: { bound: 5000, spent: 1200 } },
    });
  });

  test('subtract what exceeds the maximum', () => {
    const { world, id } = bounded({ maximum_spend: { amount: 1500 } });
    world.use(1000);
    world.advance(world.item(id).currentPeriodEnd + 2 * HOUR);
    expect(world.last().total).toBe(1000 + 500);
  });

  test('count usage that is reported in the draft’s hour', () => {
    const { world, id } = bounded({ minimum_commitment: { amount: 5000 } });
    const end = world.item(id).currentPeriodEnd;
    world.advance(end);
    expect(world.last().total).toBe(1000 + 4000);
    world.use(100, { at: end - 1 });
    world.by(2 * HOUR);
    expect(world.last()).toMatchObject({ total: 1000 + 4000, status: 'paid' });
    expect(world.lines(world.last().id).map(({ amount }) => amount)).toEqual([1000, 200, 3800]);
  });

  test('are reduced to the share of a last period that is cut short', () => {
    const { world, id } = bounded({ minimum_commitment: { amount: 3000 } });
    world.update(id, { cancel_at: at('2026-04-15'), proration_behavior: 'none' });
    world.advance(at('2026-04-15T02:00:00Z'));
    expect(world.last().total).toBe(Math.round((3000 * 15) / 30) - 1000);
  });

  test('are reduced to the share of a period that a new cycle cuts short, credits included', () => {
    const { world, id } = bounded({ minimum_commitment: { amount: 3000 } });
    world.advance('2026-04-15');
    world.update(id, { billing_cycle_anchor: 'now' });
    expect(world.last().total).toBe(1500 - 1000 + 1000);
  });

  test('need a single interval', () => {
    const { world, id } = bounded({ minimum_commitment: { amount: 5000 } });
    expect(() => {
      world.update(id, { items: [{ price: 'price_year' }] });
    }).toThrow('same interval');
  });
});

test('usage above the largest charge leaves a draft with the reason, and the subscription continues', () => {
  const { world, id } = metered();
  world.use(60_000_000_000);
  world.advance(world.item(id).currentPeriodEnd + 2 * HOUR);
  expect(world.last()).toMatchObject({ status: 'draft', total: 120_000_000_000, lastFinalizationError: { code: 'amount_too_large' } });
  expect(world.told('invoice.finalization_failed')).toHaveLength(1);
  world.use(1);
  world.advance(world.item(id).currentPeriodEnd + 2 * HOUR);
  expect(world.last()).toMatchObject({ status: 'paid', total: 2 });
});

test('a quantity for a metered price is refused', () => {
  const { world } = metered();
  expect(() => world.create({ items: [{ price: 'price_calls', quantity: 3 }] })).toThrow('quantity');
});

type Happening = { days: number; do: 'use' | 'late' | 'raise' | 'anchor' | 'threshold'; value: number };
const happenings = fc.array(
  fc.record<Happening>({
    days: fc.integer({ min: 0, max: 9 }),
    do: fc.constantFrom('use', 'use', 'late', 'raise', 'anchor', 'threshold'),
    value: fc.integer({ min: 1, max: 500 }),
  }),
  { minLength: 1, maxLength: 25 },
);

test('whatever happens, every event is billed once: at one price, all usage costs events × price', () => {
  fc.assert(
    fc.property(happenings, (story) => {
      const { world, id } = metered([{ price: 'price_1000' }, { price: 'price_calls' }]);
      world.metered('price_twin');
      for (const { days, do: what, value } of story) {
        world.by(days * DAY + 1);
        const calls = world.items(id)[1];
        if (what === 'use') world.use(value);
        else if (what === 'late') world.use(value, { at: Math.max(world.now - 3 * DAY, at('2026-03-31')) });
        else if (what === 'anchor') world.update(id, { billing_cycle_anchor: 'now' });
        else if (what === 'threshold') world.update(id, { billing_thresholds: { amount_gte: value } });
        else world.update(id, { items: [{ id: calls?.id, price: calls?.price === 'price_twin' ? 'price_calls' : 'price_twin' }] });
      }
      world.by(3 * MONTH);
      expect(billed(world)).toBe(2 * sum(world.usage.map(({ value }) => value)));
    }),
    { numRuns: runs(60) },
  );
});
