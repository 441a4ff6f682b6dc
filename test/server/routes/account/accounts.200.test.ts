import { startServer, type TestServer } from '../../server';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

test('an account is read by its id as without it, with the settings that clients look for', async () => {
  const { stripe, account } = server;
  const own = await stripe.accounts.retrieve(account);
  expect(own).toMatchObject({
    id: account,
    object: 'account',
    settings: { dashboard: { display_name: 'Tests' }, branding: { icon: null } },
  });
  expect((await stripe.rawRequest('GET', `/v1/accounts/${account}`)) as unknown).toMatchObject({ id: account });
  expect(JSON.stringify(await stripe.accounts.retrieveCurrent())).toBe(JSON.stringify(own));
});

test('no account is connected, and another account is nobody that one may read', async () => {
  const { stripe } = server;
  expect(await stripe.accounts.list()).toMatchObject({ object: 'list', data: [], has_more: false, url: '/v1/accounts' });
  await expect(stripe.accounts.retrieve('acct_other')).rejects.toMatchObject({ code: 'account_invalid', statusCode: 403 });
});

async function retryOf(path: string, headers: Record<string, string> = {}): Promise<[status: number, shouldRetry: string | null]> {
  const response = await fetch(`${server.url}${path}`, { headers: { Authorization: `Bearer ${server.keys.test}`, ...headers } });
  return [response.status, response.headers.get('stripe-should-retry')];
}

test('a refusal says whether it is of use to ask again, and an answer says nothing of it', async () => {
  expect(await retryOf('/v1/customers')).toEqual([200, null]);
  expect(await retryOf('/v1/customers/cus_none')).toEqual([404, 'false']);
  expect(await retryOf('/v1/customers', { Authorization: 'Bearer sk_test_nobody' })).toEqual([401, 'false']);
  expect(await retryOf('/v1/nothing')).toEqual([404, 'false']);
});

test('who meets a test clock on its way is asked to come again', async () => {
  const { stripe, database } = server;
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: 1_780_000_000 });
  const customer = await stripe.customers.create({ test_clock: clock.id });
  await database.sql`update test_clocks set status = 'advancing' where id = ${clock.id}`;
  const response = await fetch(`${server.url}/v1/customers/${customer.id}`, {
    method: 'POST',
    body: 'name=Ann',
    headers: { Authorization: `Bearer ${server.keys.test}`, 'Content-Type': 'application/x-www-form-urlencoded' },
  });
  expect([response.status, response.headers.get('stripe-should-retry')]).toEqual([429, 'true']);
});
