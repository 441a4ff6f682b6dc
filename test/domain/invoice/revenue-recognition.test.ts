import { sum } from '../builders';
import { World } from '../subscription/world';

/** What the books have in an account, debits positive. */
const account = (world: World, name: string) =>
  sum(
    world.postings
      .flatMap(({ entries }) => entries)
      .filter(({ ledgerAccount }) => ledgerAccount === name)
      .map(({ amount }) => amount),
  );
const revenue = (world: World) => [account(world, 'deferred_revenue'), account(world, 'revenue')];

function april(parameters: Record<string, unknown> = {}): { world: World; id: string; si: string } {
  const world = new World('2026-04-01');
  world.taxes();
  world.card('visa');
  const id = world.create(parameters);
  return { world, id, si: world.item(id).id };
}

test('a period that is billed in advance is deferred, and earned at its end', () => {
  const { world } = april();
  expect(revenue(world)).toEqual([-1000, 0]);
  world.advance('2026-05-01');
  expect(revenue(world)).toEqual([0, -1000]);
  world.advance('2026-05-01T01:00:00Z');
  expect(revenue(world)).toEqual([-1000, -1000]);
});

test('tax is payable at once and is no revenue, inclusive or exclusive', () => {
  const { world } = april({ default_tax_rates: ['txr_in', 'txr_ex'] });
  expect([revenue(world)[0], account(world, 'tax_payable:DE'), account(world, 'tax_payable:CH'), account(world, 'cash_clearing')]).toEqual([
    -909,
    -91,
    -182,
    1182 - 64,
  ]);
  world.advance('2026-05-01');
  expect(revenue(world)).toEqual([0, -909]);
});

test('an amount without a period is earned at once', () => {
  const { world } = april({ add_invoice_items: [{ price: 'price_once' }] });
  expect(revenue(world)).toEqual([-1000, -500]);
});

test('a credit reduces deferred revenue as its charge raised it', () => {
  const { world, id, si } = april();
  world.advance('2026-04-11');
  world.update(id, { items: [{ id: si, price: 'price_3000' }], proration_behavior: 'always_invoice' });
  expect(revenue(world)).toEqual([-(1000 - 667 + 2000), 0]);
  world.advance('2026-05-01');
  expect(revenue(world)).toEqual([0, -2333]);
});

test('pending prorations are earned when their invoice is final, because their time is over by then', () => {
  const { world, id, si } = april();
  world.advance('2026-04-11');
  world.update(id, { items: [{ id: si, price: 'price_3000' }] });
  world.advance('2026-05-01T01:00:00Z');
  expect(revenue(world)).toEqual([-3000, -2333]);
});

test('a year is earned at its end, each month of another item at its own end', () => {
  const { world } = april({ items: [{ price: 'price_1000' }, { price: 'price_year' }] });
  expect(revenue(world)).toEqual([-13_000, 0]);
  world.advance('2026-06-15');
  expect(revenue(world)).toEqual([-13_000, -2000]);
  world.advance('2027-04-01');
  expect(revenue(world)).toEqual([0, -(12_000 + 12 * 1000)]);
});

test('a period that a new cycle cut short is earned with the next renewal', () => {
  const { world, id } = april();
  world.advance('2026-04-16');
  world.update(id, { billing_cycle_anchor: 'now' });
  expect(revenue(world)).toEqual([-1500, 0]);
  world.advance('2026-05-16');
  expect(revenue(world)).toEqual([0, -1500]);
});

test('a cancellation earns the rest, if nothing is given back, and a credit takes its part from it', () => {
  const { world, id } = april();
  world.advance('2026-04-16');
  world.cancel(id);
  expect(revenue(world)).toEqual([0, -1000]);
  const second = april();
  second.world.advance('2026-04-16');
  second.world.cancel(second.id, { prorate: true, invoice_now: true });
  expect(revenue(second.world)).toEqual([0, -500]);
});

test.each([
  ['while it is deferred', '2026-05-03'],
  ['after it was earned', '2026-06-03'],
])('a void invoice reverses its revenue: %s', (_when, at) => {
  const { world } = april();
  world.card('chargeCustomerFail');
  world.settings({ dunning: { version: 'short', retry_after_seconds: [86_400], ends_in: 'past_due' } });
  world.advance('2026-05-01T01:00:00Z');
  const failed = world.last().id;
  world.advance(at);
  const before = sum(revenue(world));
  expect(world.onInvoice(failed, 'voidInvoice')).toBeNull();
  expect(sum(revenue(world))).toBe(before + 1000);
  expect(world.rows.where('invoiceLineItem', (line) => line.invoice === failed && line.deferred !== 0)).toEqual([]);
});

test('bad debt does not reverse revenue: the amount is a separate loss', () => {
  const { world } = april();
  world.card('chargeCustomerFail');
  world.advance('2026-05-02');
  expect(world.onInvoice(world.last().id, 'markInvoiceUncollectible')).toBeNull();
  expect([...revenue(world), account(world, 'bad_debt')]).toEqual([-1000, -1000, 1000]);
});

test('during a pause, prepaid revenue stays deferred', () => {
  const { world, id } = april();
  world.must('subscription', id, 'pauseSubscription', { path: { subscription: id } });
  world.advance('2026-07-01');
  expect(revenue(world)).toEqual([-1000, 0]);
  world.cancel(id);
  expect(revenue(world)).toEqual([0, -1000]);
});

test('when a subscription expires without paying its first invoice, nothing stays deferred', () => {
  const world = new World('2026-04-01');
  world.create({ payment_behavior: 'default_incomplete' });
  expect(world.onInvoice(world.last().id, 'markInvoiceUncollectible')).toBeNull();
  world.advance('2026-04-02');
  expect([...revenue(world), account(world, 'bad_debt')]).toEqual([0, -1000, 1000]);
});
