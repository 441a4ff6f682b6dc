/** Whatever is done to a metered item: the spans of its usage never overlap, and what was billed of each is the price of what was used in it. */
import fc from 'fast-check';
import type { PriceTier } from '../../../domain/rows/price';
import { rate } from '../../../domain/price/rating';
import type { UsagePeriod } from '../../../domain/rows/usage-period';
import { runs } from '../../support/runs';
import { sum } from '../builders';
import { usageIn } from './events';
import { DAY, HOUR, Refused, World } from '../subscription/world';

const tier = (up_to: number | null, unit: string, flat: string | null = null): PriceTier => ({
  up_to,
  unit_amount_decimal: unit,
  flat_amount_decimal: flat,
});
const tiered = { billingScheme: 'tiered', unitAmount: null, unitAmountDecimal: null } as const;
const MODELS = ['price_calls', 'price_graduated', 'price_volume', 'price_packages'] as const;

function opened(): { world: World; id: string } {
  const world = new World('2026-01-31');
  world.card('pm_card_visa');
  world.metered('price_calls');
  world.metered('price_graduated', {
    ...tiered,
    tiersMode: 'graduated',
    tiers: [tier(100, '3', '50'), tier(300, '1.5'), tier(null, '0.333')],
  });
  world.metered('price_volume', { ...tiered, tiersMode: 'volume', tiers: [tier(50, '10'), tier(null, '4', '100')] });
  world.metered('price_packages', { unitAmount: 90, unitAmountDecimal: '90', transformQuantity: { divide_by: 25, round: 'up' } });
  return { world, id: world.create({ items: [{ price: 'price_1000' }, { price: 'price_calls' }] }) };
}

interface Happening {
  what: keyof typeof DO;
  /** From 0 to 1: how much, how far back, how long, which. */
  by: number;
}
const meteredItem = (world: World, id: string) => world.items(id).find(({ price }) => price !== 'price_1000');
const some = <T>(all: readonly T[], by: number): T | undefined => all[Math.min(all.length - 1, Math.floor(by * all.length))];

function change(world: World, id: string, by: number, more: object): void {
  const item = meteredItem(world, id);
  const price = some(
    MODELS.filter((model) => model !== item?.price),
    by,
  );
  world.update(id, { items: [item ? { id: item.id, price } : { price }], proration_behavior: 'none', ...more });
}

function toggle(world: World, id: string, by: number): void {
  const isPaused = world.subscription(id).status === 'paused';
  const anchor = by < 0.5 ? { billing_cycle_anchor: 'unchanged', proration_behavior: 'none' } : {};
  world.must('subscription', id, isPaused ? 'resumeSubscription' : 'pauseSubscription', { path: { subscription: id }, ...anchor });
  const { resumptionInvoice: invoice } = world.subscription(id);
  if (invoice !== null && by < 0.8) world.onInvoice(invoice, 'payInvoice', { path: { invoice } });
}

const DO = {
  use: (world: World, _: string, by: number) => {
    world.use(Math.floor(by * 220) - 20);
  },
  late: (world: World, _: string, by: number) => {
    world.use(Math.floor(by * 200), { at: Math.max(world.now - Math.floor(by * 30 * DAY), START) });
  },
  wait: (world: World, _: string, by: number) => {
    world.by(some([1, 60, HOUR, 2 * HOUR, DAY, 9 * DAY, 31 * DAY], by) ?? 0);
  },
  swap: (world: World, id: string, by: number) => {
    change(world, id, by, {});
  },
  back: (world: World, id: string, by: number) => {
    const start = Math.min(...world.items(id).map((item) => item.currentPeriodStart));
    change(world, id, by, { proration_date: start + Math.floor(by * (world.now - start)) });
  },
  wait_for_payment: (world: World, id: string, by: number) => {
    change(world, id, by, { proration_behavior: 'always_invoice', payment_behavior: 'pending_if_incomplete' });
  },
  remove: (world: World, id: string) => {
    world.update(id, { items: [{ id: meteredItem(world, id)?.id ?? 'none', deleted: true }] });
  },
  anchor: (world: World, id: string) => {
    world.update(id, { billing_cycle_anchor: 'now', proration_behavior: 'none' });
  },
  threshold: (world: World, id: string, by: number) => {
    world.update(id, { billing_thresholds: { amount_gte: 100 + Math.floor(by * 2000), reset_billing_cycle_anchor: by < 0.5 } });
  },
  trial: (world: World, id: string, by: number) => {
    world.update(id, { trial_end: world.now + 1 + Math.floor(by * 20 * DAY) });
  },
  pause: toggle,
  card: (world: World, _: string, by: number) => void world.card(by < 0.5 ? 'pm_card_chargeCustomerFail' : 'pm_card_visa'),
};
const START = new World('2026-01-31').now;

const whats = Object.keys(DO) as Happening['what'][];
const happenings = fc.array(
  fc.record<Happening>({
    what: fc.constantFrom(...whats, 'use', 'use', 'late', 'wait', 'wait', 'wait'),
    by: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  { minLength: 3, maxLength: 24 },
);

test('of any life of a subscription', () => {
  fc.assert(
    fc.property(happenings, (story) => {
      const { world, id } = opened();
      for (const { what, by } of story) {
        try {
          DO[what](world, id, by);
        } catch (error) {
          if (!(error instanceof Refused)) throw error;
        }
      }
      if (world.subscription(id).status !== 'canceled') world.cancel(id, { invoice_now: true });
      world.by(2 * HOUR);
      for (const span of world.rows.all('usagePeriod')) checkSpan(world, span);
    }),
    { numRuns: runs(60) },
  );
});

function checkSpan(world: World, span: UsagePeriod): void {
  const { periodStart, periodEnd, meter, dimensionFilters: filters, price } = span;
  const others = world.rows.where('usagePeriod', (other) => other.id !== span.id && other.periodStart < other.periodEnd);
  expect(others.filter((other) => other.periodStart < periodEnd && periodStart < other.periodEnd)).toEqual([]);
  const bills = world.rows.where('invoiceLineItem', ({ basis }) => basis?.usage?.period === span.id);
  const living = bills.filter(({ invoice }) => world.rows.get('invoice', invoice).status !== 'void');
  const waiting = world.rows.where(
    'invoiceItem',
    ({ basis, invoice, deleted }) => basis?.usage?.period === span.id && invoice === null && !deleted,
  );
  // Usage on a draft that the end has left is recounted when a caller finalizes it.
  if (living.some(({ invoice }) => world.rows.get('invoice', invoice).status === 'draft')) return;
  const { quantity } = usageIn(world.usage, { meter, filters, from: periodStart, to: periodEnd });
  expect(sum([...living, ...waiting].map(({ amount }) => amount))).toBe(rate(world.rows.get('price', price), quantity).full);
}
