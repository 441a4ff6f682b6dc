/** Invoice numbers: who counts them, and which prefix belongs to whom. */
import { createAccount } from '../../../../db/accounts';
import { startServer, type TestServer } from '../../server';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const settings = (change: Record<string, unknown>) => server.stripe.rawRequest('POST', '/v1/account_settings', change);

test.each([
  ['DE', 'account'],
  ['GB', 'account'],
  ['US', 'customer'],
  ['CH', 'customer'],
])('a seller in %s starts with numbers that count per %s', async (country, numbering) => {
  const { account } = await createAccount(server.database.sql, { name: 'Seller', country });
  const [row] = await server.database.sql`select settings #>> '{live,invoices,numbering}' as numbering from accounts where id = ${account}`;
  expect(row).toEqual({ numbering });
});

test('a prefix belongs to its first customer for good, also when the customer has changed it', async () => {
  const { customers } = server.stripe;
  const first = await customers.create({ invoice_prefix: 'ALPHA' });
  const taken = { code: 'resource_already_exists', statusCode: 400 };
  await expect(customers.create({ invoice_prefix: 'ALPHA' })).rejects.toMatchObject({ ...taken, param: 'invoice_prefix' });
  await customers.update(first.id, { invoice_prefix: 'BETA' });
  await expect(customers.create({ invoice_prefix: 'ALPHA' })).rejects.toMatchObject(taken);
  await expect(settings({ invoices: { prefix: 'ALPHA' } })).rejects.toMatchObject({ ...taken, param: 'invoices[prefix]' });
  await expect(settings({ invoices: { prefix: 'BETA' } })).rejects.toMatchObject(taken);
  expect(await customers.update(first.id, { invoice_prefix: 'ALPHA' })).toMatchObject({ invoice_prefix: 'ALPHA' });
});

test("the account's prefix, present or past, is not given to a customer", async () => {
  const { customers } = server.stripe;
  await settings({ invoices: { prefix: 'SELLER1' } });
  await settings({ invoices: { prefix: 'SELLER2' } });
  for (const prefix of ['SELLER1', 'SELLER2']) {
    await expect(customers.create({ invoice_prefix: prefix })).rejects.toMatchObject({ code: 'resource_already_exists', statusCode: 400 });
  }
  await settings({ invoices: { prefix: 'SELLER1' } });
});

test('of two customers that take one prefix at the same time, one gets it and the other is refused', async () => {
  const tries = await Promise.allSettled([1, 2].map(() => server.stripe.customers.create({ invoice_prefix: 'RACE' })));
  expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(tries.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { statusCode: 400, param: 'invoice_prefix' } });
});
