import { get } from 'node:http';
import { startServer, type TestServer } from '../server';
import { operations } from '../../../server/routes';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

type Json = Record<string, unknown>;
async function ask(path: string, init: RequestInit = {}): Promise<{ status: number; error: Json | undefined; body: Json }> {
  const headers = { Authorization: `Bearer ${server.keys.test}`, ...(init.headers as Record<string, string>) };
  const response = await fetch(`${server.url}${path}`, { ...init, headers });
  const body = (await response.json()) as Json;
  return { status: response.status, error: body['error'] as Json | undefined, body };
}
const form = (body: string | Uint8Array<ArrayBuffer>, type = 'application/x-www-form-urlencoded') =>
  ask('/v1/customers', { method: 'POST', body, headers: { 'Content-Type': type } });
const json = (body: string, type = 'application/json', path = '/v1/customers') =>
  ask(path, { method: 'POST', body, headers: { 'Content-Type': type } });

test.each([
  ['NUL', 'name=a%00b', 'name'],
  ['NUL in a key', 'metadata[a%00b]=c', 'metadata[a\u{FFFD}b]'],
  ['half a character', 'name=%ED%A0%80', 'name'],
  ['bytes that are no UTF-8', 'name=%FF', 'name'],
  ['percent signs that encode nothing', 'description=100%', 'description'],
  ['percent signs before other letters than digits', 'metadata[x]=%zz', 'metadata[x]'],
  ['a prototype', '__proto__[name]=x', '__proto__[name]'],
  ['a nested prototype', 'metadata[__proto__]=x', 'metadata[__proto__]'],
])('a form with %s is refused by name', async (_, body, param) => {
  const { status, error } = await form(body);
  expect([status, error?.['param']]).toEqual([400, param]);
});

test.each([
  ['NUL', '{"name":"a\\u0000b"}', 'name'],
  ['half of a surrogate pair', '{"metadata":{"x":"\\ud800"}}', 'metadata[x]'],
  ['half of one in a key', '{"metadata":{"\\udc00":"x"}}', 'metadata[\u{FFFD}]'],
  ['a prototype', '{"metadata":{"__proto__":"x"}}', 'metadata[__proto__]'],
])('JSON with %s is refused by name', async (_, body, param) => {
  const { status, error } = await json(body);
  expect([status, error?.['param']]).toEqual([400, param]);
});

test('valid characters of any script are stored unchanged', async () => {
  const name = 'Zoë 😀 日本 ﷺ';
  expect((await form(new URLSearchParams({ name }).toString())).body['name']).toBe(name);
  expect((await json(JSON.stringify({ name }))).body['name']).toBe(name);
});

test('a body that is not UTF-8 is refused, not repaired', async () => {
  const bytes = new Uint8Array([...Buffer.from('name='), 0xc3, 0x28]);
  expect((await form(bytes)).status).toBe(400);
});

test('no operation fails with an internal error because of NUL in its path or query', async () => {
  const failed: string[] = [];
  for (const { method, path } of operations) {
    const url = path.replace(/:\w+/g, 'a%00b');
    // A write without a place for it is asked nothing of the kind, and would run.
    if (method !== 'get' && url === path) continue;
    const { status } = await ask(`${url}${method === 'get' ? '?limit=%00' : ''}`, { method: method.toUpperCase() });
    if (status >= 500) failed.push(`${method} ${path}`);
  }
  expect(failed).toEqual([]);
});

test.each(['/sandbox/3ds/a%00b', '/sandbox/3ds/%FF', '/v1/customers/%', '/docs/%00', '/%E0%A4%A'])(
  '%s is refused without a key',
  async (path) => {
    const response = await fetch(`${server.url}${path}`);
    expect(response.status).toBe(400);
  },
);

test.each([
  ['application/jsonx', 400],
  ['text/application/json', 400],
  ['application/json; charset=latin1', 400],
  ['APPLICATION/JSON', 200],
  ['application/json; charset=UTF-8', 200],
])('JSON sent as %s is answered with %i', async (type, status) => {
  expect((await json('{"name":"x"}', type)).status).toBe(status);
});

test('a decimal sent as a JSON number keeps its digits', async () => {
  const product = await json('{"name":"Pro"}', 'application/json', '/v1/products');
  const price = `{"product":"${String(product.body['id'])}","currency":"usd","unit_amount_decimal":1234567.123456789012}`;
  expect((await json(price, 'application/json', '/v1/prices')).body['unit_amount_decimal']).toBe('1234567.123456789012');
});

test('whole numbers, true and null in JSON are read like in a form', async () => {
  const { body } = await json('{"balance":-5e2,"description":null,"metadata":{"n":7}}');
  expect(body).toMatchObject({ balance: -500, description: null, metadata: { n: '7' } });
});

test.each([
  ['many paths', JSON.stringify({ expand: Array.from({ length: 60_001 }, () => 'a') })],
  ['a long path', JSON.stringify({ expand: ['a.'.repeat(60_000)] })],
])('expand of %s is refused', async (_, body) => {
  expect((await json(body)).status).toBe(400);
});

test.each(['Stripe-Context', 'Stripe-Account'])('%s that names another account than the key’s is refused', async (header) => {
  expect(await ask('/v1/customers', { headers: { [header]: 'acct_other' } })).toMatchObject({
    status: 403,
    error: { code: 'account_invalid' },
  });
});

test('another account is refused even if the key’s account is named too', async () => {
  const headers = { 'Stripe-Account': server.account, 'Stripe-Context': 'acct_other' };
  expect((await ask('/v1/customers', { headers })).status).toBe(403);
});

test('a page is refused a query with NUL, and every request a host that is none', async () => {
  expect((await ask('/help?seller=a%00b')).status).toBe(400);
  const statuses = await Promise.all(['a b', 'a:99999', '[::1', 'a/b', 'example.com', '[::1]:80'].map((host) => statusAt(host)));
  expect(statuses).toEqual([400, 400, 400, 400, 200, 200]);
});

const statusAt = (host: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    get(`${server.url}/help`, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).once('error', reject);
  });
