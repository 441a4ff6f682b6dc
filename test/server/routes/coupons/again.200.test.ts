import type Stripe from 'stripe';
import { startServer, type TestServer } from '../../server';

let server: TestServer;
let stripe: Stripe;
beforeAll(async () => {
  server = await startServer();
  ({ stripe } = server);
});
afterAll(() => server.stop());

type Expanded = Stripe.Discount & { source: { coupon: Stripe.Coupon } };

async function discounted(coupon: string): Promise<string> {
  const { id } = await stripe.customers.create({ name: 'Ada' });
  await stripe.rawRequest('POST', `/v1/customers/${id}/discount`, { coupon });
  return id;
}

async function discountOf(customer: string): Promise<Expanded> {
  const paths = ['source.coupon', 'source.coupon.applies_to', 'source.coupon.currency_options'].map((path) => `discount.${path}`);
  const found = (await stripe.customers.retrieve(customer, { expand: paths })) as Stripe.Customer;
  return found.discount as unknown as Expanded;
}

test('the id of a deleted coupon can be used again, and every discount shows the coupon that it was redeemed from', async () => {
  const { id: sold } = await stripe.products.create({ name: 'Pro' });
  const first: Stripe.CouponCreateParams = {
    ...{ id: 'SUMMER', percent_off: 20, duration: 'forever', name: 'First', applies_to: { products: [sold] } },
  };
  await stripe.coupons.create(first);
  const ada = await discounted('SUMMER');
  await expect(stripe.coupons.create(first)).rejects.toMatchObject({ code: 'resource_already_exists', param: 'id' });
  expect(await stripe.coupons.del('SUMMER')).toEqual({ id: 'SUMMER', object: 'coupon', deleted: true });
  await expect(stripe.coupons.retrieve('SUMMER')).rejects.toMatchObject({ statusCode: 404 });
  const second = await stripe.coupons.create({ id: 'SUMMER', amount_off: 500, currency: 'usd', name: 'Second' });
  expect(second).toMatchObject({ id: 'SUMMER', name: 'Second', times_redeemed: 0, amount_off: 500 });
  const bo = await discounted('SUMMER');
  expect((await discountOf(ada)).source.coupon).toMatchObject({
    ...{ id: 'SUMMER', name: 'First', percent_off: 20, times_redeemed: 1, valid: false },
    ...{ applies_to: { products: [sold] }, currency_options: {} },
  });
  const later = (await discountOf(bo)).source.coupon;
  expect(later).toMatchObject({ name: 'Second', amount_off: 500, currency_options: { usd: { amount_off: 500 } } });
  expect(later.applies_to).toBeUndefined();
  expect(await stripe.coupons.retrieve('SUMMER')).toMatchObject({ name: 'Second', times_redeemed: 1 });
  expect(await stripe.coupons.update('SUMMER', { name: 'Renamed' })).toMatchObject({ name: 'Renamed' });
  expect((await discountOf(ada)).source.coupon.name).toBe('First');
  expect((await stripe.coupons.list()).data.map(({ name }) => name)).toEqual(['Renamed']);
  await stripe.coupons.del('SUMMER');
  expect(await stripe.coupons.create({ id: 'SUMMER', percent_off: 1 })).toMatchObject({ percent_off: 1, times_redeemed: 0 });
  expect((await discountOf(bo)).source.coupon.name).toBe('Renamed');
});

test('of several concurrent requests for a freed id one creates the coupon, and the others are told that it exists', async () => {
  await stripe.coupons.create({ id: 'RUSH', percent_off: 5 });
  await stripe.coupons.del('RUSH');
  const tries = Array.from({ length: 8 }, (_, index) => stripe.coupons.create({ id: 'RUSH', percent_off: index + 10 }));
  const results = await Promise.allSettled(tries);
  const made = results.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  expect(made).toHaveLength(1);
  expect((await stripe.coupons.retrieve('RUSH')).percent_off).toBe(made[0]?.percent_off);
  for (const each of results) if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'resource_already_exists' });
});

test('a request that is repeated under its Idempotency-Key does not make the coupon again', async () => {
  const params = { id: 'ONCE', percent_off: 5 };
  const create = () => stripe.coupons.create(params, { idempotencyKey: 'once' });
  const first = await create();
  await stripe.coupons.del('ONCE');
  expect(await create()).toEqual(first);
  await expect(stripe.coupons.retrieve('ONCE')).rejects.toMatchObject({ statusCode: 404 });
});

test('the text and the coupon of a promotion code are free again too, and old codes show their own coupon', async () => {
  await stripe.coupons.create({ id: 'CODED', percent_off: 20, name: 'First' });
  const promotion = { type: 'coupon' as const, coupon: 'CODED' };
  const old = await stripe.promotionCodes.create({ promotion, code: 'HELLO' });
  await expect(stripe.promotionCodes.create({ promotion, code: 'hello' })).rejects.toMatchObject({ code: 'resource_already_exists' });
  await stripe.coupons.del('CODED');
  await expect(stripe.promotionCodes.create({ promotion, code: 'hello' })).rejects.toMatchObject({ code: 'resource_missing' });
  await stripe.coupons.create({ id: 'CODED', percent_off: 30, name: 'Second' });
  const code = await stripe.promotionCodes.create({ promotion, code: 'hello', expand: ['promotion.coupon'] });
  expect(code.promotion.coupon).toMatchObject({ name: 'Second' });
  const before = await stripe.promotionCodes.retrieve(old.id, { expand: ['promotion.coupon'] });
  expect([before.active, before.promotion.coupon]).toMatchObject([false, { name: 'First', percent_off: 20 }]);
  expect((await stripe.promotionCodes.list({ coupon: 'CODED' })).data.map(({ id }) => id)).toEqual([code.id, old.id]);
  const { id: customer } = await stripe.customers.create();
  await expect(stripe.rawRequest('POST', `/v1/customers/${customer}/discount`, { promotion_code: old.id })).rejects.toMatchObject({
    statusCode: 400,
  });
});

test('ids are used again within an account and mode only', async () => {
  const live = server.as(server.keys.live);
  await stripe.coupons.create({ id: 'MODE', percent_off: 5, name: 'test' });
  await live.coupons.create({ id: 'MODE', percent_off: 6, name: 'live' });
  await stripe.coupons.del('MODE');
  expect((await live.coupons.retrieve('MODE')).name).toBe('live');
  await expect(live.coupons.create({ id: 'MODE', percent_off: 7 })).rejects.toMatchObject({ code: 'resource_already_exists' });
  await stripe.coupons.create({ id: 'MODE', percent_off: 8, name: 'test again' });
  expect((await live.coupons.retrieve('MODE')).name).toBe('live');
});
