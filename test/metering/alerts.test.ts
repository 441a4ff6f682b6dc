import type Stripe from 'stripe';
import { sweep } from '../../temporal/sweep';
import { startSystem, until, type TestSystem } from '../support/system';
import { T0 } from '../test-clocks/lifecycle';

let system: TestSystem;
beforeAll(async () => {
  system = await startSystem({ sweepEveryMs: 3_600_000 });
}, 120_000);
afterAll(() => system.stop());

const post = (path: string, parameters: object) => system.stripe.rawRequest('POST', path, { ...parameters }) as Promise<{ id: string }>;
const meterOf = async (name: string) => {
  const { id } = await system.stripe.billing.meters.create({
    ...{ display_name: name, event_name: name },
    default_aggregation: { formula: 'sum' },
  });
  return id;
};
const use = (event_name: string, customer: string, value: number, more: Partial<Stripe.Billing.MeterEventCreateParams> = {}) =>
  system.stripe.billing.meterEvents.create({ event_name, payload: { stripe_customer_id: customer, value: String(value) }, ...more });

interface Told {
  alert: { id: string };
  customer: string;
  value: number;
}

const told = async (alert: string): Promise<Told[]> => {
  const { data } = await system.stripe.events.list({ type: 'billing.alert.triggered', limit: 100 });
  return data.map((event) => event.data.object as unknown as Told).filter((each) => each.alert.id === alert);
};

const alertOn = (meter: string, gte: number, customer?: string) =>
  system.stripe.billing.alerts.create({
    ...{ title: `at ${String(gte)}`, alert_type: 'usage_threshold' },
    usage_threshold: { meter, gte, recurrence: 'one_time', ...(customer ? { filters: [{ type: 'customer', customer }] } : {}) },
  });

/** Everything that usage has woken has looked at its rows. */
const settled = (customer: string) =>
  until(async () => {
    const rows = await system.database
      .sql`select 1 from workflows where customer = ${customer} and next_due is not null and kind = 'usage'`;
    return rows.length === 0;
  });

test('an alert on all customers triggers once for each, however many events arrive at once, and not below its threshold', async () => {
  const meter = await meterOf('crowd');
  const alert = await alertOn(meter, 100);
  const customers = await Promise.all([1, 2, 3].map(() => system.stripe.customers.create({})));
  const [ann, bob, cleo] = customers.map(({ id }) => id) as [string, string, string];
  const senders = Array.from({ length: 8 }, async () => {
    for (let n = 0; n < 10; n += 1) await Promise.all([use('crowd', ann, 5), use('crowd', bob, 2)]);
  });
  await Promise.all([...senders, use('crowd', cleo, 99)]);
  await until(async () => (await told(alert.id)).length === 2);
  await Promise.all([settled(ann), settled(bob), settled(cleo)]);
  const all = await told(alert.id);
  expect(all.map(({ customer }) => customer).sort()).toEqual([ann, bob].sort());
  for (const { customer, value } of all) {
    expect(value).toBeGreaterThanOrEqual(100);
    expect(value).toBeLessThanOrEqual(customer === ann ? 400 : 160);
  }
  await use('crowd', cleo, 1);
  await until(async () => (await told(alert.id)).length === 3);
  expect((await told(alert.id)).find(({ customer }) => customer === cleo)?.value).toBe(100);
});

