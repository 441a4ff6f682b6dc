import { createAccount } from '../../../../db/accounts';
import { startServer, type TestServer } from '../../server';

let server: TestServer;
let keys: Record<'a' | 'live' | 'b', string>;
beforeAll(async () => {
  server = await startServer();
  const other = await createAccount(server.database.sql, { name: 'Other' });
  keys = { a: server.keys.test, live: server.keys.live, b: other.keys.test };
});
afterAll(() => server.stop());

type Json = Record<string, unknown>;
const post = async (key: string, path: string, body: Record<string, string>): Promise<{ status: number; body: Json }> => {
  const response = await fetch(`${server.url}${path}`, {
    method: 'POST',
    body: new URLSearchParams(body),
    headers: { Authorization: `Bearer ${key}` },
  });
  return { status: response.status, body: (await response.json()) as Json };
};
const errorOf = ({ body }: { body: Json }): Json => body['error'] as Json;

const MONTHLY = { currency: 'usd', interval: 'month', amount: '100' };
/** Every way to choose an id, with the parameter that names it. */
const ways = [
  { name: 'a product', path: '/v1/products', param: 'id', home: '/v1/products', body: (id: string) => ({ id, name: 'Pro' }) },
  { name: 'a coupon', path: '/v1/coupons', param: 'id', home: '/v1/coupons', body: (id: string) => ({ id, percent_off: '10' }) },
  { name: 'a plan', path: '/v1/plans', param: 'id', home: '/v1/plans', body: (id: string) => ({ ...MONTHLY, id, 'product[name]': 'Pro' }) },
  {
    name: 'a price with its product',
    path: '/v1/prices',
    param: 'product_data[id]',
    home: '/v1/products',
    body: (id: string) => ({ currency: 'usd', unit_amount: '100', 'product_data[id]': id, 'product_data[name]': 'Pro' }),
  },
  {
    name: 'a plan with its product',
    path: '/v1/plans',
    param: 'product[id]',
    home: '/v1/products',
    body: (id: string) => ({ ...MONTHLY, 'product[id]': id, 'product[name]': 'Pro' }),
  },
];

describe.each(ways)('the id of $name', ({ name, path, body, param, home }) => {
  const id = (what: string): string => `${what}_${name.replace(/\W+/g, '_')}`;

  test('two accounts, and two modes of one account, use the same id concurrently: each has its own', async () => {
    for (let round = 0; round < 6; round += 1) {
      const chosen = `${id('shared')}_${String(round)}`;
      const owners = Object.values(keys);
      const made = await Promise.all(owners.map((key) => post(key, path, body(chosen))));
      expect(made.map(({ status }) => status)).toEqual([200, 200, 200]);
      for (const key of owners) {
        const found = await fetch(`${server.url}${home}/${chosen}`, { headers: { Authorization: `Bearer ${key}` } });
        expect([found.status, ((await found.json()) as Json)['id']]).toEqual([200, chosen]);
      }
    }
  });

  test('an account can use an id once, also with concurrent requests', async () => {
    const made = await Promise.all(Array.from({ length: 5 }, () => post(keys.a, path, body(id('raced')))));
    expect(made.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400]);
    const refused = made.filter(({ status }) => status === 400).map(errorOf);
    for (const error of refused) expect(error).toMatchObject({ code: 'resource_already_exists', param });
  });
});

test('objects of another account are separate: its prices, its default price, its deletion', async () => {
  for (const key of [keys.a, keys.b]) await post(key, '/v1/products', { id: 'pro', name: key === keys.a ? 'A' : 'B' });
  await post(keys.a, '/v1/plans', { ...MONTHLY, id: 'monthly', product: 'pro', nickname: 'of A' });
  await post(keys.b, '/v1/plans', { ...MONTHLY, id: 'monthly', product: 'pro', nickname: 'of B' });
  const show = async (key: string, path: string): Promise<Json> =>
    (await (await fetch(`${server.url}${path}`, { headers: { Authorization: `Bearer ${key}` } })).json()) as Json;
  expect(await show(keys.a, '/v1/prices/monthly?expand[]=product')).toMatchObject({ nickname: 'of A', product: { name: 'A' } });
  expect(await show(keys.b, '/v1/plans/monthly?expand[]=product')).toMatchObject({ nickname: 'of B', product: { name: 'B' } });
  await post(keys.b, '/v1/products/pro', { name: 'B2', default_price: 'monthly' });
  expect(await show(keys.a, '/v1/products/pro')).toMatchObject({ name: 'A', default_price: null });
  const gone = await fetch(`${server.url}/v1/plans/monthly`, { method: 'DELETE', headers: { Authorization: `Bearer ${keys.a}` } });
  expect(gone.status).toBe(200);
  expect((await show(keys.b, '/v1/plans/monthly'))['active']).toBe(true);
});
