import Stripe from 'stripe';
import { createAccount } from '../../db/accounts';
import { spawnProgram, type ProgramProcess } from '../observability/program';
import { customerWith, priceOf } from '../support/builders';
import { createDatabase, temporalAddress, type TestDatabase } from '../support/stack';
import { until } from '../support/system';
import { startProxy, type TcpProxy } from '../../scripts/tcp-proxy';

interface Readyz {
  status: string;
  parts: Record<string, { status: string; since: string; reason?: string }>;
}

let database: TestDatabase;
let key: string;
let postgres: TcpProxy;
let temporal: TcpProxy;
let server: ProgramProcess;
let worker: ProgramProcess | undefined;
let env: Record<string, string>;

beforeAll(async () => {
  database = await createDatabase();
  key = (await createAccount(database.sql, { name: 'Tests' })).keys.test;
  const url = new URL(database.url);
  postgres = await startProxy({ host: url.hostname, port: Number(url.port) });
  const [host = '', port] = (await temporalAddress()).split(':');
  temporal = await startProxy({ host, port: Number(port) });
  url.hostname = '127.0.0.1';
  url.port = String(postgres.port);
  env = { DATABASE_URL: url.href, TEMPORAL_ADDRESS: `127.0.0.1:${String(temporal.port)}`, TASK_QUEUE: `operators-${String(process.pid)}` };
  server = await spawnProgram('server', env);
});

afterAll(async () => {
  await Promise.all([server.stop(), worker?.stop()]);
  await Promise.all([postgres.close(), temporal.close()]);
  await database.drop();
});

async function ask(url: string): Promise<{ status: number; body: Readyz; ms: number; text: string }> {
  const startedAt = performance.now();
  const response = await fetch(url, { headers: { Authorization: `Bearer ${key}` } });
  const text = await response.text();
  const body = (text.startsWith('{') ? JSON.parse(text) : {}) as Readyz;
  return { status: response.status, body, text, ms: performance.now() - startedAt };
}

const isReady = async (base: string): Promise<boolean> => (await ask(`${base}/readyz`)).status === 200;

test('a server without a worker runs, but is not ready, and reports what is away and since when', async () => {
  expect(await ask(`${server.url}/healthz`)).toMatchObject({ status: 200, body: { status: 'ok' } });
  const { status, body } = await ask(`${server.url}/readyz`);
  expect(status).toBe(503);
  expect(body).toMatchObject({
    status: 'not_ready',
    parts: { postgres: { status: 'up' }, temporal: { status: 'up' }, worker: { status: 'away', reason: 'no_worker' } },
  });
  expect(Date.parse(body.parts['worker']?.since ?? '')).toBeGreaterThan(Date.now() - 60_000);
});

test('with a worker both are ready, the worker on its own listener', async () => {
  worker = await spawnProgram('worker', env);
  const { operators } = worker;
  await until(() => isReady(server.url), { what: 'the server to be ready' });
  await until(() => isReady(operators), { what: 'the worker to be ready' });
  expect(await ask(`${operators}/healthz`)).toMatchObject({ status: 200 });
  expect((await ask(`${operators}/v1/customers`)).status).toBe(404);
});

test('while Postgres hangs, /healthz answers at once and /readyz within its deadline, however many requests there are', async () => {
  const before = postgres.open();
  postgres.hang();
  const answers = await Promise.all(Array.from({ length: 30 }, () => ask(`${server.url}/readyz`)));
  const alive = await ask(`${server.url}/healthz`);
  await until(async () => (await ask(`${server.url}/readyz`)).status === 503);
  const away = await ask(`${server.url}/readyz`);
  expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(3_500);
  expect(alive).toMatchObject({ status: 200 });
  expect(alive.ms).toBeLessThan(1_000);
  expect(away).toMatchObject({
    status: 503,
    body: { parts: { postgres: { status: 'away', reason: 'no_answer' }, temporal: { status: 'up' } } },
  });
  expect(away.ms).toBeLessThan(3_500);
  const since = away.body.parts['postgres']?.since;

  // `since` stays where it went away; no probe leaves its connection behind.
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  expect((await ask(`${server.url}/readyz`)).body.parts['postgres']?.since).toBe(since);
  expect(postgres.open()).toBeLessThan(before + 6);
  const metrics = await ask(`${server.operators}/metrics`);
  expect(metrics.ms).toBeLessThan(4_500);
  expect(metrics.text).toContain('dunlin_part_up{part="postgres"} 0');
  expect(metrics.text).toContain('dunlin_books_unreadable{books="held"} 1');
  expect(metrics.text).not.toMatch(/^dunlin_held_oldest_seconds /m);

  postgres.pass();
  await until(() => isReady(server.url), { what: 'the server to be ready again' });
  expect(server.log()).toContain('"part":"postgres","status":"away"');
});

