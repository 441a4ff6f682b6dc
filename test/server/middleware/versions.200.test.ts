import { API_VERSIONS } from '../../../domain/rows/api-version';
import { startServer, type TestServer } from '../server';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const ENDIVE = '2026-10-28.endive';

async function ask(path: string, version?: string, body?: string): Promise<{ status: number; version: string | null; body: Json }> {
  const response = await fetch(`${server.url}${path}`, {
    ...(body === undefined ? {} : { method: 'POST', body }),
    headers: {
      Authorization: `Bearer ${server.keys.test}`,
      'Content-Type': 'application/x-www-form-urlencoded',
      ...(version === undefined ? {} : { 'Stripe-Version': version }),
    },
  });
  return { status: response.status, version: response.headers.get('stripe-version'), body: (await response.json()) as Json };
}
type Json = Record<string, unknown>;
const objectOf = (event: Json): Json => (event['data'] as { object: Json }).object;

test.each(API_VERSIONS)('a client with version %s is served', async (version) => {
  const made = await ask('/v1/products', version, 'name=Pro');
  expect([made.status, made.version]).toEqual([200, version]);
});

test.each([
  '2026-08-27.dahlia',
  '2026-08-26.endive',
  '2026-10-28.dahlia',
  '2026-11-25.preview',
  '2026-02-25.clover',
  '2026-08-26',
  'dahlia',
])('%s is no supported version: refused, with the list of supported ones', async (version) => {
  const { status, body } = await ask('/v1/products', version);
  expect(status).toBe(400);
  expect(String((body['error'] as Json)['message'])).toContain('2026-07-29.dahlia');
});

test('an object has the shape of the requested release, however nested it is and whoever made it', async () => {
  const { body: dahlia } = await ask('/v1/products', undefined, 'name=Pro&tax_code=txcd_10000000');
  expect(dahlia).not.toHaveProperty('tax_details');
  const shape = { tax_details: { tax_code: 'txcd_10000000', performance_location: null } };
  expect((await ask(`/v1/products/${String(dahlia['id'])}`, ENDIVE)).body).toMatchObject(shape);
  expect(((await ask('/v1/products', ENDIVE)).body['data'] as Json[])[0]).toMatchObject(shape);
  const price = `product=${String(dahlia['id'])}&currency=usd&unit_amount=100&expand[]=product`;
  expect((await ask('/v1/prices', '2026-09-30.endive', price)).body['product']).toMatchObject(shape);
  expect((await ask('/v1/prices', '2026-03-25.dahlia', price)).body['product']).not.toHaveProperty('tax_details');
});

test('metadata of callers is never taken for an object of the API', async () => {
  const { body } = await ask('/v1/products', ENDIVE, 'name=Pro&metadata[object]=product&metadata[tax_code]=x');
  expect(body['metadata']).toEqual({ object: 'product', tax_code: 'x' });
});

test('events have the shape of the requested release, and name it', async () => {
  const { body: product } = await ask('/v1/products', ENDIVE, 'name=Pro&tax_code=txcd_1');
  await ask(`/v1/products/${String(product['id'])}`, ENDIVE, 'tax_code=txcd_2');
  const [updated, created] = (await ask('/v1/events', ENDIVE)).body['data'] as Json[];
  expect(created).toMatchObject({ type: 'product.created', api_version: ENDIVE });
  expect(objectOf(created ?? {})).toMatchObject({ tax_details: { tax_code: 'txcd_1' } });
  expect(updated?.['data']).toMatchObject({
    object: { tax_details: { tax_code: 'txcd_2' } },
    previous_attributes: { tax_code: 'txcd_1', tax_details: { tax_code: 'txcd_1' } },
  });
  const { body: old } = await ask(`/v1/events/${String(created?.['id'])}`, '2026-06-24.dahlia');
  expect(old['api_version']).toBe('2026-06-24.dahlia');
  expect(objectOf(old)).not.toHaveProperty('tax_details');
});

test('an event of a change that did not change the tax code does not mention it', async () => {
  const { body: product } = await ask('/v1/products', ENDIVE, 'name=Before');
  await ask(`/v1/products/${String(product['id'])}`, ENDIVE, 'name=After');
  const [updated] = (await ask('/v1/events', ENDIVE)).body['data'] as Json[];
  const { previous_attributes: previous } = updated?.['data'] as { previous_attributes: Json };
  // `updated` is among them if the change came in a later second.
  expect(Object.keys(previous).filter((name) => name !== 'updated')).toEqual(['name']);
});

test.each(API_VERSIONS)('an endpoint may be created for %s', async (version) => {
  const { body } = await ask('/v1/webhook_endpoints', undefined, `url=https://example.com/&enabled_events[]=*&api_version=${version}`);
  expect(body['api_version']).toBe(version);
});

test('a repeated request gets its earlier answer unchanged', async () => {
  const body = 'name=Once';
  const headers = {
    Authorization: `Bearer ${server.keys.test}`,
    'Idempotency-Key': 'versions',
    'Content-Type': 'application/x-www-form-urlencoded',
  };
  const first = await fetch(`${server.url}/v1/products`, { method: 'POST', body, headers: { ...headers, 'Stripe-Version': ENDIVE } });
  const again = await fetch(`${server.url}/v1/products`, { method: 'POST', body, headers });
  expect(await again.text()).toBe(await first.text());
});
