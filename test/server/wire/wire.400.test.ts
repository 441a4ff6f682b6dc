import { revokeApiKey, saveApiKey } from '../../../db/api-keys';
import { startServer, type TestServer } from '../server';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

type Init = Omit<RequestInit, 'headers'> & { headers?: Record<string, string> };

async function ask(
  path: string,
  init: Init = {},
): Promise<{ status: number; headers: Headers; error: Record<string, unknown> | undefined; body: Record<string, unknown> }> {
  const { headers, ...rest } = init;
  const response = await fetch(`${server.url}${path}`, { ...rest, headers: { Authorization: `Bearer ${server.keys.test}`, ...headers } });
  const body = (await response.json()) as Record<string, unknown>;
  return { status: response.status, headers: response.headers, error: body['error'] as Record<string, unknown> | undefined, body };
}

const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  ask(path, { method: 'POST', body, headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers } });

test.each([
  ['no key', ''],
  ['a key that nobody has', 'Bearer sk_test_123'],
  ['a scheme that is none', 'Digest abc'],
  ['basic auth without a user', `Basic ${Buffer.from(':x').toString('base64')}`],
])('%s is refused, without repeating the key', async (_, authorization) => {
  const { status, error, headers } = await ask('/v1/customers', { headers: { Authorization: authorization } });
  expect([status, error?.['type']]).toEqual([401, 'invalid_request_error']);
  expect(String(error?.['message'])).not.toContain('sk_test_123');
  expect(headers.get('request-id')).toMatch(/^req_/);
  expect(headers.get('www-authenticate')).toContain('Basic');
});

test('a key works by basic auth too, and belongs to one account', async () => {
  const basic = `Basic ${Buffer.from(`${server.keys.test}:`).toString('base64')}`;
  expect((await ask('/v1/account', { headers: { Authorization: basic } })).body['id']).toBe(server.account);
  expect((await ask('/v1/account', { headers: { 'Stripe-Account': server.account } })).status).toBe(200);
  expect(await ask('/v1/account', { headers: { 'Stripe-Account': 'acct_other' } })).toMatchObject({
    status: 403,
    error: { code: 'account_invalid' },
  });
});

test('keys are kept as hashes, and a revoked one is found by nobody', async () => {
  const key = 'sk_test_abcdefghijklmnopqrstuvwx';
  const { sql } = server.database;
  await saveApiKey(sql, { account: server.account, livemode: false, key, name: null, now: 1 });
  const rows = await sql`select * from api_keys where last4 = ${key.slice(-4)}`;
  expect(JSON.stringify(rows)).not.toContain(key);
  await revokeApiKey(sql, { account: server.account, last4: key.slice(-4), now: 2 });
  expect((await ask('/v1/customers', { headers: { Authorization: `Bearer ${key}` } })).status).toBe(401);
});

test('both API versions are taken and told back, another is refused', async () => {
  expect((await ask('/v1/customers')).headers.get('stripe-version')).toBe('2026-08-26.dahlia');
  const endive = await ask('/v1/customers', { headers: { 'Stripe-Version': '2026-10-28.endive' } });
  expect([endive.status, endive.headers.get('stripe-version')]).toEqual([200, '2026-10-28.endive']);
  expect((await ask('/v1/customers', { headers: { 'Stripe-Version': '2019-01-01' } })).status).toBe(400);
});

test('an unknown URL is not found', async () => {
  const { status, error } = await ask('/v1/nothing');
  expect([status, error?.['type']]).toEqual([404, 'invalid_request_error']);
  expect(String(error?.['message'])).toContain('(GET: /v1/nothing)');
  expect((await ask('/nothing')).status).toBe(404);
});

test.each([
  ['a list where a text should be', 'name[]=a', 'name'],
  ['a text where an object should be', 'address=Bern', 'address'],
  ['an object where a text should be', 'name[x]=a', 'name'],
  ['the same parameter twice', 'name=a&name=b', 'name'],
  ['a key of a prototype', 'constructor[name]=x', 'constructor'],
])('%s is refused by name', async (_, body, param) => {
  expect(await post('/v1/customers', body)).toMatchObject({ status: 400, error: { param } });
});

