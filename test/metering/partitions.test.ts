import { dropPartitionsBefore } from '../../db/metering/meter-events';
import { readUsage } from '../../db/metering/usage';
import { usageKey } from '../../domain/rows/usage';
import { startServer, type TestServer } from '../server/server';

const HOUR = 3600;
const DAY = 86_400;
let server: TestServer;
beforeAll(async () => void (server = await startServer()));
afterAll(() => server.stop());

test('an identifier counts once across the end of a month, and again after its window', async () => {
  const { stripe, database } = server;
  const now = Math.floor(Date.now() / 1000);
  const meter = await stripe.billing.meters.create({ display_name: 'm', event_name: 'turned', default_aggregation: { formula: 'sum' } });
  const { id: customer } = await stripe.customers.create({});
  const send = () =>
    stripe.billing.meterEvents.create({
      ...{ event_name: 'turned', identifier: 'turned', timestamp: now },
      payload: { stripe_customer_id: customer, value: '1' },
    });
  const counted = async () => {
    const window = { meter: meter.id, filters: {}, from: now - HOUR, to: now + HOUR };
    const usage = await readUsage(database.sql, { account: server.account, livemode: false, customer }, [window]);
    return usage.get(usageKey(window))?.quantity;
  };
  const age = async (days: number): Promise<void> => {
    await database.sql`select add_meter_partition(now() - ${`${String(days)} days`}::interval)`;
    await database.sql`update meter_events set received = received - ${days * DAY * 1_000_000}::bigint`;
  };
  await send();
  await age(35);
  await send();
  expect(await counted()).toBe('1');
  await age(2);
  await send();
  expect(await counted()).toBe('2');
});

test('old events are dropped by the month, with everything older; roll-ups stay', async () => {
  const { sql } = server.database;
  const january = Date.UTC(2020, 0, 20) / 1000;
  for (const month of [january, january + 31 * DAY]) {
    await sql`select add_meter_partition(to_timestamp(${month}::float8))`;
    await sql`insert into meter_events (received, at, series, content, identifier) values (${month * 1_000_000}::bigint, ${month}, 0, 0, gen_random_uuid())`;
  }
  await sql`insert into meter_rollups (series, hour, events) values (0, ${Math.floor(january / HOUR)}, 1)`;
  expect(await sql.begin((tx) => dropPartitionsBefore(tx, january + 20 * DAY))).toEqual(['meter_events_2020_01']);
  const left = await sql`select received from meter_events where series = 0`;
  const rolled = await sql`select events from meter_rollups where series = 0`;
  expect([left.length, rolled.length]).toEqual([1, 1]);
});
