import { sessionsThatWait } from '../support/stack';
import { startSystem, until, type TestSystem } from '../support/system';
import { spawnWorker } from '../support/worker-process';

/** alerts.test.ts has what a lost wake and a worker that is away do. */
let system: TestSystem;
beforeAll(async () => {
  system = await startSystem({ sweepEveryMs: 3_600_000 });
}, 120_000);
afterAll(() => system.stop());

interface Told {
  alert: { id: string };
  customer: string;
  value: number;
}

const told = async (alert: string): Promise<Told[]> => {
  const { data } = await system.stripe.events.list({ type: 'billing.alert.triggered', limit: 100 });
  return data.map((event) => event.data.object as unknown as Told).filter((each) => each.alert.id === alert);
};

test('a worker that is killed while it checks alerts triggers none twice, and the next worker continues', async () => {
  const { stripe } = system;
  const { sql } = system.database;
  const { id: meter } = await stripe.billing.meters.create({
    ...{ display_name: 'Calls', event_name: 'killed' },
    default_aggregation: { formula: 'sum' },
  });
  const { id: customer } = await stripe.customers.create({});
  const { id: alert } = await stripe.billing.alerts.create({
    ...{ title: 'at 5', alert_type: 'usage_threshold' },
    usage_threshold: { meter, gte: 5, recurrence: 'one_time' },
  });
  await system.stopWorker();
  await stripe.billing.meterEvents.create({ event_name: 'killed', payload: { stripe_customer_id: customer, value: '5' } });
  await sql.begin(async (tx) => {
    await tx`select 1 from customers where id = ${customer} for update`;
    const worker = await spawnWorker(system);
    // It is in the midst of a commit: it waits for the customer.
    await until(async () => (await sessionsThatWait(sql)) > 0);
    await worker.kill();
  });
  expect(await told(alert)).toEqual([]);
  await system.startWorker();
  await until(async () => (await told(alert)).length === 1, { timeoutMs: 60_000 });
  await until(
    async () => (await sql`select 1 from workflows where customer = ${customer} and next_due is not null and kind = 'usage'`).length === 0,
  );
  expect(await told(alert)).toMatchObject([{ customer, value: 5 }]);
}, 120_000);
