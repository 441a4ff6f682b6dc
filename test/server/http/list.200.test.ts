import { operations } from '../../../server/routes';
import { propertyOf } from '../../../server/console/formats';
import { optionsOf } from '../../../server/console/sorting';
import { refusalOf, startServer, type TestServer } from '../server';

let server: TestServer;
const made: string[] = [];

beforeAll(async () => {
  server = await startServer();
  for (let index = 0; index < 5; index += 1) made.unshift((await server.stripe.customers.create({ email: 'page@example.com' })).id);
});
afterAll(() => server.stop());

const page = async (of: object): Promise<[string[], boolean]> => {
  const { data, has_more } = await server.stripe.customers.list({ email: 'page@example.com', ...of });
  return [data.map(({ id }) => id), has_more];
};

test('the newest come first, also within one second', async () => {
  expect(await page({})).toEqual([made, false]);
});

test('each page begins after the previous one', async () => {
  expect(await page({ limit: 2 })).toEqual([made.slice(0, 2), true]);
  expect(await page({ limit: 2, starting_after: made[1] })).toEqual([made.slice(2, 4), true]);
  expect(await page({ limit: 2, starting_after: made[3] })).toEqual([made.slice(4), false]);
});

test('the page before an object ends just before it', async () => {
  expect(await page({ limit: 2, ending_before: made[4] })).toEqual([made.slice(2, 4), true]);
  expect(await page({ limit: 5, ending_before: made[2] })).toEqual([made.slice(0, 2), false]);
});

test('the SDK pages through all objects, each once', async () => {
  const all: string[] = [];
  for await (const { id } of server.stripe.customers.list({ email: 'page@example.com', limit: 2 })) all.push(id);
  expect(all).toEqual(made);
});

test('ranges of created apply', async () => {
  const { created } = (await server.stripe.customers.retrieve(String(made[0]))) as { created: number };
  expect(await page({ created: { gt: created } })).toEqual([[], false]);
  expect((await page({ created: { gte: created - 60, lte: created } }))[0]).toEqual(made);
});

test.each([
  [{ starting_after: 'cus_none' }, { code: 'resource_missing', param: 'starting_after' }],
  [{ limit: 0 }, { code: 'parameter_invalid_integer', param: 'limit' }],
  [{ limit: 101 }, { param: 'limit' }],
  [{ starting_after: 'cus_a', ending_before: 'cus_b' }, { code: 'parameters_exclusive' }],
  [{ no_such: 1 }, { code: 'parameter_unknown', param: 'no_such' }],
  [{ order_by: 'phone' }, { param: 'order_by' }],
  [{ order: 'up' }, { param: 'order' }],
])('an invalid list is refused: %j', async (parameters, refusal) => {
  expect(await refusalOf(server.stripe.customers.list(parameters as never))).toMatchObject({ statusCode: 400, ...refusal });
});

/** What is equal, or has no value, comes newest first; what has no value comes last in both directions. */
const sorted = <Row extends object>(newestFirst: readonly Row[], by: keyof Row, isUp: boolean): Row[] => {
  const value = (row: Row) => (typeof row[by] === 'string' ? row[by].toLowerCase() : row[by]);
  const [set, unset] = [newestFirst.filter((row) => row[by] !== null), newestFirst.filter((row) => row[by] === null)];
  const order = (one: Row, other: Row) => (value(one) === value(other) ? 0 : value(one) < value(other) === isUp ? -1 : 1);
  return [...set.sort(order), ...unset];
};

const SORTED = 'sorted@example.com';
const sortedPage = (of: object) => server.stripe.customers.list({ email: SORTED, ...of });

async function forth(of: object): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of server.stripe.customers.list({ email: SORTED, limit: 2, ...of })) ids.push(id);
  return ids;
}

async function back(before: string, of: object): Promise<string[]> {
  const { data, has_more } = await sortedPage({ limit: 2, ending_before: before, ...of });
  const ids = data.map(({ id }) => id);
  return has_more ? [...(await back(String(ids[0]), of)), ...ids] : ids;
}

test('a list is sorted as a whole, in both directions, page by page, there and back', async () => {
  const names = ['bert', 'Anna', undefined, 'Cleo', 'anna', undefined, 'Bert'];
  for (const [index, name] of names.entries()) {
    const { id } = await server.stripe.customers.create({ email: SORTED, ...(name === undefined ? {} : { name }) });
    await server.database.sql`update customers set balance = ${(index % 3) * 100}, created = ${1_000 + (index % 2)} where id = ${id}`;
  }
  const { data } = await sortedPage({ limit: 100 });
  const rows = data.map(({ id, name, balance, created }) => ({ id, name: name ?? null, balance, created }));
  for (const order_by of ['name', 'balance', 'created'] as const)
    for (const order of ['asc', 'desc'] as const) {
      const expected = sorted(rows, order_by, order === 'asc').map(({ id }) => id);
      expect([order_by, order, await forth({ order_by, order })]).toEqual([order_by, order, expected]);
      expect([order_by, order, await back(String(expected.at(-1)), { order_by, order })]).toEqual([order_by, order, expected.slice(0, -1)]);
    }
  expect((await sortedPage({ order: 'asc', limit: 1 })).data[0]?.id).toBe(sorted(rows, 'created', true)[0]?.id);
});

