import { refusalOf, startServer, type TestServer } from '../../server';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

test('an update changes its parameters only, and the event shows the previous values', async () => {
  const { id } = await server.stripe.customers.create({ name: 'A', email: 'a@example.com', metadata: { x: '1' } });
  const updated = await server.stripe.customers.update(id, { name: 'B', metadata: { y: '2' } });
  expect(updated).toMatchObject({ name: 'B', email: 'a@example.com', metadata: { x: '1', y: '2' } });
  const [event] = (await server.stripe.events.list({ type: 'customer.updated' })).data;
  expect(event?.data.previous_attributes).toEqual({ name: 'A', metadata: { y: null } });
  expect(event?.data.object).toMatchObject({ id, name: 'B' });
});

test('an update that changes nothing has no event', async () => {
  const { id } = await server.stripe.customers.create({ name: 'Same' });
  await server.stripe.customers.update(id, { name: 'Same' });
  expect(await server.database.sql`select 1 from events where object_id = ${id} and type = 'customer.updated'`).toHaveLength(0);
});

test('an empty value removes a property', async () => {
  const { id } = await server.stripe.customers.create({ name: 'A', address: { city: 'Bern' }, phone: '1' });
  expect(await server.stripe.customers.update(id, { name: '', address: '', phone: '' })).toMatchObject({
    name: null,
    address: null,
    phone: null,
  });
});

test('setting a balance is a transaction of the difference', async () => {
  const { id } = await server.stripe.customers.create({ balance: -500 });
  await server.stripe.customers.update(id, { balance: -200 });
  const transaction = await server.stripe.customers.createBalanceTransaction(id, { amount: 50, currency: 'usd', description: 'fee' });
  expect(transaction).toMatchObject({ amount: 50, ending_balance: -150, type: 'adjustment', description: 'fee' });
  const { data } = await server.stripe.customers.listBalanceTransactions(id);
  expect(data.map(({ amount, ending_balance }) => [amount, ending_balance])).toEqual([
    [50, -150],
    [300, -200],
    [-500, -500],
  ]);
  expect(await server.stripe.customers.updateBalanceTransaction(id, transaction.id, { description: 'late fee' })).toMatchObject({
    description: 'late fee',
  });
  const sums = await server.database.sql`
    select e.ledger_account as name, sum(e.amount)::bigint as sum from ledger_entries e join ledger_transactions t on t.id = e.transaction
    where t.customer = ${id} group by 1 order by 1`;
  expect([...sums]).toEqual([
    { name: 'adjustments', sum: 150 },
    { name: 'customer_balance', sum: -150 },
  ]);
});

test('concurrent updates of one customer lose nothing', async () => {
  const { id } = await server.stripe.customers.create({});
  await Promise.all(
    Array.from({ length: 20 }, (_, index) => server.stripe.customers.update(id, { metadata: { [`k${String(index)}`]: 'v' } })),
  );
  await Promise.all(
    Array.from({ length: 10 }, () => server.stripe.customers.createBalanceTransaction(id, { amount: -10, currency: 'usd' })),
  );
  const customer = await server.stripe.customers.retrieve(id);
  expect(customer).toMatchObject({ balance: -100 });
  expect(Object.keys((customer as { metadata: object }).metadata)).toHaveLength(20);
});

test('a payment method of another customer cannot be the default', async () => {
  const { id } = await server.stripe.customers.create({});
  expect(await refusalOf(server.stripe.customers.update(id, { invoice_settings: { default_payment_method: 'pm_none' } }))).toMatchObject({
    code: 'resource_missing',
    param: 'invoice_settings[default_payment_method]',
  });
});

test('a deleted customer reads as deleted, is not listed and cannot change; the event still shows it', async () => {
  const { id } = await server.stripe.customers.create({ name: 'Gone', email: 'gone@example.com' });
  expect(await server.stripe.customers.del(id)).toEqual(expect.objectContaining({ id, object: 'customer', deleted: true }));
  expect(await server.stripe.customers.retrieve(id)).toMatchObject({ deleted: true });
  expect((await server.stripe.customers.list({ email: 'gone@example.com' })).data).toEqual([]);
  expect(await refusalOf(server.stripe.customers.update(id, { name: 'Back' }))).toMatchObject({
    code: 'resource_missing',
    statusCode: 404,
    param: 'id',
  });
  const [event] = (await server.stripe.events.list({ type: 'customer.deleted' })).data;
  expect(event?.data.object).toMatchObject({ id, name: 'Gone' });
});

test('a customer has a discount until it is deleted', async () => {
  const { id } = await server.stripe.customers.create({});
  const coupon = await server.stripe.coupons.create({ percent_off: 10, duration: 'repeating', duration_in_months: 3 });
  const given: unknown = await server.stripe.rawRequest('POST', `/v1/customers/${id}/discount`, { coupon: coupon.id });
  expect(given).toMatchObject({ object: 'discount', customer: id, source: { coupon: coupon.id, type: 'coupon' } });
  expect(await server.stripe.customers.retrieve(id)).toMatchObject({ discount: { id: (given as { id: string }).id } });
  expect((await server.stripe.coupons.retrieve(coupon.id)).times_redeemed).toBe(1);
  expect(await server.stripe.customers.deleteDiscount(id)).toMatchObject({ object: 'discount', deleted: true });
  expect(await server.stripe.customers.retrieve(id)).toMatchObject({ discount: null });
  expect(await refusalOf(server.stripe.customers.deleteDiscount(id))).toMatchObject({ statusCode: 404 });
});

test('a coupon is not redeemed more often than its limit, also by concurrent requests', async () => {
  const coupon = await server.stripe.coupons.create({ percent_off: 10, max_redemptions: 3 });
  const customers = await Promise.all(Array.from({ length: 8 }, () => server.stripe.customers.create({})));
  const redeemed = await Promise.allSettled(
    customers.map(({ id }) => server.stripe.rawRequest('POST', `/v1/customers/${id}/discount`, { coupon: coupon.id })),
  );
  expect(redeemed.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  expect(await server.stripe.coupons.retrieve(coupon.id)).toMatchObject({ times_redeemed: 3, valid: false });
});

test('nothing of a customer changes while its test clock is advancing', async () => {
  const { account, database, stripe } = server;
  await database.sql`
    insert into test_clocks (id, account, livemode, created, frozen_time, status, deletes_after)
    values ('clock_2', ${account}, false, 1, 1700000000, 'ready', 1)`;
  const { id } = await stripe.customers.create({ test_clock: 'clock_2' });
  await database.sql`update test_clocks set status = 'advancing' where id = 'clock_2'`;
  const refused = await Promise.all([
    refusalOf(stripe.customers.update(id, { name: 'x' })),
    refusalOf(stripe.customers.del(id)),
    refusalOf(stripe.customers.create({ test_clock: 'clock_2' })),
  ]);
  for (const each of refused) expect(each).toMatchObject({ statusCode: 429, code: 'lock_timeout' });
});
