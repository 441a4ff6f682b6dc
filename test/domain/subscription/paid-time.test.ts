import { at } from '../builders';
import { World } from './world';

const april = { start: '2026-04-01', end: '2026-05-01' };

/** 3000 a month (`price_3000`), and 6000 (`price_pro`): 100 and 200 a day in April. */
function world(from = april.start): World {
  const made = new World(from);
  made.card('visa');
  made.price(6000, { id: 'price_pro' });
  return made;
}

const pending = (of: World) => of.rows.where('invoiceItem', (item) => item.invoice === null && !item.deleted).map((item) => item.amount);
const now = { proration_behavior: 'always_invoice' };
const amounts = (of: World) => of.lines(of.last().id).map((line) => line.amount);
const billed = (of: World) =>
  of.invoices().flatMap((invoice) => (invoice.status === 'void' ? [] : of.lines(invoice.id).map((line) => line.amount)));
const total = (of: World) => [...billed(of), ...pending(of)].reduce((sum, amount) => sum + amount, 0);

describe.each(['flexible', 'classic'])('in %s billing mode', (type) => {
  const billing_mode = { type };

  test('a change before the first whole period divides the price of a whole one: an upgrade from 3000 to 6000, 8 days before May', () => {
    const of = world('2026-04-16');
    const id = of.create({ items: [{ price: 'price_3000' }], billing_cycle_anchor: at(april.end), billing_mode });
    expect(amounts(of)).toEqual([1500]);
    of.advance('2026-04-23');
    of.update(id, { items: [{ id: of.item(id).id, price: 'price_pro' }], ...now });
    expect(amounts(of)).toEqual([-800, 1600]);
    of.cancel(id, { prorate: true, invoice_now: true });
    expect(amounts(of)).toEqual([-1600]);
  });

  test('the credit of a planned end is not given twice when the end comes earlier', () => {
    const of = world();
    const id = of.create({ items: [{ price: 'price_3000' }], billing_mode });
    of.advance('2026-04-06');
    of.update(id, { cancel_at: at('2026-04-16') });
    of.cancel(id, { prorate: true, invoice_now: true });
    // 5 of 30 days were used.
    expect(total(of)).toBe(500);
  });

  test('removing a planned end after an upgrade charges the new price', () => {
    const of = world();
    const id = of.create({ items: [{ price: 'price_3000' }], billing_mode });
    of.advance('2026-04-06');
    of.update(id, { cancel_at: at('2026-04-16') });
    of.update(id, { items: [{ id: of.item(id).id, price: 'price_pro' }] });
    of.update(id, { cancel_at: null });
    // 5 days at 100, 25 at 200.
    expect(total(of)).toBe(5500);
  });

  test('removing a planned end that credited nothing costs nothing', () => {
    const of = world();
    const id = of.create({ items: [{ price: 'price_3000' }], billing_mode });
    of.update(id, { cancel_at: at('2026-04-16'), proration_behavior: 'none' });
    of.update(id, { cancel_at: null });
    expect(total(of)).toBe(3000);
  });
});

