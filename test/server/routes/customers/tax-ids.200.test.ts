import { refusalOf, startServer, type TestServer } from '../../server';

let server: TestServer;
let customer: string;
beforeAll(async () => {
  server = await startServer();
});
beforeEach(async () => {
  ({ id: customer } = await server.stripe.customers.create({}));
});
afterAll(() => server.stop());

const ein = { type: 'us_ein', value: '12-3456789' } as const;

test('a tax id is created, listed and retrieved, with an event', async () => {
  const { stripe } = server;
  const created = await stripe.customers.createTaxId(customer, { type: 'eu_vat', value: 'DE123456789' });
  expect(created).toMatchObject({ object: 'tax_id', customer, country: 'DE', value: 'DE123456789', livemode: false });
  const later = await stripe.customers.createTaxId(customer, ein);
  expect((await stripe.customers.listTaxIds(customer)).data.map(({ id }) => id)).toEqual([later.id, created.id]);
  expect((await stripe.customers.listTaxIds(customer, { starting_after: later.id })).data).toMatchObject([{ id: created.id }]);
  expect(await stripe.customers.retrieveTaxId(customer, created.id, { expand: ['customer', 'owner.customer'] })).toMatchObject({
    customer: { id: customer },
    owner: { type: 'customer', customer: { id: customer } },
  });
  const [, event] = (await stripe.events.list({ type: 'customer.tax_id.created' })).data;
  expect(event?.data.object).toMatchObject({ id: created.id, value: 'DE123456789' });
});

test('a deleted tax id is gone; its event still shows it', async () => {
  const { stripe } = server;
  const { id } = await stripe.customers.createTaxId(customer, ein);
  expect(await stripe.customers.deleteTaxId(customer, id)).toEqual(expect.objectContaining({ id, object: 'tax_id', deleted: true }));
  expect((await stripe.customers.listTaxIds(customer)).data).toEqual([]);
  for (const gone of [stripe.customers.retrieveTaxId(customer, id), stripe.customers.deleteTaxId(customer, id)])
    expect(await refusalOf(gone)).toMatchObject({ code: 'resource_missing', statusCode: 404, message: `No such tax id: '${id}'` });
  const [event] = (await stripe.events.list({ type: 'customer.tax_id.deleted' })).data;
  expect(event?.data.object).toMatchObject({ id, value: ein.value });
});

test('a customer shows its tax ids when expanded', async () => {
  const { stripe } = server;
  const kept = await stripe.customers.createTaxId(customer, ein);
  const gone = await stripe.customers.createTaxId(customer, { type: 'gb_vat', value: 'GB123456789' });
  await stripe.customers.deleteTaxId(customer, gone.id);
  expect(await stripe.customers.retrieve(customer, { expand: ['tax_ids.data.customer'] })).toMatchObject({
    tax_ids: {
      object: 'list',
      data: [{ id: kept.id, customer: { id: customer } }],
      has_more: false,
      url: `/v1/customers/${customer}/tax_ids`,
    },
  });
});

test('a customer has at most five, also with concurrent requests', async () => {
  const { stripe } = server;
  const attempts = await Promise.allSettled(Array.from({ length: 7 }, () => stripe.customers.createTaxId(customer, ein)));
  expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
  const [one] = (await stripe.customers.listTaxIds(customer)).data;
  expect(await refusalOf(stripe.customers.createTaxId(customer, ein))).toMatchObject({
    statusCode: 400,
    type: 'StripeInvalidRequestError',
  });
  await stripe.customers.deleteTaxId(customer, String(one?.id));
  expect(await stripe.customers.createTaxId(customer, ein)).toMatchObject({ country: 'US' });
});

test.each([
  [
    { type: 'eu_vat', value: 'DE12' },
    { code: 'tax_id_invalid', param: 'value', message: 'Invalid value for eu_vat.' },
  ],
  [{ type: 'mars_vat', value: '123456789' }, { param: 'type' }],
  [{ type: 'us_ein' }, { code: 'parameter_missing', param: 'value' }],
  [{ value: '123456789' }, { code: 'parameter_missing', param: 'type' }],
])('a wrong tax id is refused with its parameter: %j', async (parameters, refusal) => {
  const attempt = server.stripe.customers.createTaxId(customer, parameters as never);
  expect(await refusalOf(attempt)).toMatchObject({ statusCode: 400, ...refusal });
});

test('tax ids of another customer, of a deleted one and of none are not found', async () => {
  const { stripe } = server;
  const { id } = await stripe.customers.createTaxId(customer, ein);
  const { id: other } = await stripe.customers.create({});
  const missing = { code: 'resource_missing', statusCode: 404 };
  expect(await refusalOf(stripe.customers.retrieveTaxId(other, id))).toMatchObject(missing);
  expect(await refusalOf(stripe.customers.deleteTaxId(other, id))).toMatchObject(missing);
  await stripe.customers.del(other);
  for (const nobody of [other, 'cus_none']) expect(await refusalOf(stripe.customers.createTaxId(nobody, ein))).toMatchObject(missing);
});
