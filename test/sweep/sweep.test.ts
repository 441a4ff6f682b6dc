import { Client, Connection } from '@temporalio/client';
import { sweep } from '../../temporal/sweep';
import { startSystem, until, type TestSystem } from '../support/system';
import { DAY, monthlyPrice, subscribe, T0, untilReady } from '../test-clocks/lifecycle';
import { startReceiver } from '../webhooks/receiver';

let system: TestSystem;
let notified: string[];
beforeAll(async () => {
  system = await startSystem();
}, 120_000);
afterAll(() => system.stop());

const sweepNow = (): Promise<boolean> => {
  const { deps, temporal, taskQueue, database } = system;
  notified = [];
  const notifyEndpoints = (endpoints: string[]): void => {
    notified.push(...endpoints);
    deps.notify({ account: system.account, livemode: false }, 0, { wakes: [], endpoints });
  };
  return sweep({ sql: database.sql, client: temporal, taskQueue, appVersion: 'test', notifyEndpoints, logger: { warn: () => undefined } });
};

test('an event whose endpoint was not notified is delivered by the sweep', async () => {
  const inbox = await startReceiver();
  const endpoint = await system.stripe.webhookEndpoints.create({ url: inbox.url, enabled_events: ['product.created'] });
  const { notify } = system.deps;
  system.deps.notify = () => undefined;
  await system.stripe.products.create({ name: 'Unheard' });
  system.deps.notify = notify;
  await sweepNow();
  expect(notified).toEqual([]);
  await system.database.sql`update deliveries set next_attempt_at = now() - interval '2 minutes' where endpoint = ${endpoint.id}`;
  await sweepNow();
  await until(() => inbox.received.length === 1);
  await system.stripe.webhookEndpoints.del(endpoint.id);
  await inbox.close();
});

test('an advance whose clock was not notified is continued to its end', async () => {
  const clock = await system.stripe.testHelpers.testClocks.create({ frozen_time: T0 });
  await system.database.sql`
    update test_clocks set status = 'advancing', target_time = ${T0 + DAY}, status_details = '{"progress_at": 1}' where id = ${clock.id}`;
  await sweepNow();
  expect(await untilReady(system, clock.id)).toMatchObject({ status: 'ready', frozen_time: T0 + DAY });
});

test('a lost workflow is started again from its rows, and does what is due', async () => {
  const clock = await system.stripe.testHelpers.testClocks.create({ frozen_time: T0 });
  const { subscription } = await subscribe(system, { clock: clock.id, price: await monthlyPrice(system) });
  const id = `subscription/${subscription.id}`;
  await system.temporal.workflow.getHandle(id).terminate('lost');
  const due = T0 + 31 * DAY;
  await system.database.sql`update test_clocks set frozen_time = ${due} where id = ${clock.id}`;
  await sweepNow();
  expect((await system.temporal.workflow.getHandle(id).describe()).status.name).toBe('TERMINATED');
  await system.database.sql`update workflows set moved_at = now() - interval '2 minutes' where id = ${id}`;
  await sweepNow();
  const invoices = await until(async () => {
    const { data } = await system.stripe.invoices.list({ subscription: subscription.id });
    return data.length === 2 ? data : null;
  });
  expect(invoices[0]?.billing_reason).toBe('subscription_cycle');
});

test.each([
  ['/v1/forecasts', { months: 1 }],
  ['/v1/test_helpers/fills', { customers: 1, months: 1 }],
  ['/v1/imports', { source: 'csv', dry_run: true, csv: 'customer,start_date,price\ncus_nobody,2099-01-01,price_none' }],
])(
  'what POST %s has begun while Temporal was away is carried out',
  async (path, parameters) => {
    const { temporal } = system.deps;
    // Without interceptors it does not try ten times. That takes 20 seconds, in which the worker's own sweep may begin the work: what that
    // work asks of the API then reaches no Temporal either, and the sweep wakes its clock only a minute later.
    const away = Connection.lazy({ address: '127.0.0.1:1', connectTimeout: 100, interceptors: [] });
    system.deps.temporal = new Client({ connection: away });
    const { stripe } = system;
    await expect(stripe.rawRequest('POST', path, parameters)).rejects.toMatchObject({ statusCode: 503 });
    system.deps.temporal = temporal;
    await away.close();
    const last = async () => (await stripe.rawRequest('GET', `${path}?limit=1`)) as unknown as { data: { status: string }[] };
    await sweepNow();
    await until(async () => (await last()).data[0]?.status !== 'running', { timeoutMs: 60_000 });
    expect((await last()).data[0]?.status).toMatch(/^(completed|done)$/);
  },
  90_000,
);

test('of two concurrent sweeps one does nothing', async () => {
  await system.database.sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(7341001)`;
    expect(await sweepNow()).toBe(false);
  });
});
