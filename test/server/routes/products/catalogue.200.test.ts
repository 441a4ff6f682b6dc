import Stripe23 from 'stripe-23';
import { refusalOf, startServer, type TestServer } from '../../server';

let server: TestServer;
let product: string;
beforeAll(async () => {
  server = await startServer();
  product = (await server.stripe.products.create({ name: 'Seats' })).id;
});
afterAll(() => server.stop());

const monthly = (of: object = {}) =>
  server.stripe.prices.create({ product, currency: 'usd', unit_amount: 1000, recurring: { interval: 'month' }, ...of });

test('a lookup key is transferred to a new price, with an event for each', async () => {
  const old = await monthly({ lookup_key: 'standard' });
  expect(await refusalOf(monthly({ lookup_key: 'standard' }))).toMatchObject({ code: 'resource_already_exists', param: 'lookup_key' });
  const next = await monthly({ lookup_key: 'standard', transfer_lookup_key: true });
  expect((await server.stripe.prices.list({ lookup_keys: ['standard'] })).data.map(({ id }) => id)).toEqual([next.id]);
  expect((await server.stripe.prices.retrieve(old.id)).lookup_key).toBeNull();
  const events = await server.stripe.events.list({ types: ['price.updated'] });
  expect(events.data[0]?.data).toMatchObject({ object: { id: old.id, lookup_key: null }, previous_attributes: { lookup_key: 'standard' } });
});

test('the amount of a price never changes', async () => {
  const { id } = await monthly();
  expect(await refusalOf(server.stripe.prices.update(id, { unit_amount: 1 } as never))).toMatchObject({
    code: 'parameter_unknown',
    param: 'unit_amount',
  });
  expect(await server.stripe.prices.update(id, { nickname: 'Old', active: false })).toMatchObject({
    active: false,
    nickname: 'Old',
    unit_amount: 1000,
  });
});

test('fractions of a minor unit are stored exactly', async () => {
  const price = await server.stripe.prices.create({ product, currency: 'usd', unit_amount_decimal: '0.123456789012' as never });
  expect(price.unit_amount).toBeNull();
  expect(String(price.unit_amount_decimal)).toBe('0.123456789012');
  const whole = await server.stripe.prices.create({ product, currency: 'usd', unit_amount_decimal: '12.000' as never });
  expect([whole.unit_amount, String(whole.unit_amount_decimal)]).toEqual([12, '12']);
});

test.each([
  [{ currency: undefined }, { code: 'parameter_missing', param: 'currency', message: 'Missing required param: currency.' }],
  [{ currency: 'usdx' }, { param: 'currency' }],
  [{ unit_amount: -1 }, { code: 'parameter_invalid_integer', param: 'unit_amount' }],
  [{ unit_amount: undefined }, { code: 'parameter_missing', param: 'unit_amount' }],
  [{ unit_amount_decimal: '1' }, { code: 'parameters_exclusive' }],
  [{ recurring: { interval: 'month', interval_count: 37 } }, { param: 'recurring[interval_count]' }],
  [{ recurring: { interval: 'hour' } }, { param: 'recurring[interval]', message: /must be one of day, week, month or year/ }],
  [{ recurring: { interval: 'month', usage_type: 'metered' } }, { code: 'parameter_missing', param: 'recurring[meter]' }],
  [{ recurring: { interval: 'month', meter: 'mtr_1' } }, { param: 'recurring[meter]' }],
  [{ unit_amount: undefined, tiers_mode: 'graduated', tiers: [{ up_to: 'inf', unit_amount: 1 }] }, { param: 'tiers' }],
  [{ product: 'prod_none' }, { code: 'resource_missing', param: 'product' }],
  [{ product: undefined }, { code: 'parameter_missing', param: 'product' }],
])('an invalid price is refused: %j', async (of, refusal) => {
  const { message, ...rest } = refusal as { message?: string | RegExp };
  const error = await refusalOf(monthly(of));
  expect(error).toMatchObject({ statusCode: 400, ...rest });
  if (message !== undefined) expect(error.message).toMatch(message);
});

test('a product is created with its first price, which cannot be archived while it is the default', async () => {
  const made = await server.stripe.products.create({
    name: 'Pro',
    default_price_data: { currency: 'eur', unit_amount: 900, recurring: { interval: 'year' } },
    marketing_features: [{ name: 'Fast' }],
  });
  const price = made.default_price as string;
  expect(await server.stripe.prices.retrieve(price)).toMatchObject({
    product: made.id,
    currency: 'eur',
    recurring: { interval: 'year', interval_count: 1 },
  });
  expect(await refusalOf(server.stripe.prices.update(price, { active: false }))).toMatchObject({ param: 'active' });
  await server.stripe.products.update(made.id, { default_price: '' });
  expect((await server.stripe.prices.update(price, { active: false })).active).toBe(false);
});

