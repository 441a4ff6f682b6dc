import type Stripe from 'stripe';
import { customerWith, invoicesOf } from '../../../support/builders';
import { DAY, startClock } from '../../../support/clock';
import { booksBalance } from '../../../ledger/books';
import { useProduct } from '../../../support/product';

const product = useProduct();
const { stripe } = product;

const SEATS = [
  { up_to: 10, unit_amount: 500 },
  { up_to: 'inf' as const, unit_amount_decimal: '399.5' as never },
];
const monthly = async (terms: object): Promise<string> =>
  (
    await stripe.prices.create({
      currency: 'usd',
      recurring: { interval: 'month' },
      product_data: { name: 'Seats' },
      ...terms,
    })
  ).id;
const shown = ({ lines }: Stripe.Invoice) =>
  lines.data.map(({ amount, description, period, quantity, taxes }) => [
    amount,
    description,
    period,
    quantity,
    taxes?.map((tax) => tax.amount),
  ]);

/**
 * Ten seats (5000), and from 16 April fifteen of them: 10 × 500 + 5 × 399.5 = 6997.5, that is 6998, of which half is 3499; ten
 * packages of a hundred, rounded up from 950, 1000 each; a fee of 1234 once, with 20% tax on everything.
 */
test.each(['flexible', 'classic'] as const)('tiers, packages and one-time items in %s mode: a preview matches the bill', async (type) => {
  const clock = await startClock(stripe, '2026-04-01');
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  const seats = await monthly({ billing_scheme: 'tiered', tiers_mode: 'graduated', tiers: SEATS });
  const packs = await monthly({ unit_amount: 1000, transform_quantity: { divide_by: 100, round: 'up' } });
  const rate = await stripe.taxRates.create({ display_name: 'VAT', percentage: 20, inclusive: false });
  const { id: setup } = await stripe.products.create({ name: 'Setup' });
  const made = await stripe.subscriptions.create({
    customer,
    items: [{ price: seats, quantity: 10 }],
    billing_mode: { type },
    default_tax_rates: [rate.id],
    add_invoice_items: [{ price_data: { currency: 'usd', product: setup, unit_amount_decimal: '617' as never }, quantity: 2 }],
    expand: ['latest_invoice'],
  });
  expect(made.latest_invoice).toMatchObject({ subtotal: 5000 + 1234, total: 7481 });
  await clock.by(15 * DAY);
  const items = [
    { id: made.items.data[0]?.id, quantity: 15 },
    { price: packs, quantity: 950 },
  ];
  const terms = { items, proration_behavior: 'always_invoice' as const };
  const preview = await stripe.invoices.createPreview({ subscription: made.id, subscription_details: terms });
  expect(preview.lines.data.map(({ amount }) => amount)).toEqual([-2500, 3499, 5000]);
  await stripe.subscriptions.update(made.id, terms);
  const next = await stripe.invoices.createPreview({ subscription: made.id });
  await clock.to('2026-05-01T02:00:00Z');
  const [, changed, renewed] = await invoicesOf(stripe, made.id);
  expect([shown(changed as Stripe.Invoice), changed?.total]).toEqual([shown(preview), preview.total]);
  expect([shown(renewed as Stripe.Invoice), renewed?.total]).toEqual([shown(next), next.total]);
  expect(renewed).toMatchObject({ subtotal: 6998 + 10_000, total: 20_398, status: 'paid' });
  expect(await booksBalance(product.sql)).toEqual([]);
});

test('a yearly base with a monthly add-on: each has its own interval, on one invoice when both are due', async () => {
  const clock = await startClock(stripe, '2024-02-29');
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  const base = await monthly({ unit_amount: 100_000, recurring: { interval: 'year' } });
  const addOn = await monthly({ unit_amount: 1500, recurring: { interval: 'month', interval_count: 6 } });
  const { id } = await stripe.subscriptions.create({ customer, items: [{ price: base }, { price: addOn, quantity: 3 }] });
  await clock.to('2025-03-02');
  const bills = (await invoicesOf(stripe, id)).map(({ created, total }) => [new Date(created * 1000).toISOString().slice(0, 10), total]);
  expect(bills).toEqual([
    ['2024-02-29', 104_500],
    ['2024-08-29', 4500],
    ['2025-02-28', 104_500],
  ]);
  const { items } = await stripe.subscriptions.retrieve(id);
  expect(items.data.map((item) => new Date(item.current_period_end * 1000).toISOString().slice(0, 10))).toEqual([
    '2026-02-28',
    '2025-08-29',
  ]);
});
