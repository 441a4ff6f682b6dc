import type Stripe from 'stripe';
import { booksBalanceAfterEach } from '../ledger/books';
import { customerWith, eventsOf, invoicesOf, priceOf, refusal, useCard } from '../support/builders';
import { HOUR, startClock } from '../support/clock';
import { useProduct } from '../support/product';

const product = useProduct();
const { stripe } = product;
booksBalanceAfterEach(product);

/** 1000 a month from 1 April, and a price of 3000 to change to. */
async function april(parameters: Partial<Stripe.SubscriptionCreateParams> = {}) {
  const clock = await startClock(stripe, '2026-04-01');
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  const [low, high] = [await priceOf(stripe, 1000), await priceOf(stripe, 3000)];
  const { id, items } = await stripe.subscriptions.create({ customer, items: [{ price: low }], ...parameters });
  return { clock, customer, id, low, high, item: items.data[0]?.id ?? '' };
}
const last = async (id: string) => (await invoicesOf(stripe, id)).at(-1) as Stripe.Invoice;

test('an upgrade on the 11th is a pending 1333 for the next invoice, exact to the second', async () => {
  const { clock, id, item, high } = await april();
  await clock.to('2026-04-11');
  await stripe.subscriptions.update(id, { items: [{ id: item, price: high }] });
  await clock.to('2026-05-01T01:00:00Z');
  const invoice = await last(id);
  expect(invoice).toMatchObject({ total: 4333, status: 'paid' });
  expect(invoice.lines.data.map(({ amount }) => amount).sort((a, b) => a - b)).toEqual([-667, 2000, 3000]);
});

test('a downgrade billed at once gives credit, which the next invoices use', async () => {
  const { clock, id, item, low, high } = await april();
  await stripe.subscriptions.update(id, { items: [{ id: item, price: high }], proration_behavior: 'always_invoice' });
  await clock.to('2026-04-11');
  await stripe.subscriptions.update(id, { items: [{ id: item, price: low }], proration_behavior: 'always_invoice' });
  expect(await last(id)).toMatchObject({ total: -1333, amount_due: 0, status: 'paid' });
  await clock.to('2026-06-01T01:00:00Z');
  expect((await invoicesOf(stripe, id)).slice(-2).map(({ amount_due }) => amount_due)).toEqual([0, 667]);
});

test('a pending change takes effect when it is paid, and never when it is not', async () => {
  const { clock, customer, id, item, high } = await april();
  await useCard(stripe, customer, 'pm_card_chargeCustomerFail');
  await clock.to('2026-04-11');
  const change: Stripe.SubscriptionUpdateParams = {
    items: [{ id: item, price: high }],
    proration_behavior: 'always_invoice',
    payment_behavior: 'pending_if_incomplete',
  };
  const waiting = await stripe.subscriptions.update(id, change);
  expect([waiting.items.data[0]?.price.unit_amount, waiting.pending_update !== null]).toEqual([1000, true]);
  await clock.by(23 * HOUR);
  expect((await stripe.subscriptions.retrieve(id)).pending_update).toBeNull();
  expect((await last(id)).status).toBe('void');
  await stripe.subscriptions.update(id, change);
  await useCard(stripe, customer, 'pm_card_visa');
  await stripe.invoices.pay((await last(id)).id);
  const after = await stripe.subscriptions.retrieve(id);
  expect([after.items.data[0]?.price.unit_amount, after.pending_update]).toEqual([3000, null]);
});

test('a change with error_if_incomplete that is declined leaves the subscription as it was', async () => {
  const { clock, customer, id, item, high } = await april();
  await useCard(stripe, customer, 'pm_card_chargeCustomerFail');
  await clock.to('2026-04-11');
  const error = await refusal(
    stripe.subscriptions.update(id, {
      items: [{ id: item, price: high }],
      proration_behavior: 'always_invoice',
      payment_behavior: 'error_if_incomplete',
    }),
  );
  expect(error).toMatchObject({ statusCode: 402, code: 'card_declined' });
  const after = await stripe.subscriptions.retrieve(id);
  expect([after.status, after.items.data[0]?.price.unit_amount]).toEqual(['active', 1000]);
});

test('a preview shows the invoice that the change makes', async () => {
  const { clock, customer, id, item, low, high } = await april();
  await clock.to('2026-04-07T13:14:15Z');
  const changes: { quantity: number; price: string }[] = [
    { price: high, quantity: 3 },
    { price: high, quantity: 7 },
    { price: low, quantity: 2 },
  ];
  for (const change of changes) {
    const items = [{ id: item, ...change }];
    const preview = await stripe.invoices.createPreview({
      customer,
      subscription: id,
      subscription_details: { items, proration_behavior: 'always_invoice' },
    });
    await stripe.subscriptions.update(id, { items, proration_behavior: 'always_invoice' });
    const made = await last(id);
    expect([preview.total, preview.subtotal, preview.lines.data.map(({ amount, description }) => [amount, description])]).toEqual([
      made.total,
      made.subtotal,
      made.lines.data.map(({ amount, description }) => [amount, description]),
    ]);
    await clock.by(50 * HOUR);
  }
});

test('fifty concurrent changes are made one after another, or refused with a reason, and none is lost', async () => {
  const { id, item } = await april();
  const quantities = Array.from({ length: 50 }, (_, index) => index + 2);
  const answers = await Promise.allSettled(
    quantities.map((quantity) => stripe.subscriptions.update(id, { items: [{ id: item, quantity }], proration_behavior: 'none' })),
  );
  const made = answers.flatMap((answer, index) => (answer.status === 'fulfilled' ? [quantities[index]] : []));
  for (const answer of answers) {
    if (answer.status === 'rejected') expect([409, 429]).toContain((answer.reason as Stripe.errors.StripeError).statusCode);
  }
  const told = (await eventsOf(stripe, { type: 'customer.subscription.updated' })).map(({ data }) => data.object as Stripe.Subscription);
  const history = told
    .filter((each) => each.id === id)
    .map(({ items }) => items.data[0]?.quantity)
    .filter((quantity) => quantity !== 1);
  expect([...history].sort((a, b) => (a ?? 0) - (b ?? 0))).toEqual(made);
  expect((await stripe.subscriptions.retrieve(id)).items.data[0]?.quantity).toBe(history.at(-1));
  expect(made.length).toBeGreaterThan(0);
}, 120_000);

test('a pause stops time, and resuming on a new anchor starts when it is paid', async () => {
  const { clock, id } = await april();
  await clock.to('2026-04-11');
  await product.post(`/v1/subscriptions/${id}/pause`, { type: 'subscription' });
  await clock.to('2026-08-11');
  expect(await invoicesOf(stripe, id)).toHaveLength(1);
  const resumed = await stripe.subscriptions.resume(id, { billing_cycle_anchor: 'now' });
  await stripe.invoices.pay(resumed.latest_invoice as string);
  expect((await stripe.subscriptions.retrieve(id)).status).toBe('active');
  await clock.to('2026-09-11T01:00:00Z');
  expect((await invoicesOf(stripe, id)).map(({ status }) => status)).toEqual(['paid', 'paid', 'paid']);
});
