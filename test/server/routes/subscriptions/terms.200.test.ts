import type Stripe from 'stripe';
import { customerWith, priceOf } from '../../../support/builders';
import { useProduct } from '../../../support/product';

const product = useProduct();
const { stripe } = product;

const someone = async (): Promise<string> => (await customerWith(stripe, 'pm_card_visa')).customer;

test('price_data makes inactive prices of its product, and they are billed', async () => {
  const { id: sold } = await stripe.products.create({ name: 'Setup' });
  const subscription = await stripe.subscriptions.create({
    customer: await someone(),
    items: [{ price_data: { currency: 'usd', product: sold, unit_amount: 900, recurring: { interval: 'month' } }, quantity: 2 }],
    add_invoice_items: [{ price_data: { currency: 'usd', product: sold, unit_amount: 250 } }],
    expand: ['latest_invoice'],
  });
  const price = subscription.items.data[0]?.price;
  expect(price).toMatchObject({ active: false, product: sold, unit_amount: 900, type: 'recurring' });
  expect((subscription.latest_invoice as Stripe.Invoice).lines.data.map((line) => line.amount).sort()).toEqual([1800, 250]);
  const changed = await stripe.subscriptions.update(subscription.id, {
    items: [
      {
        id: subscription.items.data[0]?.id,
        price_data: { currency: 'usd', product: sold, unit_amount_decimal: '12.5' as never, recurring: { interval: 'month' } },
      },
    ],
    proration_behavior: 'none',
  });
  expect(changed.items.data[0]?.price).toMatchObject({ active: false, unit_amount: null });
  expect(String(changed.items.data[0]?.price.unit_amount_decimal)).toBe('12.5');
});

test('an invalid price_data is refused with its path', async () => {
  const { id: sold } = await stripe.products.create({ name: 'Setup' });
  const price_data = { currency: 'usd', product: sold, unit_amount: 900, recurring: { interval: 'year' as const, interval_count: 4 } };
  await expect(stripe.subscriptions.create({ customer: await someone(), items: [{ price_data }] })).rejects.toMatchObject({
    param: 'items[0][price_data][recurring][interval_count]',
  });
});

test('a subscription whose renewal would be too large is refused when it is created', async () => {
  const { id, items } = await stripe.subscriptions.create({ customer: await someone(), items: [{ price: await priceOf(stripe) }] });
  const item = items.data[0]?.id ?? '';
  const refusal = { code: 'amount_too_large', statusCode: 400 };
  const quantity = 9_000_000_000_000;
  const calls: [Promise<unknown>, string][] = [
    [stripe.subscriptions.update(id, { items: [{ id: item, quantity }], proration_behavior: 'none' }), 'items[0][quantity]'],
    [stripe.subscriptionItems.update(item, { quantity, proration_behavior: 'none' }), 'quantity'],
    [stripe.subscriptionItems.create({ subscription: id, price: await priceOf(stripe), quantity }), 'quantity'],
    [stripe.subscriptions.create({ customer: await someone(), items: [{ price: await priceOf(stripe), quantity }] }), 'items[0][quantity]'],
  ];
  for (const [call, param] of calls) await expect(call).rejects.toMatchObject({ ...refusal, param });
  expect((await stripe.subscriptions.retrieve(id)).items.data[0]?.quantity).toBe(1);
});

test('the anchor of a newer API version, an object, means the same', async () => {
  const { id } = await stripe.subscriptions.create({ customer: await someone(), items: [{ price: await priceOf(stripe) }] });
  const anchored = await stripe.subscriptions.update(id, { billing_cycle_anchor: { type: 'now' } } as never);
  expect(anchored.billing_cycle_anchor).toBeGreaterThanOrEqual(anchored.created);
  await expect(stripe.subscriptions.update(id, { billing_cycle_anchor: { type: 'later' } } as never)).rejects.toMatchObject({
    param: 'billing_cycle_anchor[type]',
  });
});