test('an alert counts from its activation, triggers again after another one, and does not trigger while inactive', async () => {
  const meter = await meterOf('phases');
  const { id: customer } = await system.stripe.customers.create({});
  const past = Math.floor(Date.now() / 1000) - 60;
  await use('phases', customer, 1_000, { timestamp: past });
  const alert = await alertOn(meter, 10, customer);
  expect(alert).toMatchObject({ object: 'billing.alert', status: 'active', usage_threshold: { gte: 10, meter, filters: [{ customer }] } });
  await use('phases', customer, 9);
  await settled(customer);
  expect(await told(alert.id)).toEqual([]);
  expect(await system.stripe.billing.alerts.deactivate(alert.id)).toMatchObject({ status: 'inactive' });
  await use('phases', customer, 5);
  expect(await told(alert.id)).toEqual([]);
  // Seconds are whole: what came in the second of the activation counts for it.
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  expect(await system.stripe.billing.alerts.activate(alert.id)).toMatchObject({ status: 'active' });
  await use('phases', customer, 10);
  await until(async () => (await told(alert.id)).length === 1);
  expect(await told(alert.id)).toMatchObject([{ customer, value: 10 }]);
  await use('phases', customer, 50);
  await settled(customer);
  expect((await told(alert.id)).length).toBe(1);
  expect((await system.stripe.billing.alerts.list({ meter })).data.map(({ id }) => id)).toEqual([alert.id]);
  expect(await system.stripe.billing.alerts.archive(alert.id)).toMatchObject({ status: 'archived' });
  expect((await system.stripe.billing.alerts.list({ meter })).data).toEqual([]);
  expect(await system.stripe.billing.alerts.retrieve(alert.id)).toMatchObject({ status: 'archived' });
  await expect(system.stripe.billing.alerts.activate(alert.id)).rejects.toThrow('archived');
});

test('a wrong alert is refused with its parameter, and nothing is created', async () => {
  const create = (parameters: object) => post('/v1/billing/alerts', { title: 'x', ...parameters });
  const spend = { currency: 'usd', gte: 1, recurrence: 'billing_period' };
  await expect(create({ alert_type: 'usage_threshold' })).rejects.toMatchObject({ param: 'usage_threshold' });
  await expect(create({ alert_type: 'usage_threshold', spend_threshold: spend })).rejects.toMatchObject({ param: 'usage_threshold' });
  const usage = { meter: 'mtr_no', gte: 1, recurrence: 'one_time' };
  await expect(create({ alert_type: 'usage_threshold', usage_threshold: usage })).rejects.toMatchObject({
    param: 'usage_threshold[meter]',
  });
  await expect(create({ alert_type: 'usage_threshold', usage_threshold: { ...usage, gte: 0 } })).rejects.toMatchObject({
    param: 'usage_threshold[gte]',
  });
});

test('an alert triggers once, even if its wake is lost or its worker is away', async () => {
  const meter = await meterOf('lost');
  const { id: customer } = await system.stripe.customers.create({});
  const alert = await alertOn(meter, 1);
  await system.stopWorker();
  await use('lost', customer, 3);
  const id = `usage/${customer}`;
  await until(
    async () =>
      (await system.temporal.workflow
        .getHandle(id)
        .describe()
        .catch(() => null)) !== null,
  );
  await system.temporal.workflow.getHandle(id).terminate('lost');
  const [row] = await system.database.sql`select next_due, ended_at from workflows where id = ${id}`;
  expect(row).toMatchObject({ endedAt: null });
  expect(Number(row?.['nextDue'])).toBeLessThanOrEqual(Math.floor(Date.now() / 1000));
  await system.database.sql`update workflows set moved_at = now() - interval '5 minutes', next_due = next_due - 120 where id = ${id}`;
  const { temporal, taskQueue, database } = system;
  const quiet = { appVersion: 'test', notifyEndpoints: () => undefined, logger: { warn: () => undefined } };
  await sweep({ sql: database.sql, client: temporal, taskQueue, ...quiet });
  await system.startWorker();
  await until(async () => (await told(alert.id)).length === 1);
  await settled(customer);
  expect(await told(alert.id)).toMatchObject([{ customer, value: 3 }]);
});