test('a customer or product is found by a part of its name, an invoice by a part of its number', async () => {
  await server.stripe.customers.create({ name: 'Rosa 100% Luxemburg' });
  await server.stripe.products.create({ name: 'Large plan' });
  const names = async (path: string, name: string) => {
    const { data } = (await server.stripe.rawRequest('GET', `${path}?${new URLSearchParams({ name }).toString()}`)) as unknown as {
      data: { name: string }[];
    };
    return data.map((each) => each.name);
  };
  expect(await names('/v1/customers', '100% lux')).toEqual(['Rosa 100% Luxemburg']);
  expect(await names('/v1/customers', '_')).toEqual([]);
  expect(await names('/v1/products', 'GE PLA')).toEqual(['Large plan']);
  expect(await server.stripe.invoices.list({ number: '-0001' } as never)).toMatchObject({ data: [] });
});

test('every list is sorted by everything that it offers', async () => {
  const lists = operations.flatMap(({ method, path, parameters }) => {
    const names = optionsOf(propertyOf(parameters, 'order_by'));
    return method === 'get' && names !== null ? names.map((by) => `${path}?order_by=${by}&order=desc`) : [];
  });
  expect(lists.length).toBeGreaterThan(150);
  const answers = await Promise.allSettled(lists.map((list) => server.stripe.rawRequest('GET', list)));
  expect(answers.flatMap((answer, index) => (answer.status === 'rejected' ? [[lists[index], String(answer.reason)]] : []))).toEqual([]);
});

test('a key that may not read customers sorts by what it may read, and not by their names', async () => {
  const made: unknown = await server.stripe.rawRequest('POST', '/v1/api_keys', { name: 'Reports', scopes: ['invoices:read'] });
  const { secret } = made as { secret: string };
  const asked = (query: string) => fetch(`${server.url}/v1/invoices?${query}`, { headers: { Authorization: `Bearer ${secret}` } });
  expect((await asked('order_by=total')).status).toBe(200);
  const refused = await asked('order_by=customer');
  expect([refused.status, await refused.text()]).toEqual([403, expect.stringContaining("'customers:read'")]);
});

test('customers on a test clock are listed only with that clock', async () => {
  const { account } = server;
  await server.database.sql`
    insert into test_clocks (id, account, livemode, created, frozen_time, status, deletes_after)
    values ('clock_1', ${account}, false, 1, 1700000000, 'ready', 1)`;
  const { id, created } = await server.stripe.customers.create({ email: 'page@example.com', test_clock: 'clock_1' });
  expect(created).toBe(1_700_000_000);
  expect((await page({}))[0]).not.toContain(id);
  expect((await page({ test_clock: 'clock_1' }))[0]).toEqual([id]);
});

test('sorted lists, searches and lists by a part of a name take turns, and leave connections to whoever reads one object', async () => {
  const { sql } = server.database;
  const { id } = await server.stripe.customers.create({});
  const long = ['/v1/products?order_by=name', '/v1/products?name=desk', `/v1/products/search?query=${encodeURIComponent('name~"desk"')}`];
  const { locked, release } = await lockTable(sql, 'products');
  const asked = Array.from({ length: 24 }, (_, index) =>
    server.stripe.rawRequest('GET', String(long[index % 3]), undefined, { maxNetworkRetries: 0 }),
  );
  const answers = Promise.allSettled(asked);
  // While the table is locked, none of them has an answer.
  expect(await server.stripe.customers.retrieve(id)).toMatchObject({ id });
  release();
  await locked;
  expect((await answers).map(({ status }) => status)).toEqual(asked.map(() => 'fulfilled'));
});

/** Until it is released. */
async function lockTable(sql: TestServer['database']['sql'], table: string): Promise<{ locked: Promise<unknown>; release: () => void }> {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  let tell = (): void => undefined;
  const told = new Promise<void>((resolve) => (tell = resolve));
  const locked = sql.begin(async (tx) => {
    await tx`lock table ${tx(table)} in access exclusive mode`;
    tell();
    await released;
  });
  await told;
  return { locked, release };
}