test('settings are shown as set, and removed by an empty value', async () => {
  const settings = {
    billing_cycle_anchor_config: { day_of_month: 31 },
    description: 'The big one',
    invoice_settings: { footer: 'Thanks', custom_fields: [{ name: 'PO', value: '7' }] },
    metadata: { plan: 'big' },
    payment_settings: { payment_method_types: ['card' as const], save_default_payment_method: 'on_subscription' as const },
  };
  const { id, ...made } = await stripe.subscriptions.create({
    customer: await someone(),
    items: [{ price: await priceOf(stripe) }],
    ...settings,
  });
  expect(made).toMatchObject({
    ...settings,
    billing_cycle_anchor_config: { day_of_month: 31, hour: null, minute: null, month: null, second: null },
  });
  const emptied = await stripe.subscriptions.update(id, { description: '', metadata: '', invoice_settings: { footer: '' } });
  expect([emptied.description, emptied.metadata, emptied.invoice_settings.footer]).toEqual([null, {}, null]);
});

test('deleting a discount returns it', async () => {
  const { id: coupon } = await stripe.coupons.create({ percent_off: 10, duration: 'forever' });
  const subscription = await stripe.subscriptions.create({
    customer: await someone(),
    items: [{ price: await priceOf(stripe) }],
    discounts: [{ coupon }],
  });
  expect(await stripe.subscriptions.deleteDiscount(subscription.id)).toMatchObject({
    id: subscription.discounts[0],
    deleted: true,
    object: 'discount',
  });
  expect((await stripe.subscriptions.retrieve(subscription.id)).discounts).toEqual([]);
  await expect(stripe.subscriptions.deleteDiscount(subscription.id)).rejects.toMatchObject({ statusCode: 404 });
});

test('pause and resume', async () => {
  const { id } = await stripe.subscriptions.create({ customer: await someone(), items: [{ price: await priceOf(stripe) }] });
  expect(await product.post(`/v1/subscriptions/${id}/pause`)).toMatchObject({ id, status: 'paused' });
  await expect(product.post(`/v1/subscriptions/${id}/pause`, { bill_for: { unused_time_from: { type: 'now' } } })).rejects.toMatchObject({
    code: 'parameter_unsupported',
  });
  expect((await stripe.subscriptions.resume(id, { billing_cycle_anchor: 'unchanged' })).status).toBe('active');
});

test('a declined card refuses the subscription with the card error, and leaves nothing', async () => {
  const { customer } = await customerWith(stripe, 'pm_card_chargeCustomerFail');
  const params = { customer, items: [{ price: await priceOf(stripe) }], payment_behavior: 'error_if_incomplete' as const };
  await expect(stripe.subscriptions.create(params)).rejects.toMatchObject({
    type: 'StripeCardError',
    statusCode: 402,
    code: 'card_declined',
  });
  expect((await stripe.subscriptions.list({ customer, status: 'all' })).data).toEqual([]);
});

test('the same key returns the same subscription', async () => {
  const params = { customer: await someone(), items: [{ price: await priceOf(stripe) }] };
  const [one, other] = await Promise.all([1, 2].map(() => stripe.subscriptions.create(params, { idempotencyKey: 'subscribe-once' })));
  expect(one?.id).toBe(other?.id);
  expect((await stripe.subscriptions.list({ customer: params.customer })).data).toHaveLength(1);
});

test('a subscription in classic billing mode is migrated once, bills nothing for it, and from then on keeps its anchor', async () => {
  const subscription = await stripe.subscriptions.create({
    customer: await someone(),
    items: [{ price: await priceOf(stripe) }],
    billing_mode: { type: 'classic' },
  });
  const migrated = await stripe.subscriptions.migrate(subscription.id, { billing_mode: { type: 'flexible' } });
  expect(migrated.billing_mode).toMatchObject({ type: 'flexible', flexible: { proration_discounts: 'included' } });
  expect(migrated.billing_mode.updated_at).toBeGreaterThanOrEqual(subscription.created);
  expect((await stripe.invoices.list({ subscription: subscription.id })).data).toHaveLength(1);
  const [event] = (await stripe.events.list({ type: 'customer.subscription.updated', limit: 1 })).data;
  expect(event?.data).toMatchObject({ object: { id: subscription.id }, previous_attributes: { billing_mode: { type: 'classic' } } });
  const again = stripe.subscriptions.migrate(subscription.id, { billing_mode: { type: 'flexible' } });
  await expect(again).rejects.toMatchObject({ statusCode: 400, param: 'billing_mode[type]' });
  const yearly = await priceOf(stripe, 12_000, { recurring: { interval: 'year' } });
  const items = [{ id: subscription.items.data[0]?.id ?? '', price: yearly }];
  const changed = await stripe.subscriptions.update(subscription.id, { items });
  expect(changed.billing_cycle_anchor).toBe(subscription.billing_cycle_anchor);
});