test('bodies that cannot be read are refused: too deep, not JSON, another type, too long', async () => {
  expect((await post('/v1/customers', `metadata${'[a]'.repeat(12)}=1`)).status).toBe(400);
  const json = { method: 'POST', headers: { 'Content-Type': 'application/json' } };
  expect((await ask('/v1/customers', { ...json, body: '{' })).status).toBe(400);
  expect((await ask('/v1/customers', { ...json, body: '[1]' })).status).toBe(400);
  expect((await post('/v1/customers', '<x/>', { 'Content-Type': 'text/xml' })).status).toBe(400);
  expect((await post('/v1/customers', `name=${'x'.repeat(1_200_000)}`)).status).toBe(413);
});

test('metadata may be called anything that is not special', async () => {
  const { body } = await post('/v1/customers', 'metadata[toString]=a&metadata[length]=b');
  expect(body['metadata']).toEqual({ toString: 'a', length: 'b' });
});

test('an expansion that leads nowhere is refused before anything is written', async () => {
  expect(await post('/v1/customers', 'email=expand@example.com&expand[]=no_such_field')).toMatchObject({
    status: 400,
    error: { param: 'expand' },
  });
  expect((await ask('/v1/customers?email=expand@example.com')).body['data']).toEqual([]);
});

test('while Postgres is away the answer is 503, and tells nothing', async () => {
  const broken = await startServer();
  await broken.database.sql.end({ timeout: 1 });
  const response = await fetch(`${broken.url}/v1/customers`, { headers: { Authorization: `Bearer ${broken.keys.test}` } });
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ error: { type: 'api_error' } });
  await broken.stop();
});

test('the settings of collection are changed part by part, and a new policy has a new version', async () => {
  const { body: before } = await ask('/v1/account_settings');
  const { body } = await post(
    '/v1/account_settings',
    'dunning[ends_in]=unpaid&dunning[retry_after_seconds][0]=3600&fraud[elevated_risk]=block',
  );
  expect(body).toMatchObject({
    object: 'account_settings',
    dunning: { ends_in: 'unpaid', retry_after_seconds: [3600] },
    fraud: { elevated_risk: 'block', block_if_cvc_fails: true },
  });
  expect((body['dunning'] as { version: string }).version).not.toBe((before['dunning'] as { version: string }).version);
  expect((await post('/v1/account_settings', 'dunning[retry_after_seconds][0]=5&dunning[retry_after_seconds][1]=4')).error).toMatchObject({
    param: 'dunning[retry_after_seconds]',
  });
});

const NUL = '%00';
test.each([
  ['a text', '/v1/customers', `name=a${NUL}b`, 'name'],
  ['a nested text', '/v1/customers', `address[country]=${NUL}`, 'address[country]'],
  ['a value of metadata', '/v1/customers', `metadata[a]=${NUL}`, 'metadata[a]'],
  ['a key of metadata', '/v1/customers', `metadata[${NUL}]=a`, undefined],
  ['an id', '/v1/subscriptions', `customer=${NUL}&items[0][price]=a`, 'customer'],
])('%s with a NUL, which no database keeps, is refused by name', async (_, path, body, param) => {
  const { status, error } = await post(path, body);
  expect([status, error?.['type'], error?.['param']]).toEqual([400, 'invalid_request_error', param]);
});

test.each([
  ['/v1/customers', '{"name":"a\\ud800b"}', 'name'],
  ['/v1/customers', '{"metadata":{"a":"\\udc00"}}', 'metadata[a]'],
  ['/v2/billing/meter_events', '{"event_name":"a","payload":{"stripe_customer_id":"\\ud800","value":"1"}}', 'payload[stripe_customer_id]'],
])('half of a character in JSON is refused by name: %s %s', async (path, body, param) => {
  const { status, error } = await post(path, body, { 'Content-Type': 'application/json' });
  expect([status, error?.['param']]).toEqual([400, param]);
});

test('a whole character of two halves is kept', async () => {
  const { status, body } = await post('/v1/customers', '{"name":"\\ud83d\\udca5"}', { 'Content-Type': 'application/json' });
  expect([status, body['name']]).toEqual([200, '💥']);
});

test.each([
  ['/v1/customers/a%00b', 404],
  ['/v1/invoices/%00/explain', 404],
  ['/v1/customers/%ED%A0%80', 404],
  ['/v1/customers/%zz', 404],
  ['/v1/events?type=%00', 400],
  ['/v1/customers?starting_after=%00', 400],
  ['/v1/customers/search?query=email%3A%22%00%22', 400],
])('a URL that is not text is refused: %s', async (path, refused) => {
  const { status, error } = await ask(path);
  expect([status, error?.['type']]).toEqual([refused, 'invalid_request_error']);
});
