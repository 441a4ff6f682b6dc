import { startServer, type TestServer } from '../../server';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

test('a customer is created with its tax ids, or not at all if one is invalid', async () => {
  const { stripe } = server;
  const data = [
    { type: 'eu_vat', value: 'DE123456789' },
    { type: 'gb_vat', value: 'GB123456789' },
  ] as const;
  const customer = await stripe.customers.create({ tax_id_data: [...data], expand: ['tax_ids'] });
  expect(customer.tax_ids?.data.map(({ type, value }) => ({ type, value })).reverse()).toEqual(data);
  const wrong = stripe.customers.create({ email: 'wrong@example.com', tax_id_data: [{ type: 'eu_vat', value: 'x' }] });
  await expect(wrong).rejects.toMatchObject({ code: 'tax_id_invalid', param: 'tax_id_data' });
  expect((await stripe.customers.list({ email: 'wrong@example.com' })).data).toEqual([]);
});

test('tax ids can be retrieved without their customer', async () => {
  const { stripe } = server;
  const customer = await stripe.customers.create();
  const owner = { type: 'customer', customer: customer.id } as const;
  const taxId = await stripe.taxIds.create({ owner, type: 'eu_vat', value: 'DE123456789' });
  expect(taxId).toMatchObject({ object: 'tax_id', owner: { type: 'customer', customer: customer.id } });
  expect((await stripe.taxIds.list({ owner })).data.map(({ id }) => id)).toEqual([taxId.id]);
  expect((await stripe.taxIds.list()).data).toEqual([]);
  expect((await stripe.taxIds.retrieve(taxId.id)).value).toBe('DE123456789');
  expect(await stripe.taxIds.del(taxId.id)).toMatchObject({ id: taxId.id, deleted: true });
  await expect(stripe.taxIds.retrieve(taxId.id)).rejects.toMatchObject({ code: 'resource_missing' });
  await expect(stripe.taxIds.list({ owner: { type: 'customer' } })).rejects.toMatchObject({ param: 'owner[customer]' });
});

test('tax location and cash balance of a customer are shown when expanded', async () => {
  const { stripe } = server;
  const address = { country: 'DE', city: 'Berlin' };
  const customer = await stripe.customers.create({ address, expand: ['tax', 'cash_balance'] });
  expect(customer.tax).toEqual({
    automatic_tax: 'not_collecting',
    ip_address: null,
    location: { country: 'DE', source: 'billing_address', state: null },
    provider: 'stripe',
  });
  expect(customer.cash_balance).toMatchObject({ object: 'cash_balance', available: null, customer: customer.id });
  expect(await stripe.customers.retrieveCashBalance(customer.id)).toMatchObject({ object: 'cash_balance', customer: customer.id });
  expect((await stripe.customers.create({ expand: ['tax'] })).tax).toMatchObject({
    automatic_tax: 'unrecognized_location',
    location: null,
  });
});

test('a product is a service unless it is created as a good', async () => {
  const { stripe } = server;
  const good = await stripe.products.create({ name: 'Chair', type: 'good' });
  const service = await stripe.products.create({ name: 'Repair' });
  expect([good.type, service.type]).toEqual(['good', 'service']);
  expect((await stripe.products.list({ type: 'good' })).data.map(({ id }) => id)).toEqual([good.id]);
});

test('intents keep the allowed payment method types, one of which must be usable', async () => {
  const { stripe } = server;
  const intent = await stripe.paymentIntents.create({ amount: 500, currency: 'usd', allowed_payment_method_types: ['card', 'link'] });
  expect(intent).toMatchObject({ allowed_payment_method_types: ['card', 'link'], payment_method_types: ['card'] });
  const changed = await stripe.paymentIntents.update(intent.id, { allowed_payment_method_types: ['card'] });
  expect(changed.allowed_payment_method_types).toEqual(['card']);
  const setup = await stripe.setupIntents.create({ allowed_payment_method_types: ['card'] });
  expect(setup.allowed_payment_method_types).toEqual(['card']);
  const param = 'allowed_payment_method_types';
  await expect(stripe.setupIntents.create({ [param]: ['ideal'] })).rejects.toMatchObject({ param, statusCode: 400 });
  const both = stripe.paymentIntents.create({ amount: 500, currency: 'usd', payment_method_types: ['card'], [param]: ['card'] });
  await expect(both).rejects.toMatchObject({ code: 'parameters_exclusive' });
});

test.each([
  ['/v1/invoices/upcoming', 'create_preview'],
  ['/v1/invoices/upcoming/lines', 'create_preview'],
  ['/v1/subscription_items/si_1/usage_records', 'meter_events'],
  ['/v1/sources/src_1', '/v1/tokens'],
])('%s is gone, and the refusal names its replacement', async (path, hint) => {
  const asked = server.stripe.rawRequest('GET', path);
  await expect(asked).rejects.toMatchObject({ statusCode: 404, message: expect.stringContaining(hint) as string });
});
