import type Stripe from 'stripe';
import { customerWith, priceOf } from '../../../support/builders';
import { useProduct } from '../../../support/product';

const product = useProduct();
const { stripe } = product;

const call = (method: 'DELETE' | 'GET' | 'POST', path: string, parameters?: Record<string, unknown>, options?: Stripe.RequestOptions) =>
  stripe.rawRequest(method, path, parameters, options) as Promise<unknown> as Promise<Stripe.Subscription>;

test('a subscription that is created under its customer’s path is charged like any other, once per Idempotency-Key', async () => {
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  const items = [{ price: await priceOf(stripe, 1500) }];
  const create = () => call('POST', `/v1/customers/${customer}/subscriptions`, { items }, { idempotencyKey: 'under its customer' });
  const subscription = await create();
  expect(subscription).toMatchObject({ status: 'active', customer });
  expect((await create()).id).toBe(subscription.id);
  const invoices = (await stripe.invoices.list({ customer })).data;
  expect(invoices.map(({ status, amount_paid }) => [status, amount_paid])).toEqual([['paid', 1500]]);
});

test('price_data in the request is billed too', async () => {
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  const { id: sold } = await stripe.products.create({ name: 'Pro' });
  const price_data = { currency: 'usd', product: sold, recurring: { interval: 'month' }, unit_amount: 700 };
  const { id } = await call('POST', `/v1/customers/${customer}/subscriptions`, { items: [{ price_data }] });
  const { latest_invoice: invoice } = await stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] });
  expect(invoice).toMatchObject({ amount_paid: 700 });
});

test('it is changed and canceled there, its discount too, and under no other customer', async () => {
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  const { customer: other } = await customerWith(stripe, null);
  const { id: coupon } = await stripe.coupons.create({ percent_off: 10, duration: 'forever' });
  const params = { items: [{ price: await priceOf(stripe, 1500) }], discounts: [{ coupon }] };
  const { id, discounts } = await call('POST', `/v1/customers/${customer}/subscriptions`, params);
  const path = `/v1/customers/${customer}/subscriptions/${id}`;
  const wrong = `/v1/customers/${other}/subscriptions/${id}`;
  expect(await call('POST', path, { cancel_at_period_end: true })).toMatchObject({ id, cancel_at_period_end: true });
  expect(await call('GET', `${path}/discount`)).toMatchObject({ id: discounts[0] });
  for (const [method, of] of [
    ['POST', wrong],
    ['DELETE', wrong],
    ['GET', `/v1/customers/${other}/subscriptions/${id}/discount`],
    ['DELETE', `/v1/customers/${other}/subscriptions/${id}/discount`],
  ] as const)
    await expect(call(method, of)).rejects.toMatchObject({ code: 'resource_missing', statusCode: 404 });
  expect(await call('DELETE', `${path}/discount`)).toMatchObject({ id: discounts[0], deleted: true });
  expect(await call('DELETE', path)).toMatchObject({ id, status: 'canceled' });
});

test('an unknown customer is a 404, and `customer` is an unknown parameter', async () => {
  const params = { items: [{ price: await priceOf(stripe) }] };
  await expect(call('POST', '/v1/customers/cus_none/subscriptions', params)).rejects.toMatchObject({ statusCode: 404 });
  const { customer } = await customerWith(stripe, null);
  const twice = call('POST', `/v1/customers/${customer}/subscriptions`, { ...params, customer });
  await expect(twice).rejects.toMatchObject({ code: 'parameter_unknown', param: 'customer' });
});

test('the plan of a subscription comes with its tiers and product where a client of older releases expands them', async () => {
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  const price = await stripe.prices.create({
    ...{ currency: 'usd', recurring: { interval: 'month' }, product_data: { name: 'Pro' }, billing_scheme: 'tiered', tiers_mode: 'volume' },
    tiers: [
      { up_to: 10, unit_amount: 100 },
      { up_to: 'inf', unit_amount: 50 },
    ],
  });
  await stripe.subscriptions.create({ customer, items: [{ price: price.id, quantity: 2 }] });
  const listed = await stripe.subscriptions.list({ customer, expand: ['data.plan.tiers', 'data.plan.product'] });
  expect(listed.data).toMatchObject([{ plan: { id: price.id, tiers: [{ up_to: 10 }, { up_to: null }], product: { name: 'Pro' } } }]);
});
