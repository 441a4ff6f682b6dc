/** delivery.test.ts has the order, and the smoke test of chaos a worker that is killed. */
import { startSystem, until, type TestSystem } from '../support/system';
import { spawnWorker } from '../support/worker-process';
import { startReceiver } from './receiver';

let system: TestSystem;
beforeAll(async () => {
  system = await startSystem({ worker: false });
}, 120_000);
afterAll(() => system.stop());

test('a worker killed during a delivery loses no event, and keeps the order', async () => {
  const { stripe } = system;
  const inbox = await startReceiver();
  inbox.answer(() => 'never');
  await stripe.webhookEndpoints.create({ url: inbox.url, enabled_events: ['customer.created', 'customer.updated'] });
  const customer = await stripe.customers.create({ name: '0' });
  for (const name of ['1', '2', '3']) await stripe.customers.update(customer.id, { name });
  const first = await spawnWorker(system);
  await until(() => inbox.received.length === 1);
  await first.kill();
  inbox.answer(() => ({ status: 200 }));
  const second = await spawnWorker(system);
  await until(() => inbox.received.length === 5, { timeoutMs: 40_000 });
  expect(inbox.received.map(({ event }) => (event.data.object as { name: string }).name)).toEqual(['0', '0', '1', '2', '3']);
  expect(await second.stop()).toBe(0);
  await inbox.close();
}, 120_000);