describe('billing thresholds', () => {
  const subscribe = async (event: string, of: { clock?: string }) => {
    const { stripe } = system;
    const meter = await meterOf(event);
    const price = await stripe.prices.create({
      ...{ currency: 'usd', unit_amount: 10, product_data: { name: 'Calls' } },
      recurring: { interval: 'month', usage_type: 'metered', meter },
    });
    const { id: customer } = await stripe.customers.create(of.clock === undefined ? {} : { test_clock: of.clock });
    const card = await stripe.paymentMethods.attach('pm_card_visa', { customer });
    const subscription = await stripe.subscriptions.create({
      ...{ customer, items: [{ price: price.id }], default_payment_method: card.id },
      billing_thresholds: { amount_gte: 1_000 },
    });
    return { customer, subscription: subscription.id };
  };
  const drafts = async (subscription: string) => {
    const { data } = await system.stripe.invoices.list({ subscription });
    return data.filter((invoice) => invoice.billing_reason === 'subscription_threshold');
  };

  test('bill usage that reaches the amount without a request, in real time', async () => {
    const { customer, subscription } = await subscribe('calls', {});
    await use('calls', customer, 99);
    await settled(customer);
    expect(await drafts(subscription)).toEqual([]);
    await use('calls', customer, 21);
    const [invoice] = await until(async () => {
      const found = await drafts(subscription);
      return found.length > 0 ? found : null;
    });
    expect(invoice).toMatchObject({ subtotal: 1_200, billing_reason: 'subscription_threshold' });
  });

  test('and on a test clock that does not move', async () => {
    const clock = await system.stripe.testHelpers.testClocks.create({ frozen_time: T0 });
    const { customer, subscription } = await subscribe('clocked', { clock: clock.id });
    await Promise.all(Array.from({ length: 8 }, () => use('clocked', customer, 15)));
    const [invoice] = await until(async () => {
      const found = await drafts(subscription);
      return found.length > 0 ? found : null;
    });
    expect(invoice?.created).toBe(T0);
    const rest = await until(async () => {
      const [row] = await system.database.sql`
        select next_due from workflows where id = ${`subscription/${subscription}`} and next_due > ${T0}`;
      return row ?? null;
    });
    expect(rest).toBeDefined();
    const all = await drafts(subscription);
    // However the eight came in, what was billed by now is never more than was used, and nothing of it twice.
    expect(all.reduce((sum, each) => sum + each.subtotal, 0)).toBeLessThanOrEqual(1_200);
    expect(all.every((each) => each.subtotal >= 1_000)).toBe(true);
  });
});

test('a spend alert triggers once in a period, and again in the next', async () => {
  const { stripe } = system;
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: T0 });
  const meter = await meterOf('spend');
  const product = { product_data: { name: 'Calls' } };
  const metered = await stripe.prices.create({
    ...{ currency: 'usd', unit_amount: 10, ...product },
    recurring: { interval: 'month', usage_type: 'metered', meter },
  });
  const base = await stripe.prices.create({ currency: 'usd', unit_amount: 2_000, ...product, recurring: { interval: 'month' } });
  const { id: customer } = await stripe.customers.create({ test_clock: clock.id });
  const card = await stripe.paymentMethods.attach('pm_card_visa', { customer });
  const alert = await post('/v1/billing/alerts', {
    ...{ title: 'budget', alert_type: 'spend_threshold' },
    spend_threshold: { currency: 'usd', gte: 3_000, recurrence: 'billing_period', filters: [{ type: 'customer', customer }] },
  });
  const items = [{ price: base.id }, { price: metered.id }];
  await stripe.subscriptions.create({ customer, items, default_payment_method: card.id });
  // 2000 in advance and 99 × 10.
  await use('spend', customer, 99);
  await settled(customer);
  expect(await told(alert.id)).toEqual([]);
  await use('spend', customer, 1);
  await until(async () => (await told(alert.id)).length === 1);
  await use('spend', customer, 500);
  await settled(customer);
  expect(await told(alert.id)).toMatchObject([{ customer, value: 3_000 }]);
  await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: T0 + 31 * 86_400 });
  await until(async () => (await stripe.testHelpers.testClocks.retrieve(clock.id)).status === 'ready', { timeoutMs: 60_000 });
  expect((await told(alert.id)).length).toBe(1);
  await use('spend', customer, 150);
  await until(async () => (await told(alert.id)).length === 2);
  expect((await told(alert.id)).map(({ value }) => value).sort()).toEqual([3_000, 3_500]);
}, 120_000);
