import type { AddressInfo } from 'node:net';
import { revokeApiKey, saveApiKey } from '../../../db/api-keys';
import { createApp } from '../../../server/app';
import { createHttpServer } from '../../../server/http-server';
import type { Caller } from '../../../server/http/call';
import { callOf, type Operation } from '../../../server/http/operation';
import { perform } from '../../../server/http/perform';
import { operations } from '../../../server/routes';
import { BillingError } from '../../../domain/core/errors';
import { API_VERSION } from '../../../domain/rows/api-version';
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
  ['an unknown key', 'Bearer sk_test_123'],
  ['an unknown scheme', 'Digest abc'],
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

test('keys are stored as hashes, and a revoked key is not found', async () => {
  const key = 'sk_test_abcdefghijklmnopqrstuvwx';
  const { sql } = server.database;
  await saveApiKey(sql, { account: server.account, livemode: false, key, name: null, now: 1 });
  const rows = await sql`select * from api_keys where last4 = ${key.slice(-4)}`;
  expect(JSON.stringify(rows)).not.toContain(key);
  await revokeApiKey(sql, { account: server.account, last4: key.slice(-4), now: 2 });
  expect((await ask('/v1/customers', { headers: { Authorization: `Bearer ${key}` } })).status).toBe(401);
});

test('both API versions are accepted and returned, another is refused', async () => {
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

test('unreadable bodies are refused: too deep, not JSON, another type, too long', async () => {
  expect((await post('/v1/customers', `metadata${'[a]'.repeat(12)}=1`)).status).toBe(400);
  const json = { method: 'POST', headers: { 'Content-Type': 'application/json' } };
  expect((await ask('/v1/customers', { ...json, body: '{' })).status).toBe(400);
  expect((await ask('/v1/customers', { ...json, body: '[1]' })).status).toBe(400);
  expect((await post('/v1/customers', '<x/>', { 'Content-Type': 'text/xml' })).status).toBe(400);
  expect((await post('/v1/customers', `name=${'x'.repeat(1_200_000)}`)).status).toBe(413);
});

test('metadata keys may have any name that is not reserved', async () => {
  const { body } = await post('/v1/customers', 'metadata[toString]=a&metadata[length]=b');
  expect(body['metadata']).toEqual({ toString: 'a', length: 'b' });
});

test('an expansion that does not exist is refused before anything is written', async () => {
  expect(await post('/v1/customers', 'email=expand@example.com&expand[]=no_such_field')).toMatchObject({
    status: 400,
    error: { param: 'expand' },
  });
  expect((await ask('/v1/customers?email=expand@example.com')).body['data']).toEqual([]);
});

test('every operation refuses to expand what its answer does not have, whatever else is asked', async () => {
  const caller: Caller = {
    ...{ scope: { account: server.account, livemode: false }, keyId: 'key', key: null, permissions: { scopes: null }, ip: '127.0.0.1' },
    ...{ secretOf: () => '', origin: server.url, requestId: 'req_1', idempotencyKey: null, version: API_VERSION },
  };
  const expanding = async (operation: Operation, path: string) => {
    const call = { operation, raw: { expand: [path] }, path: {}, url: operation.path };
    return perform(server.deps, call, caller).then(
      () => 'nothing',
      (error: unknown) => (error instanceof BillingError ? error.message : String(error)),
    );
  };
  const deep = 'data.nothing_there';
  const answers = await Promise.all(
    operations.map(async (each) => [callOf(each), await expanding(each, 'nothing_there'), await expanding(each, deep)]),
  );
  const refused = (path: string) => `This property cannot be expanded (${path}).`;
  expect(answers.filter(([, one, two]) => one !== refused('nothing_there') || two !== refused(deep))).toEqual([]);
});

test('while Postgres is away the answer is 503, without details', async () => {
  const broken = await startServer();
  await broken.database.sql.end({ timeout: 1 });
  const response = await fetch(`${broken.url}/v1/customers`, { headers: { Authorization: `Bearer ${broken.keys.test}` } });
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ error: { type: 'api_error' } });
  await broken.stop();
});

test('the settings of collection change property by property, and a new policy has a new version', async () => {
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

test('a tax provider whose key the installation does not have is refused at once, and the settings stay', async () => {
  const { body: before } = await ask('/v1/account_settings');
  const refused = await post('/v1/account_settings', 'tax[provider]=stripe&tax[when_unavailable]=bill_without_tax');
  expect(refused.error).toMatchObject({ type: 'invalid_request_error', param: 'tax[provider]' });
  expect(refused.error?.['message']).toMatch(/STRIPE_TAX_TEST_KEY/);
  expect((await ask('/v1/account_settings')).body).toEqual(before);
});

test('changing the settings in test mode does not change those of live mode, and vice versa', async () => {
  const settingsOf = async (key: string) => (await ask('/v1/account_settings', { headers: { Authorization: `Bearer ${key}` } })).body;
  const before = await settingsOf(server.keys.live);
  const change = 'dunning[ends_in]=past_due&fraud[card_attempts_per_hour]=3&invoices[prefix]=TRIED&disputes[subscription]=cancel';
  await post('/v1/account_settings', change);
  expect(await settingsOf(server.keys.live)).toEqual(before);
  const tried = await settingsOf(server.keys.test);
  expect(tried).toMatchObject({ livemode: false, invoices: { prefix: 'TRIED' }, fraud: { card_attempts_per_hour: 3 } });
  const live = { Authorization: `Bearer ${server.keys.live}` };
  expect((await post('/v1/account_settings', 'invoices[prefix]=PAID', live)).body).toMatchObject({
    livemode: true,
    invoices: { prefix: 'PAID' },
    dunning: before['dunning'],
  });
  expect(await settingsOf(server.keys.test)).toEqual(tried);
});

test('a client with many wrong keys has to wait; working keys are not affected', async () => {
  const other = await startServer();
  const tryKey = async (key: string) => (await fetch(`${other.url}/v1/customers`, { headers: { Authorization: `Bearer ${key}` } })).status;
  expect(await tryKey(other.keys.test)).toBe(200);
  const statuses: number[] = [];
  for (let index = 0; index < 110; index += 1) statuses.push(await tryKey(`sk_test_guess${String(index)}`));
  expect(statuses.slice(0, 100).every((status) => status === 401)).toBe(true);
  expect(statuses.slice(100).every((status) => status === 429)).toBe(true);
  expect(await tryKey(other.keys.test)).toBe(200);
  await other.stop();
});

test('no answer of the API may be cached, refusals included', async () => {
  for (const Authorization of [`Bearer ${server.keys.test}`, 'Bearer sk_test_none'])
    expect((await ask('/v1/customers', { headers: { Authorization } })).headers.get('cache-control')).toBe('no-store');
});

test('too large headers are refused in JSON', async () => {
  const http = createHttpServer(createApp(server.deps));
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done));
  const { port } = http.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${String(port)}/v1/customers`, { headers: { 'X-Long': 'x'.repeat(20_000) } });
  expect([response.status, response.headers.get('content-type')]).toEqual([431, 'application/json; charset=utf-8']);
  expect(await response.json()).toMatchObject({ error: { type: 'invalid_request_error' } });
  http.closeAllConnections();
  await new Promise((done) => http.close(done));
});
