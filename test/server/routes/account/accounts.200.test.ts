import { startServer, type TestServer } from '../../server';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

test('an account is retrieved with and without its id, with the settings that clients expect', async () => {
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

test('there are no connected accounts, and another account cannot be retrieved', async () => {
  const { stripe } = server;
  expect(await stripe.accounts.list()).toMatchObject({ object: 'list', data: [], has_more: false, url: '/v1/accounts' });
  await expect(stripe.accounts.retrieve('acct_other')).rejects.toMatchObject({ code: 'account_invalid', statusCode: 403 });
});

async function retryOf(path: string, headers: Record<string, string> = {}): Promise<[status: number, shouldRetry: string | null]> {
  const response = await fetch(`${server.url}${path}`, { headers: { Authorization: `Bearer ${server.keys.test}`, ...headers } });
  return [response.status, response.headers.get('stripe-should-retry')];
}

test('a refusal has a header that says whether to retry, an answer does not', async () => {
  expect(await retryOf('/v1/customers')).toEqual([200, null]);
  expect(await retryOf('/v1/customers/cus_none')).toEqual([404, 'false']);
  expect(await retryOf('/v1/customers', { Authorization: 'Bearer sk_test_nobody' })).toEqual([401, 'false']);
  expect(await retryOf('/v1/nothing')).toEqual([404, 'false']);
});

test('a request that meets an advancing test clock is told to retry', async () => {
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