test('while Temporal is away, the server reports it, and is ready when it is back', async () => {
  temporal.refuse();
  const away = await until(async () => {
    const answer = await ask(`${server.url}/readyz`);
    return answer.status === 503 ? answer : null;
  });
  expect(away.body.parts).toMatchObject({ postgres: { status: 'up' }, temporal: { status: 'away' }, worker: { status: 'away' } });
  expect(away.ms).toBeLessThan(3_500);
  temporal.pass();
  await until(() => isReady(server.url), { what: 'the server to be ready again', timeoutMs: 40_000 });
});

test('requests are counted by operation, method and class of status, and labels contain no personal data', async () => {
  await fetch(`${server.url}/v1/customers?email=ann%40example.com`, { headers: { Authorization: `Bearer ${key}` } });
  await fetch(`${server.url}/v1/customers/cus_nobody`, { headers: { Authorization: `Bearer ${key}` } });
  await fetch(`${server.url}/v1/customers`, { headers: { Authorization: 'Bearer sk_test_thisIsNoKeyOfOurs' } });
  const { text } = await until(async () => {
    const answer = await ask(`${server.operators}/metrics`);
    return /status="4xx"\} 1/.test(answer.text) ? answer : null;
  });
  expect(text).toMatch(/^dunlin_http_request_duration_seconds_count\{operation="\/v1\/customers",method="GET",status="2xx"\} [1-9]/m);
  expect(text).toContain('dunlin_http_request_duration_seconds_count{operation="/v1/customers/:customer",method="GET",status="4xx"} 1');
  expect(text).toMatch(/^dunlin_http_requests_in_flight \d/m);
  expect(text).toMatch(/^nodejs_eventloop_lag_seconds /m);
  expect(text).not.toMatch(/ann|cus_nobody|sk_test/);
  // The API's own port has none, because everyone who can reach the API can reach it.
  expect((await ask(`${server.url}/metrics`)).status).toBe(404);
});

test('a request without a valid key is logged with the masked key and its address', async () => {
  await until(() => server.log().includes('a request without a valid key'));
  const line =
    server
      .log()
      .split('\n')
      .find((each) => each.includes('a request without a valid key')) ?? '';
  expect(JSON.parse(line)).toMatchObject({ level: 40, status: 401, key: 'sk_test_********Ours', address: '127.0.0.1' });
  expect(server.log()).not.toContain('thisIsNoKey');
});

test('the worker exports its commits and activities, and Temporal’s own metrics, on one listener', async () => {
  const { operators = '' } = worker ?? {};
  const stripe = new Stripe(key, { host: '127.0.0.1', port: new URL(server.url).port, protocol: 'http', telemetry: false });
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe) }] });
  const { text } = await ask(`${operators}/metrics`);
  expect(text).toContain('dunlin_commit_duration_seconds_count{step="createSubscription",outcome="committed"} 1');
  expect(text).toContain('dunlin_activity_duration_seconds_count{activity="attemptPayment",outcome="completed"} 1');
  expect(text).toMatch(/^temporal_num_pollers\{/m);
  expect(text).toMatch(/^dunlin_build_info\{version="0\.1\.0-[\w.]+"\} 1/m);
});
