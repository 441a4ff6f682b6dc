import { startServer, type TestServer } from '../server';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterEach(() => jest.restoreAllMocks());
afterAll(() => server.stop());

const statusWith = async (key: string): Promise<number> =>
  (await fetch(`${server.url}/v1/products`, { headers: { Authorization: `Bearer ${key}` } })).status;

test('an address that tries many keys must wait, and the keys that worked there go on working', async () => {
  expect(await statusWith(server.keys.test)).toBe(200);
  for (let index = 0; index < 100; index += 1) expect(await statusWith(`sk_test_wrong${String(index)}`)).toBe(401);
  // The key is looked up again.
  const later = performance.now() + 31_000;
  jest.spyOn(performance, 'now').mockReturnValue(later);
  expect([await statusWith('sk_test_another'), await statusWith(server.keys.test)]).toEqual([429, 200]);
});
