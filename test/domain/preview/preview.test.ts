/** A preview plans exactly what would be committed: for every change, the invoice that follows is the same, line by line. */
import fc from 'fast-check';
import type { PriceTier } from '../../../domain/rows/price';
import { runs } from '../../support/runs';
import { DAY, HOUR, shownLine, World } from '../subscription/world';

const tier = (up_to: number | null, unit: string, flat: string | null = null): PriceTier => ({
  up_to,
  unit_amount_decimal: unit,
  flat_amount_decimal: flat,
});
const TIERS = { billingScheme: 'tiered', unitAmount: null, unitAmountDecimal: null } as const;
const PRICES = ['price_1000', 'price_3000', 'price_year', 'price_seats', 'price_packs', 'price_fraction'];

function subscribed(
  items: { price: string; quantity: number }[],
  mode: 'flexible' | 'classic',
  discount: boolean,
): { world: World; id: string } {
  const world = new World('2026-03-31');
  world.card('pm_card_visa');
  world.taxes();
  world.coupon({ id: 'third', key: 'acct_1/test/third', percentOff: '33.3', amountOff: null, currency: null, duration: 'forever' });
  world.priced('price_seats', { ...TIERS, tiersMode: 'volume', tiers: [tier(3, '333.5'), tier(null, '199.99', '17')] });
  world.priced('price_packs', { unitAmount: 1000, unitAmountDecimal: '1000', transformQuantity: { divide_by: 4, round: 'up' } });
  world.priced('price_fraction', { unitAmount: null, unitAmountDecimal: '33.333333333333' });
  world.metered('price_calls');
  const id = world.create({
    items: [...items, { price: 'price_calls' }],
    billing_mode: { type: mode },
    default_tax_rates: ['txr_ex'],
    ...(discount ? { discounts: [{ coupon: 'third' }] } : {}),
  });
  return { world, id };
}

const shown = (world: World, invoice: number) => world.lines(world.invoices()[invoice]?.id ?? '').map(shownLine);

const quantities = fc.integer({ min: 1, max: 12 });
const changes = fc.record({
  price: fc.constantFrom(...PRICES),
  quantity: quantities,
  adds: fc.option(fc.constantFrom(...PRICES), { nil: null }),
  drops: fc.boolean(),
  days: fc.integer({ min: 0, max: 29 }),
  seconds: fc.nat(DAY - 1),
  used: fc.nat(500),
  behavior: fc.constantFrom('create_prorations' as const, 'always_invoice' as const, 'none' as const),
  anchor: fc.constantFrom('now' as const, 'unchanged' as const),
  mode: fc.constantFrom('flexible' as const, 'classic' as const),
  discount: fc.boolean(),
});

test('of any change of items, cycle and usage, in both billing modes', () => {
  fc.assert(
    fc.property(changes, ({ price, quantity, adds, drops, days, seconds, used, behavior, anchor, mode, discount }) => {
      const { world, id } = subscribed([{ price: 'price_1000', quantity: 2 }], mode, discount);
      world.by(days * DAY + seconds);
      world.use(used);
      world.by(HOUR);
      const [base, calls] = world.items(id);
      const items = [
        { id: base?.id, price, quantity },
        ...(adds !== null && adds !== price ? [{ price: adds, quantity: 3 }] : []),
        ...(drops ? [{ id: calls?.id, deleted: true }] : []),
      ];
      const details = { items, proration_behavior: behavior, ...(anchor === 'now' ? { billing_cycle_anchor: anchor } : {}) };
      const recurring = new Set(items.map((item) => item.price)).has('price_year');
      fc.pre(mode === 'flexible' || !recurring);
      const before = world.invoices().length;
      const preview = world.preview({ customer: 'cus_1', subscription: id, subscription_details: details });
      world.update(id, details);
      if (world.invoices().length === before) world.advance(Math.min(...world.items(id).map((item) => item.currentPeriodEnd)));
      expect(shown(world, before)).toEqual(preview.lines);
      expect(world.invoices()[before]).toMatchObject(preview.totals);
    }),
    { numRuns: runs(150) },
  );
});

test('of a cancellation at once, with its credits and usage', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 29 }), fc.nat(500), (days, used) => {
      const { world, id } = subscribed([{ price: 'price_seats', quantity: 5 }], 'flexible', true);
      world.by(days * DAY + 1);
      world.use(used);
      world.by(1);
      const before = world.invoices().length;
      const preview = world.preview({ customer: 'cus_1', subscription: id, subscription_details: { cancel_now: true } });
      world.cancel(id, { prorate: true, invoice_now: true });
      expect(shown(world, before)).toEqual(preview.lines);
    }),
  );
});

test('of a subscription that ends: the last invoice, with pending items and usage', () => {
  const { world, id } = subscribed([{ price: 'price_3000', quantity: 1 }], 'flexible', false);
  const preview = () => world.preview({ customer: 'cus_1', subscription: id });
  world.by(10 * DAY);
  world.update(id, { cancel_at: world.now + 10 * DAY });
  world.use(7);
  world.by(HOUR);
  const last = preview();
  // 10 of 30 days given back, and 7 calls at 2, with 20% tax.
  expect(last.totals).toEqual({ subtotal: -1000 + 14, total: -1200 + 17 });
  const before = world.invoices().length;
  world.by(11 * DAY);
  expect(shown(world, before)).toEqual(last.lines);
});
