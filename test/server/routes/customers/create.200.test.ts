import { refusalOf, startServer, type TestServer } from '../../server';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

test('a customer is created with all parameters, and retrieved with the same values', async () => {
  const address = { city: 'Bern', country: 'CH', line1: 'Gasse 1', line2: null, postal_code: '3000', state: null };
  const created = await server.stripe.customers.create({
    name: 'Ada',
    email: 'ada@example.com',
    address: { city: 'Bern', country: 'CH', line1: 'Gasse 1', postal_code: '3000' },
    shipping: { name: 'Ada', address: { line1: 'Gasse 2' } },
    invoice_settings: { footer: 'Thanks', custom_fields: [{ name: 'PO', value: '7' }] },
    preferred_locales: ['de', 'en'],
    tax_exempt: 'reverse',
    metadata: { plan: 'gold' },
  });
  expect(created).toMatchObject({
    object: 'customer',
    name: 'Ada',
    address,
    tax_exempt: 'reverse',
    metadata: { plan: 'gold' },
    balance: 0,
  });
  expect(created.invoice_settings).toMatchObject({ footer: 'Thanks', custom_fields: [{ name: 'PO', value: '7' }] });
  expect(await server.stripe.customers.retrieve(created.id)).toMatchObject(JSON.parse(JSON.stringify(created)));
});

test('an initial balance is credit with a transaction that explains it, posted to the ledger', async () => {
  const { id } = await server.stripe.customers.create({ balance: -500 });
  const [transaction] = (await server.stripe.customers.listBalanceTransactions(id)).data;
  expect(transaction).toMatchObject({ amount: -500, ending_balance: -500, type: 'initial', currency: 'usd' });
  const entries = await server.database.sql<{ amount: number }[]>`
    select e.amount from ledger_entries e join ledger_transactions t on t.id = e.transaction where t.customer = ${id} order by e.amount`;
  expect(entries.map((entry) => entry.amount)).toEqual([-500, 500]);
});

test('a creation has an event with the id of its request', async () => {
  const { id, lastResponse } = await server.stripe.customers.create({ name: 'Eve' });
  const [event] = await server.database.sql`
    select type, request, object ->> 'name' as name, person is not null as "isSealed" from events where object_id = ${id}`;
  expect(event).toEqual({ type: 'customer.created', request: lastResponse.requestId, name: null, isSealed: true });
  expect((await server.stripe.events.list({ type: 'customer.created', limit: 1 })).data[0]?.data.object).toMatchObject({ id, name: 'Eve' });
});

test('a customer is created with a default card, and its event comes before the card’s', async () => {
  const { id, invoice_settings } = await server.stripe.customers.create({
    payment_method: 'pm_card_visa',
    invoice_settings: { default_payment_method: 'pm_card_visa' },
  });
  const [card] = (await server.stripe.customers.listPaymentMethods(id)).data;
  expect(invoice_settings.default_payment_method).toBe(card?.id);
  const types = await server.database.sql<
    { type: string }[]
  >`select type from events where object_id in ${server.database.sql([id, String(card?.id)])} order by seq`;
  expect(types.map(({ type }) => type)).toEqual(['customer.created', 'payment_method.attached']);
  const next = await server.stripe.paymentMethods.attach('pm_card_mastercard', { customer: id });
  expect(await server.stripe.customers.update(id, { invoice_settings: { default_payment_method: next.id } })).toMatchObject({
    invoice_settings: { default_payment_method: next.id },
  });
  expect(await server.stripe.customers.retrievePaymentMethod(id, next.id)).toMatchObject({ customer: id, card: { brand: 'mastercard' } });
});

test.each([
  [{ payment_method: 'pm_none' }, { code: 'resource_missing', param: 'payment_method', statusCode: 400 }],
  [
    { invoice_settings: { default_payment_method: 'pm_card_visa' } },
    { code: 'resource_missing', param: 'invoice_settings[default_payment_method]' },
  ],
  [{ no_such: '1' }, { code: 'parameter_unknown', param: 'no_such', statusCode: 400 }],
  [{ address: { planet: 'x' } }, { code: 'parameter_unknown', param: 'address[planet]', statusCode: 400 }],
  [{ balance: 'ten' }, { code: 'parameter_invalid_integer', param: 'balance', statusCode: 400 }],
  [{ tax_exempt: 'maybe' }, { param: 'tax_exempt', statusCode: 400 }],
  [{ validate: 'true' }, { code: 'parameter_unsupported', param: 'validate', statusCode: 400 }],
  [{ test_clock: 'clock_none' }, { code: 'resource_missing', param: 'test_clock', statusCode: 400 }],
  [{ metadata: { ['k'.repeat(41)]: 'v' } }, { param: 'metadata', statusCode: 400 }],
])('a wrong parameter is named: %j', async (parameters, refusal) => {
  expect(await refusalOf(server.stripe.customers.create(parameters as never))).toMatchObject(refusal);
});

test('the personal data of a customer who has bought nothing is the customer alone', async () => {
  const { id } = await server.stripe.customers.create({ name: 'Ada', email: 'ada@example.com' });
  const data = (await server.stripe.rawRequest('GET', `/v1/customers/${id}/personal_data`)) as unknown as { records: object };
  expect(data).toMatchObject({
    object: 'personal_data',
    customer: id,
    records: { customers: [{ id, name: 'Ada', email: 'ada@example.com' }] },
  });
  expect(Object.keys(data.records)).toEqual(['customers']);
});
