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
])('an invalid list is refused: %j', async (parameters, refusal) => {
  expect(await refusalOf(server.stripe.customers.list(parameters as never))).toMatchObject({ statusCode: 400, ...refusal });
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