describe('flexible billing mode credits what was paid, and only that', () => {
  function paid(): { of: World; id: string; item: string } {
    const of = world();
    const id = of.create({ items: [{ price: 'price_3000' }] });
    return { of, id, item: of.item(id).id };
  }

  test('after a planned end that was billed and removed, for all remaining time', () => {
    const { of, id, item } = paid();
    of.advance('2026-04-06');
    of.update(id, { cancel_at: at('2026-04-16'), ...now });
    of.update(id, { cancel_at: null, ...now });
    of.update(id, { items: [{ id: item, price: 'price_pro' }], ...now });
    expect(amounts(of).sort((a, b) => a - b)).toEqual([-1500, -1000, 5000]);
    expect(total(of)).toBe(500 + 5000);
  });

  test('with the tax that was paid, whatever the rates are now', () => {
    const of = world();
    of.taxes();
    const id = of.create({ items: [{ price: 'price_3000' }], default_tax_rates: ['txr_ex'] });
    expect(of.last().total).toBe(3600);
    of.advance('2026-04-16');
    of.update(id, { default_tax_rates: null });
    of.cancel(id, { prorate: true, invoice_now: true });
    expect(of.last()).toMatchObject({ subtotal: -1500, total: -1800 });
  });

  test('not an item that was added free of charge', () => {
    const { of, id } = paid();
    of.advance('2026-04-11');
    of.update(id, { items: [{ price: 'price_pro' }], proration_behavior: 'none' });
    const added = of.rows.all('subscriptionItem').at(-1)?.id;
    of.update(id, { items: [{ id: added, deleted: true }] });
    expect(pending(of)).toEqual([]);
  });

  test('not a year that replaced a month free of charge', () => {
    const { of, id, item } = paid();
    of.advance('2026-04-11');
    of.update(id, { items: [{ id: item, price: 'price_year' }], proration_behavior: 'none' });
    of.advance('2026-04-21');
    of.update(id, { items: [{ id: item, price: 'price_pro' }] });
    expect(pending(of)).toEqual([-1000, 2000]);
  });

  test('not the price of an unpaid change, when its subscription is canceled', () => {
    const { of, id, item } = paid();
    of.advance('2026-04-16');
    of.card('chargeCustomerFail');
    of.update(id, { items: [{ id: item, quantity: 5 }], payment_behavior: 'pending_if_incomplete', ...now });
    of.cancel(id, { prorate: true, invoice_now: true });
    expect(amounts(of)).toEqual([-1500]);
  });

  test('whatever the order of the changes’ times, and however many in one second', () => {
    const { of, id, item } = paid();
    of.advance('2026-04-26');
    of.update(id, { items: [{ id: item, quantity: 2 }], proration_date: at('2026-04-16') });
    of.update(id, { items: [{ id: item, quantity: 3 }], proration_date: at('2026-04-11') });
    of.update(id, { items: [{ id: item, quantity: 4 }], proration_date: at('2026-04-21'), ...now });
    of.update(id, { items: [{ id: item, quantity: 1 }], proration_date: at('2026-04-21'), ...now });
    // 10 days of one, 10 of three, 10 of one.
    expect(total(of)).toBe(1000 + 3000 + 1000);
  });
});

test('an end that is planned with a change of items shares its invoice, as in its preview, and cannot wait for a payment', () => {
  const of = world();
  const id = of.create({ items: [{ price: 'price_3000' }] });
  of.advance('2026-04-06');
  const change = {
    cancel_at: at('2026-04-16'),
    items: [{ id: of.item(id).id, price: 'price_pro' }],
    proration_behavior: 'always_invoice' as const,
  };
  const preview = of.preview({ customer: 'cus_1', subscription: id, subscription_details: change });
  const path = { subscription: id };
  for (const payment_behavior of ['pending_if_incomplete', 'error_if_incomplete'])
    expect(of.ask('subscription', id, 'updateSubscription', { path, ...change, payment_behavior })).toMatchObject({
      details: { param: 'cancel_at' },
    });
  of.update(id, change);
  // 15 days at 100 given back, then 10 days at 100, and 10 at 200 charged.
  expect(amounts(of)).toEqual([-1500, -1000, 2000]);
  expect(preview.totals).toEqual({ subtotal: -500, total: -500 });
  of.update(id, { cancel_at: null, items: [{ id: of.item(id).id, metadata: { seen: 'yes' } }], proration_behavior: 'always_invoice' });
  expect(amounts(of)).toEqual([3000]);
});

describe('a credit note took back a part of what was debited', () => {
  /** 3000 for April, of which 1200 were given back on the 6th. */
  function noted(type: string) {
    const of = world();
    const id = of.create({ items: [{ price: 'price_3000' }], billing_mode: { type } });
    const invoice = of.last().id;
    of.advance('2026-04-06');
    expect(of.onInvoice(invoice, 'createCreditNote', { invoice, amount: 1200, credit_amount: 1200 })).toBeNull();
    of.advance('2026-04-16');
    return { of, id };
  }

  test('flexible mode credits the unused half of the rest', () => {
    const { of, id } = noted('flexible');
    of.update(id, { items: [{ id: of.item(id).id, price: 'price_pro' }], ...now });
    expect(amounts(of)).toEqual([-900, 3000]);
  });

  test('classic mode credits the present price', () => {
    const { of, id } = noted('classic');
    of.update(id, { items: [{ id: of.item(id).id, price: 'price_pro' }], ...now });
    expect(amounts(of)).toEqual([-1500, 3000]);
  });
});
