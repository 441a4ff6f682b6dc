import type Stripe from 'stripe';
import { customerWith, priceOf } from '../../../support/builders';
import { at, startClock, type VirtualClock } from '../../../support/clock';
import { startProduct, type Product } from '../../../support/product';

let product: Product;
let stripe: Stripe;
let clock: VirtualClock;
let customer: string;
let subscription: Stripe.Subscription;

beforeAll(async () => {
  product = await startProduct();
  ({ stripe } = product);
  clock = await startClock(stripe, '2026-04-01');
  ({ customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id }));
  subscription = await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe, 3000) }] });
  await clock.to('2026-04-16');
});
afterAll(() => product.stop());

const amounts = (invoice: Stripe.Invoice): number[] => invoice.lines.data.map((line) => line.amount).sort((a, b) => a - b);
const preview = (params: Stripe.InvoiceCreatePreviewParams): Promise<Stripe.Invoice> => stripe.invoices.createPreview(params);

async function written(): Promise<unknown> {
  const [counts] = await product.sql`
    select (select count(*) from invoices) as invoices, (select count(*) from invoice_items) as items, (select count(*) from prices) as prices,
      (select count(*) from events) as events, (select count(*) from commits) as commits`;
  return counts;
}

test('the next invoice of a subscription, with an id that cannot be retrieved', async () => {
  const next = await preview({ subscription: subscription.id });
  expect([next.id.slice(0, 12), next.status, next.total, next.period_end]).toEqual(['upcoming_in_', 'draft', 3000, at('2026-05-01')]);
  await expect(stripe.invoices.retrieve(next.id)).rejects.toMatchObject({ statusCode: 404 });
});

test('a change, an inline price, further items and a discount: all shown, nothing written', async () => {
  const { product: sold } = subscription.items.data[0]?.price ?? {};
  const { id: coupon } = await stripe.coupons.create({ percent_off: 50, duration: 'forever' });
  const { id: once } = await stripe.prices.create({ currency: 'usd', unit_amount: 20, product: sold as string });
  const before = await written();
  const shown = await preview({
    customer,
    subscription: subscription.id,
    subscription_details: {
      items: [
        {
          id: subscription.items.data[0]?.id,
          price_data: { currency: 'usd', product: sold as string, unit_amount: 6000, recurring: { interval: 'month' } },
        },
      ],
      proration_behavior: 'always_invoice',
      proration_date: clock.now(),
    },
    invoice_items: [
      { amount: 60, description: 'Setup' },
      { price: once, quantity: 2 },
    ],
    discounts: [{ coupon }],
  });
  expect([amounts(shown), shown.subtotal, shown.total]).toEqual([[-1500, 40, 60, 3000], 1600, expect.any(Number)]);
  expect(shown.total).toBeLessThan(1600);
  expect(await written()).toEqual(before);
  expect((await stripe.subscriptions.retrieve(subscription.id)).items.data[0]?.price.unit_amount).toBe(3000);
});

test('the first invoice of a subscription that does not exist yet', async () => {
  const shown = await preview({ customer, subscription_details: { items: [{ price: await priceOf(stripe, 800), quantity: 2 }] } });
  expect([shown.total, shown.billing_reason]).toEqual([1600, 'subscription_create']);
});

test('the billing cycle anchor in both forms', async () => {
  const now = await preview({ subscription: subscription.id, subscription_details: { billing_cycle_anchor: 'now' } });
  const same = await preview({ subscription: subscription.id, subscription_details: { billing_cycle_anchor: { type: 'now' } as never } });
  expect([amounts(now), amounts(same)]).toEqual([
    [-1500, 3000],
    [-1500, 3000],
  ]);
});

test('an impossible preview is refused with its parameter', async () => {
  const item = (change: object): Stripe.InvoiceCreatePreviewParams => ({
    subscription: subscription.id,
    subscription_details: { items: [change] },
  });
  await expect(preview({})).rejects.toMatchObject({ code: 'parameter_missing', param: 'customer' });
  await expect(preview({ subscription: 'sub_none' })).rejects.toMatchObject({ code: 'resource_missing', param: 'subscription' });
  await expect(preview(item({ price: 'price_none' }))).rejects.toMatchObject({
    code: 'resource_missing',
    param: 'subscription_details[items][0][price]',
  });
  await expect(preview({ customer, schedule: 'sub_sched_1' })).rejects.toMatchObject({ code: 'resource_missing', param: 'schedule' });
  await expect(preview({ customer, invoice_items: [{ description: 'x' }] })).rejects.toMatchObject({
    code: 'parameter_missing',
    param: 'invoice_items[0][amount]',
  });
  const living = (details: Stripe.InvoiceCreatePreviewParams.SubscriptionDetails) =>
    preview({ subscription: subscription.id, subscription_details: details });
  for (const [name, details] of [
    ['start_date', { start_date: 1 }],
    ['billing_cycle_anchor', { billing_cycle_anchor: 4_000_000_000 }],
    ['billing_mode][type', { billing_mode: { type: 'classic' } }],
  ] as const)
    await expect(living(details)).rejects.toMatchObject({ param: `subscription_details[${name}]` });
  await expect(preview({ customer, subscription_details: { cancel_now: true } })).rejects.toMatchObject({
    param: 'subscription_details[cancel_now]',
  });
  const { customer: nobody } = await customerWith(stripe, null);
  await expect(preview({ customer: nobody })).rejects.toMatchObject({ code: 'invoice_upcoming_none', statusCode: 404 });
});