test('a product with prices cannot be deleted; one without is deleted, and is not found', async () => {
  expect(await refusalOf(server.stripe.products.del(product))).toMatchObject({ statusCode: 400 });
  const { id } = await server.stripe.products.create({ id: 'my-own-id', name: 'Empty' });
  expect(await refusalOf(server.stripe.products.create({ id, name: 'Again' }))).toMatchObject({
    code: 'resource_already_exists',
    param: 'id',
  });
  expect(await server.stripe.products.del(id)).toMatchObject({ id, deleted: true });
  expect(await refusalOf(server.stripe.products.retrieve(id))).toMatchObject({ code: 'resource_missing', statusCode: 404 });
});

test('metadata is merged, an empty value removes its key, an empty text removes all', async () => {
  const { id } = await server.stripe.products.create({ name: 'M', metadata: { a: '1', b: '2' } });
  expect((await server.stripe.products.update(id, { metadata: { b: '', c: '3' } })).metadata).toEqual({ a: '1', c: '3' });
  expect((await server.stripe.products.update(id, { metadata: '' })).metadata).toEqual({});
});

test.each([
  [{ percent_off: 10, amount_off: 5 }, { code: 'parameters_exclusive' }],
  [{}, { code: 'parameter_missing', param: 'percent_off' }],
  [{ amount_off: 5 }, { code: 'parameter_missing', param: 'currency' }],
  [{ percent_off: 101 }, { param: 'percent_off' }],
  [{ percent_off: 0 }, { param: 'percent_off' }],
  [
    { percent_off: 10, duration: 'repeating' },
    { code: 'parameter_missing', param: 'duration_in_months' },
  ],
  [{ percent_off: 10, duration_in_months: 3 }, { param: 'duration_in_months' }],
  [{ percent_off: 10, redeem_by: 1 }, { param: 'redeem_by' }],
  [{ percent_off: 10, applies_to: { products: ['prod_none'] } }, { code: 'resource_missing' }],
])('an invalid coupon is refused: %j', async (of, refusal) => {
  expect(await refusalOf(server.stripe.coupons.create(of as never))).toMatchObject({ statusCode: 400, ...refusal });
});

test('a deleted coupon is not found, and its id can be used again', async () => {
  const { id } = await server.stripe.coupons.create({ id: 'SPRING', percent_off: 12.5, duration: 'forever' });
  expect(await server.stripe.coupons.retrieve(id)).toMatchObject({ percent_off: 12.5, valid: true, times_redeemed: 0 });
  expect(await server.stripe.coupons.del(id)).toMatchObject({ deleted: true });
  expect(await refusalOf(server.stripe.coupons.retrieve(id))).toMatchObject({ code: 'resource_missing', statusCode: 404 });
  expect(await server.stripe.coupons.create({ id, percent_off: 1 })).toMatchObject({ id, percent_off: 1 });
  expect(await refusalOf(server.stripe.coupons.create({ id, percent_off: 2 }))).toMatchObject({ code: 'resource_already_exists' });
});

test('the percentage of a tax rate never changes', async () => {
  const rate = await server.stripe.taxRates.create({
    display_name: 'VAT',
    percentage: 8.875,
    inclusive: true,
    country: 'CH',
    tax_type: 'vat',
  });
  expect(rate).toMatchObject({ percentage: 8.875, inclusive: true, active: true });
  expect(await refusalOf(server.stripe.taxRates.update(rate.id, { percentage: 9 } as never))).toMatchObject({ param: 'percentage' });
  expect(await server.stripe.taxRates.update(rate.id, { active: false })).toMatchObject({ active: false, percentage: 8.875 });
  expect((await server.stripe.taxRates.list({ active: true })).data).toHaveLength(0);
});

test('a JSON body means the same as a form', async () => {
  const response = await fetch(`${server.url}/v1/prices`, {
    method: 'POST',
    headers: { Authorization: `Basic ${Buffer.from(`${server.keys.test}:`).toString('base64')}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({
      product,
      currency: 'USD',
      unit_amount: 5,
      active: false,
      metadata: { a: 1 },
      recurring: { interval: 'week' },
      nickname: null,
    }),
  });
  expect(await response.json()).toMatchObject({
    currency: 'usd',
    unit_amount: 5,
    active: false,
    metadata: { a: '1' },
    recurring: { interval: 'week' },
    nickname: null,
  });
});

test('an SDK of the next API version works unchanged', async () => {
  const { hostname: host, port } = new URL(server.url);
  const next = new Stripe23(server.keys.test, { host, port: Number(port), protocol: 'http', maxNetworkRetries: 0, telemetry: false });
  const made = await next.products.create({ name: 'Next', tax_details: { tax_code: 'txcd_10103000' } });
  expect(await server.stripe.products.retrieve(made.id)).toMatchObject({ tax_code: 'txcd_10103000' });
  const price = await next.prices.create({ product: made.id, currency: 'usd', unit_amount: 100, recurring: { interval: 'month' } });
  expect(price).toMatchObject({ unit_amount: 100, product: made.id });
  expect((await next.customers.create({ name: 'N', metadata: { a: 'b' } })).metadata).toEqual({ a: 'b' });
});
