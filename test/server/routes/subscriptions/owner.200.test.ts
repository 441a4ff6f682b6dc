import type Stripe from 'stripe';
import { customerWith, priceOf, useCard } from '../../../support/builders';
import { startClock, type VirtualClock } from '../../../support/clock';
import { startProduct, type Product } from '../../../support/product';

let product: Product;
let stripe: Stripe;
let clock: VirtualClock;

beforeAll(async () => {
  product = await startProduct();
  ({ stripe } = product);
  clock = await startClock(stripe, '2026-01-31');
});
afterAll(() => product.stop());

/** The workflow that committed a step about this object last. */
async function committedBy(step: string): Promise<string> {
  const [row] = await product.sql<{ workflow: string }[]>`select workflow from commits where step = ${step} order by seq desc limit 1`;
  return row?.workflow ?? 'nobody';
}

async function subscribed(card = 'pm_card_visa') {
  const { customer } = await customerWith(stripe, card, { test_clock: clock.id });
  return { customer, subscription: await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe) }] }) };
}

const latest = ({ latest_invoice: invoice }: Stripe.Subscription): string => invoice as string;

test('requests on an item go to its subscription’s workflow', async () => {
  const { subscription } = await subscribed();
  const item = await stripe.subscriptionItems.create({ subscription: subscription.id, price: await priceOf(stripe, 500), quantity: 2 });
  expect([item.quantity, await committedBy('createSubscriptionItem')]).toEqual([2, `subscription/${subscription.id}`]);
  expect((await stripe.subscriptionItems.update(item.id, { quantity: 3 })).quantity).toBe(3);
  expect(await stripe.subscriptionItems.del(item.id)).toMatchObject({ id: item.id, deleted: true });
  expect(await committedBy('deleteSubscriptionItem')).toBe(`subscription/${subscription.id}`);
});

test('requests on an invoice go to its living subscription’s workflow, to its dunning while that runs, and otherwise to its own', async () => {
  const { customer, subscription } = await subscribed();
  await stripe.invoices.update(latest(subscription), { metadata: { to: 'subscription' } });
  expect(await committedBy('updateInvoice')).toBe(`subscription/${subscription.id}`);

  await useCard(stripe, customer, 'pm_card_chargeCustomerFail');
  await clock.to('2026-02-28T02:00:00Z');
  const overdue = latest(await stripe.subscriptions.retrieve(subscription.id));
  await stripe.invoices.update(overdue, { metadata: { to: 'dunning' } });
  expect(await committedBy('updateInvoice')).toBe(`dunning/${overdue}`);

  await stripe.subscriptions.cancel(subscription.id);
  await stripe.invoices.update(overdue, { metadata: { to: 'invoice' } });
  expect(await committedBy('updateInvoice')).toBe(`invoice/${overdue}`);
  expect((await stripe.invoices.retrieve(overdue)).metadata).toEqual({ to: 'invoice' });
});

test('a manual invoice has its own workflow, even if it is for a subscription, whose items alone it has', async () => {
  const { customer, subscription } = await subscribed();
  await stripe.invoiceItems.create({ customer, subscription: subscription.id, amount: 700, currency: 'usd' });
  const other = await stripe.invoiceItems.create({ customer, amount: 90, currency: 'usd' });
  const invoice = await stripe.invoices.create({ customer, subscription: subscription.id, auto_advance: false });
  expect(await committedBy('createInvoice')).toBe(`invoice/${invoice.id}`);
  expect([invoice.total, invoice.parent?.subscription_details?.subscription]).toEqual([700, subscription.id]);
  expect((await stripe.invoiceItems.retrieve(other.id)).invoice).toBeNull();
  expect((await stripe.invoices.pay(invoice.id)).status).toBe('paid');
  expect(await committedBy('payInvoice')).toBe(`subscription/${subscription.id}`);
});

test('an ended subscription allows only changes of its metadata and cancellation details', async () => {
  const { subscription } = await subscribed();
  await stripe.subscriptions.cancel(subscription.id);
  const none = { code: 'resource_missing', statusCode: 404 };
  await expect(stripe.subscriptions.cancel(subscription.id)).rejects.toMatchObject(none);
  await expect(stripe.subscriptions.resume(subscription.id)).rejects.toMatchObject(none);
  await expect(stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true })).rejects.toMatchObject({
    param: 'cancel_at_period_end',
  });
  const noted = await stripe.subscriptions.update(subscription.id, {
    metadata: { why: 'moved' },
    cancellation_details: { feedback: 'unused' },
  });
  expect([noted.status, noted.metadata, noted.cancellation_details?.feedback]).toEqual(['canceled', { why: 'moved' }, 'unused']);
});

test('while a clock advances, its objects cannot be written', async () => {
  const { subscription } = await subscribed();
  await product.sql`update test_clocks set status = 'advancing' where id = ${clock.id}`;
  await expect(stripe.subscriptions.update(subscription.id, { metadata: { a: '1' } })).rejects.toMatchObject({
    statusCode: 429,
    code: 'lock_timeout',
  });
  await product.sql`update test_clocks set status = 'ready' where id = ${clock.id}`;
});
