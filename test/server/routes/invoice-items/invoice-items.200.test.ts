import { refusalOf, startServer, type TestServer } from '../../server';

let server: TestServer;
let customer: string;
let product: string;
beforeAll(async () => {
  server = await startServer();
  customer = (await server.stripe.customers.create({})).id;
  product = (await server.stripe.products.create({ name: 'Hours' })).id;
});
afterAll(() => server.stop());

test('an amount is pending for the next invoice', async () => {
  const item = await server.stripe.invoiceItems.create({
    customer,
    amount: 700,
    currency: 'usd',
    description: 'setup',
    metadata: { a: 'b' },
  });
  expect(item).toMatchObject({ object: 'invoiceitem', amount: 700, quantity: 1, description: 'setup', invoice: null, discountable: true });
  expect((await server.stripe.invoiceItems.list({ customer, pending: true })).data.map(({ id }) => id)).toContain(item.id);
});

test('a price times a quantity, by id or as price_data, is calculated exactly', async () => {
  const price = await server.stripe.prices.create({ product, currency: 'usd', unit_amount_decimal: '33.3' as never });
  const named = await server.stripe.invoiceItems.create({ customer, pricing: { price: price.id }, quantity: 5 });
  expect(named).toMatchObject({ amount: 167, quantity: 5, description: 'Hours', pricing: { price_details: { price: price.id, product } } });
  const described = await server.stripe.invoiceItems.create({
    customer,
    price_data: { currency: 'usd', product, unit_amount: 250 },
    quantity: 2,
  });
  expect(described).toMatchObject({ amount: 500, quantity: 2 });
  expect(await server.stripe.invoiceItems.update(described.id, { quantity: 3 })).toMatchObject({ amount: 750, quantity: 3 });
});

test('a credit is not discountable by default', async () => {
  expect(await server.stripe.invoiceItems.create({ customer, amount: -100, currency: 'usd' })).toMatchObject({
    amount: -100,
    discountable: false,
  });
});

test('a deleted item is gone, with an event', async () => {
  const { id } = await server.stripe.invoiceItems.create({ customer, amount: 1, currency: 'usd' });
  expect(await server.stripe.invoiceItems.del(id)).toMatchObject({ id, deleted: true });
  expect(await refusalOf(server.stripe.invoiceItems.retrieve(id))).toMatchObject({ statusCode: 404 });
  const types = await server.database.sql`select type from events where object_id = ${id} order by seq`;
  expect(types.map(({ type }) => String(type))).toEqual(['invoiceitem.created', 'invoiceitem.deleted']);
});

test.each([
  [{ amount: 1 }, { code: 'parameter_missing', param: 'currency' }],
  [{ currency: 'usd' }, { code: 'parameter_missing', param: 'amount' }],
  [{ amount: 1, currency: 'usd', quantity: 2 }, { code: 'parameters_exclusive' }],
  [
    { amount: 1, currency: 'usd', customer: 'cus_none' },
    { code: 'resource_missing', param: 'customer' },
  ],
  [
    { amount: 1, currency: 'usd', invoice: 'in_none' },
    { code: 'resource_missing', param: 'invoice' },
  ],
  [
    { amount: 1, currency: 'usd', tax_rates: ['txr_none'] },
    { code: 'resource_missing', param: 'tax_rates[0]' },
  ],
  [{ pricing: { price: 'price_none' } }, { code: 'resource_missing', param: 'pricing[price]' }],
  [
    { unit_amount_decimal: '99999999999', currency: 'usd', quantity: 99_999_999_999 },
    { code: 'amount_too_large', param: 'quantity' },
  ],
  [{ amount: 1, currency: 'usd', period: { start: 2, end: 1 } }, { param: 'period[end]' }],
  [
    { amount: 1, currency: 'usd', subscription: 'sub_none' },
    { code: 'resource_missing', param: 'subscription' },
  ],
  [{ amount: 1, currency: 'usd', tax_code: 'txcd_1' }, { param: 'tax_code' }],
])('an invalid item is refused: %j', async (of, refusal) => {
  expect(await refusalOf(server.stripe.invoiceItems.create({ customer, ...of } as never))).toMatchObject({ statusCode: 400, ...refusal });
});

test('whether tax is inside an amount is decided once, by the price where that says it', async () => {
  const { id } = await server.stripe.invoiceItems.create({ customer, amount: 100, currency: 'usd', tax_behavior: 'unspecified' });
  await server.stripe.invoiceItems.update(id, { tax_behavior: 'inclusive' });
  const again = server.stripe.invoiceItems.update(id, { tax_behavior: 'exclusive' });
  expect(await refusalOf(again)).toMatchObject({ statusCode: 400, param: 'tax_behavior' });
  const net = await server.stripe.prices.create({ product, currency: 'usd', unit_amount: 100, tax_behavior: 'exclusive' });
  const other = server.stripe.invoiceItems.create({ customer, pricing: { price: net.id }, tax_behavior: 'inclusive' });
  expect(await refusalOf(other)).toMatchObject({ statusCode: 400, param: 'tax_behavior' });
});
