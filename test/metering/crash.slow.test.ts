/** two-servers.test.ts of deploy has an event that is sent to both, and once.test.ts of domain/usage what counts once. */
import type Stripe from 'stripe';
import { readUsage } from '../../db/metering/usage';
import { usageKey } from '../../domain/rows/usage';
import { startServer, type TestServer } from '../server/server';
import { spawnServer, type ServerProcess } from './server-process';

const HOUR = 3600;
const EVENTS = 300;

let server: TestServer;
const processes: ServerProcess[] = [];
beforeAll(async () => void (server = await startServer()));
afterEach(() => Promise.all(processes.splice(0).map((each) => each.kill())));
afterAll(() => server.stop());

async function start(): Promise<ServerProcess> {
  const started = await spawnServer(server);
  processes.push(started);
  return started;
}

interface World {
  meter: string;
  customer: string;
  /** Three in a second, in two hours; their values are 1. */
  eventOf: (index: number) => Stripe.Billing.MeterEventCreateParams;
  counted: () => Promise<{ quantity: string; events: number } | undefined>;
}

async function world(eventName: string): Promise<World> {
  const terms = { display_name: 'm', event_name: eventName, default_aggregation: { formula: 'sum' as const } };
  const { id: meter } = await server.stripe.billing.meters.create(terms);
  const { id: customer } = await server.stripe.customers.create({});
  const from = Math.floor(Date.now() / 1000 / HOUR) * HOUR - 2 * HOUR;
  const window = { meter, filters: {}, from, to: from + 2 * HOUR };
  return {
    meter,
    customer,
    eventOf: (index) => ({
      event_name: eventName,
      identifier: `${eventName} ${String(index)}`,
      timestamp: from + HOUR - 500 + Math.floor(index / 3),
      payload: { stripe_customer_id: customer, value: '1' },
    }),
    counted: async () =>
      (await readUsage(server.deps.sql, { account: server.account, livemode: false, customer }, [window])).get(usageKey(window)),
  };
}

/** `atOnce` clients, who share out the events; each stops at its first failure. The events that were answered. */
async function sendAll(sender: (index: number) => Stripe, { eventOf }: World, atOnce: number): Promise<Set<number>> {
  const answered = new Set<number>();
  let next = 0;
  const work = async (client: number): Promise<void> => {
    while (next < EVENTS) {
      const index = (next += 1) - 1;
      await sender(client).billing.meterEvents.create(eventOf(index));
      answered.add(index);
    }
  };
  await Promise.allSettled(Array.from({ length: atOnce }, (_, client) => work(client)));
  return answered;
}

test('a server that is killed in the middle of a stream has stored every event that it answered, and a repeated event counts once', async () => {
  const story = await world('killed');
  const first = await start();
  const stripe = first.as(server.keys.test);
  const sending = sendAll(() => stripe, story, 32);
  while (((await story.counted())?.events ?? 0) < 60) await new Promise((resolve) => setTimeout(resolve, 5));
  await first.kill();
  const answered = await sending;
  expect(answered.size).toBeLessThan(EVENTS);
  expect((await story.counted())?.events).toBeGreaterThanOrEqual(answered.size);
  const second = (await start()).as(server.keys.test);
  const again = await sendAll(() => second, story, 32);
  expect(again.size).toBe(EVENTS);
  expect(await story.counted()).toEqual({ quantity: String(EVENTS), events: EVENTS });
});

test('two servers and eight clients that all send the same events count each once', async () => {
  const story = await world('shared');
  const [first, second] = await Promise.all([start(), start()]);
  const clients = [first, second].map((each) => each.as(server.keys.test));
  const two = await Promise.all(clients.map((client) => sendAll(() => client, story, 4)));
  expect(two.map((answered) => answered.size)).toEqual([EVENTS, EVENTS]);
  expect(await story.counted()).toEqual({ quantity: String(EVENTS), events: EVENTS });
  const [row] = await server.database.sql<{ events: number }[]>`
    select count(*) as events from meter_events e join meter_series s on s.id = e.series where s.customer = ${story.customer}`;
  expect(row?.events).toBe(EVENTS);
});
