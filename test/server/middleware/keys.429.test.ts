import { startServer, type TestServer } from '../server';

let server: TestServer;
let behindProxy: TestServer;
beforeAll(async () => {
  [server, behindProxy] = await Promise.all([startServer(), startServer(undefined, { TRUSTED_PROXIES: 'loopback' })]);
});
afterEach(() => jest.restoreAllMocks());
afterAll(() => Promise.all([server.stop(), behindProxy.stop()]));

const statusWith = async (key: string, { at = server, from }: { at?: TestServer; from?: string } = {}): Promise<number> => {
  const headers = { Authorization: `Bearer ${key}`, ...(from === undefined ? {} : { 'X-Forwarded-For': from }) };
  return (await fetch(`${at.url}/v1/products`, { headers })).status;
};

test('the audit log has the address that a trusted proxy tells, else that of the connection, and never what is no address', async () => {
  const addressOf = async (at: TestServer, from: string): Promise<unknown> => {
    const headers = { Authorization: `Bearer ${at.keys.live}`, 'X-Forwarded-For': from };
    await fetch(`${at.url}/v1/products`, { method: 'POST', headers, body: new URLSearchParams({ name: 'Pro' }) });
    const [entry] = await at.database.sql<{ ip: string }[]>`select ip from audit_entries order by created desc, id desc limit 1`;
    await at.database.sql`delete from audit_entries`;
    return entry?.ip;
  };
  expect(await addressOf(server, '203.0.113.9')).toBe('127.0.0.1');
  expect(await addressOf(behindProxy, '203.0.113.9, 198.51.100.7')).toBe('198.51.100.7');
  expect(await addressOf(behindProxy, '::ffff:198.51.100.7')).toBe('198.51.100.7');
  expect(await addressOf(behindProxy, '<script>')).toBe('');
});

test('an address that tries many keys must wait, whatever its headers say of it, and the keys that worked there go on working', async () => {
  expect(await statusWith(server.keys.test)).toBe(200);
  for (let index = 0; index < 100; index += 1)
    expect(await statusWith(`sk_test_wrong${String(index)}`, { from: `198.51.100.${String(index)}` })).toBe(401);
  // The key is looked up again.
  const later = performance.now() + 31_000;
  jest.spyOn(performance, 'now').mockReturnValue(later);
  expect(await statusWith('sk_test_another', { from: '203.0.113.9' })).toBe(429);
  expect([await statusWith('sk_test_another'), await statusWith(server.keys.test)]).toEqual([429, 200]);
});

test('behind a proxy that is trusted, each buyer and caller counts apart, and what they forge before it counts for nothing', async () => {
  const at = behindProxy;
  for (let index = 0; index < 100; index += 1)
    expect(await statusWith(`sk_test_wrong${String(index)}`, { at, from: `203.0.113.${String(index)}, 198.51.100.1` })).toBe(401);
  expect(await statusWith('sk_test_another', { at, from: '203.0.113.200, 198.51.100.1' })).toBe(429);
  expect(await statusWith('sk_test_another', { at, from: '198.51.100.2' })).toBe(401);
});
