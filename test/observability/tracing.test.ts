import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import { createAccount } from '../../db/accounts';
import { customerWith, priceOf } from '../support/builders';
import { createDatabase, temporalAddress, type TestDatabase } from '../support/stack';
import { until } from '../support/system';
import { spawnProgram, type ProgramProcess } from './program';

jest.setTimeout(120_000);

interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  service: string;
}

interface Export {
  resourceSpans: {
    resource: { attributes: { key: string; value: { stringValue: string } }[] };
    scopeSpans: { spans: Omit<Span, 'service'>[] }[];
  }[];
}

let database: TestDatabase;
let collector: Server;
let programs: ProgramProcess[];
let key: string;
/** What the collector was sent, as it came. */
const bodies: string[] = [];

beforeAll(async () => {
  database = await createDatabase();
  key = (await createAccount(database.sql, { name: 'Tests' })).keys.test;
  collector = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      if (request.url === '/v1/traces') bodies.push(body);
      response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  const env = {
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: await temporalAddress(),
    TASK_QUEUE: `traced-${String(process.pid)}`,
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${String((collector.address() as AddressInfo).port)}`,
    OTEL_BSP_SCHEDULE_DELAY: '200',
  };
  programs = await Promise.all([spawnProgram('server', env), spawnProgram('worker', env)]);
});

afterAll(async () => {
  await Promise.all(programs.map((program) => program.stop()));
  collector.closeAllConnections();
  await new Promise((resolve) => collector.close(resolve));
  await database.drop();
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function spans(): Span[] {
  return bodies.flatMap((body) =>
    (JSON.parse(body) as Export).resourceSpans.flatMap(({ resource, scopeSpans }) => {
      const service = resource.attributes.find((attribute) => attribute.key === 'service.name')?.value.stringValue ?? '';
      return scopeSpans.flatMap((scope) => scope.spans.map((span) => ({ ...span, service })));
    }),
  );
}

test('starting a subscription is one trace, from the request through the workflow to the charge', async () => {
  const { hostname, port } = new URL(programs[0]?.url ?? '');
  const stripe = new Stripe(key, { host: hostname, port, protocol: 'http', maxNetworkRetries: 0, telemetry: false });
  const { customer } = await customerWith(stripe, 'pm_card_visa', { name: 'Ada Lovelace', email: 'ada@example.com' });
  const price = await priceOf(stripe);
  await stripe.subscriptions.create({ customer, items: [{ price }] });

  const trace = await until(() => {
    const request = spans().find(({ name }) => name === 'POST /v1/subscriptions');
    const ofIt = spans().filter(({ traceId }) => traceId === request?.traceId);
    return ofIt.some(({ name }) => name === 'RunActivity:attemptPayment') ? ofIt : null;
  });
  const named = (name: string): Span | undefined => trace.find((span) => span.name === name);
  expect(named('POST /v1/subscriptions')).toMatchObject({ service: 'dunlin-server' });
  expect(named('RunActivity:attemptPayment')).toMatchObject({ service: 'dunlin-worker' });
  expect(named('RunActivity:commit/createSubscription')).toMatchObject({ service: 'dunlin-worker' });
  const ids = new Set(trace.map(({ spanId }) => spanId));
  const request = named('POST /v1/subscriptions');
  const toTemporal = trace.find(({ parentSpanId }) => parentSpanId === request?.spanId);
  expect(toTemporal).toMatchObject({ name: expect.stringMatching(/:createSubscription$/) as string, service: 'dunlin-server' });
  expect(ids.size).toBe(trace.length);
});

test('the collector receives ids and names of operations, and no personal data', () => {
  const all = bodies.join('\n');
  expect(all).toContain('/v1/subscriptions');
  expect(all).toContain('"dunlin.request"');
  expect(all).not.toMatch(/ada@example\.com|Lovelace|DunlinStatus|exception\.message|stack/);
});
