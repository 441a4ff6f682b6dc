import type Stripe from 'stripe';
import { customerWith, useCard } from '../support/builders';
import { startSystem, until, type TestSystem } from '../support/system';
import { DAY, monthlyPrice, subscribe, T0, untilReady } from './lifecycle';

let system: TestSystem;
let price: string;
beforeAll(async () => {
  system = await startSystem({ worker: false });
  price = await monthlyPrice(system);
}, 120_000);
afterAll(() => system.stop());

const newClock = async (): Promise<string> => (await system.stripe.testHelpers.testClocks.create({ frozen_time: T0 })).id;
const refusal = (call: Promise<unknown>): Promise<{ statusCode: number; code?: string }> =>
  call.then(
    () => Promise.reject(new Error('nothing was refused')),
    (error: unknown) => error as never,
  );

test('while a clock advances its customers are locked, and a second advance is refused; afterwards both work', async () => {
  const { stripe } = system;
  const clock = await newClock();
  const customer = await stripe.customers.create({ name: 'Ann', test_clock: clock });
  const advanced = await stripe.testHelpers.testClocks.advance(clock, { frozen_time: T0 + DAY });
  expect(advanced).toMatchObject({ status: 'advancing', frozen_time: T0, status_details: { advancing: { target_frozen_time: T0 + DAY } } });
  expect(await refusal(stripe.customers.update(customer.id, { name: 'Bea' }))).toMatchObject({ statusCode: 429, code: 'lock_timeout' });
  expect(await refusal(stripe.testHelpers.testClocks.advance(clock, { frozen_time: T0 + 2 * DAY }))).toMatchObject({ statusCode: 400 });
  await system.startWorker();
  expect(await untilReady(system, clock)).toMatchObject({ status: 'ready', frozen_time: T0 + DAY });
  expect((await stripe.customers.update(customer.id, { name: 'Bea' })).name).toBe('Bea');
  expect(await refusal(stripe.testHelpers.testClocks.advance(clock, { frozen_time: T0 }))).toMatchObject({ statusCode: 400 });
  const events = await system.database.sql<{ type: string }[]>`select type from events where object_id = ${clock} order by seq`;
  expect(events.map(({ type }) => type.split('.').at(-1))).toEqual(['created', 'advancing', 'ready']);
});

test('a year of monthly renewals is one call: each is paid at its own time', async () => {
  const clock = await newClock();
  const { subscription } = await subscribe(system, { clock, price });
  await system.stripe.testHelpers.testClocks.advance(clock, { frozen_time: T0 + 366 * DAY });
  await untilReady(system, clock);
  const invoices = (await system.stripe.invoices.list({ subscription: subscription.id, limit: 100 })).data;
  expect(invoices.length).toBe(13);
  expect(invoices.every(({ status, amount_paid: paid }) => status === 'paid' && paid === 1000)).toBe(true);
});

test('across customers and through dunning, everything happens in order of time', async () => {
  const clock = await newClock();
  const subscribed = await Promise.all(
    ['pm_card_visa', 'pm_card_chargeCustomerFail', 'pm_card_visa'].map((card) => subscribe(system, { clock, price, card })),
  );
  await system.stripe.testHelpers.testClocks.advance(clock, { frozen_time: T0 + 70 * DAY });
  await untilReady(system, clock);
  const customers = subscribed.map(({ customer }) => customer.id);
  const steps = await system.database.sql<{ at: number }[]>`
    select c.at from commits c join workflows w on w.id = c.workflow where w.customer = any(${customers}) order by c.seq`;
  const times = steps.map(({ at }) => at);
  expect(times.length).toBeGreaterThan(15);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  const failing = await system.stripe.subscriptions.retrieve(subscribed[1]?.subscription.id ?? '');
  expect(failing.status).toBe('canceled');
});

test('deleting a clock deletes its customers, ends their subscriptions and workflows, and leaves the books', async () => {
  const { stripe, database, temporal } = system;
  const clock = await newClock();
  const { customer, subscription } = await subscribe(system, { clock, price });
  await stripe.testHelpers.testClocks.advance(clock, { frozen_time: T0 + 40 * DAY });
  await untilReady(system, clock);
  expect(await stripe.testHelpers.testClocks.del(clock)).toMatchObject({ deleted: true });
  expect(await refusal(stripe.testHelpers.testClocks.retrieve(clock))).toMatchObject({ statusCode: 404 });
  expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ deleted: true });
  expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe('canceled');
  for (const workflow of [`subscription/${subscription.id}`, `test-clock/${clock}`]) {
    await until(async () => (await temporal.workflow.getHandle(workflow).describe()).status.name !== 'RUNNING', {
      what: `the end of ${workflow}`,
    });
  }
  const [books] = await database.sql<{ paid: number }[]>`
    select sum(amount)::bigint as paid from ledger_entries e join ledger_transactions t on t.id = e.transaction
    where t.customer = ${customer.id} and e.amount > 0`;
  expect(books?.paid).toBeGreaterThan(0);
});

interface OwnClock {
  held: string[];
  status_details: { advancing?: { started_frozen_time: number; progress: number; waiting_for: string[] } };
}
const shown = async (clock: string) =>
  (await system.stripe.testHelpers.testClocks.retrieve(clock)) as unknown as Stripe.TestHelpers.TestClock & OwnClock;
const cancel = (clock: string) =>
  system.stripe.rawRequest('POST', `/v1/test_helpers/test_clocks/${clock}/cancel_advance`, {}) as unknown as Promise<
    Stripe.TestHelpers.TestClock & OwnClock
  >;
const YEAR = 365 * DAY;

/** A subscription by the day, on its way over three years. */
async function onALongWay(): Promise<{ clock: string; customer: string; subscription: string }> {
  const { stripe } = system;
  const clock = await newClock();
  const { id: daily } = await stripe.prices.create({
    ...{ currency: 'usd', unit_amount: 100, recurring: { interval: 'day' }, product_data: { name: 'Day' } },
  });
  const { customer, subscription } = await subscribe(system, { clock, price: daily });
  await stripe.testHelpers.testClocks.advance(clock, { frozen_time: T0 + 3 * YEAR });
  await until(async () => (await shown(clock)).frozen_time > T0 + 3 * DAY, { timeoutMs: 60_000, what: 'the first days' });
  return { clock, customer: customer.id, subscription: subscription.id };
}

test('an advance over three years shows its progress, stops at once when it is canceled, and another one continues', async () => {
  const { stripe } = system;
  const { clock, subscription } = await onALongWay();
  const { status_details: details } = await shown(clock);
  expect(details.advancing).toMatchObject({ target_frozen_time: T0 + 3 * YEAR, started_frozen_time: T0 });
  expect(details.advancing?.progress).toBeLessThan(0.1);
  const canceled = await cancel(clock);
  expect(canceled).toMatchObject({ status: 'ready', status_details: {} });
  expect(canceled.frozen_time).toBeLessThan(T0 + 2 * YEAR);
  const calls = async () =>
    (
      await system.database.sql<{ n: number }[]>`select count(*)::int as n from commits where workflow = ${`subscription/${subscription}`}`
    )[0]?.n;
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  const before = await calls();
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(await calls()).toBe(before);
  expect((await shown(clock)).frozen_time).toBe(canceled.frozen_time);
  expect(await cancel(clock)).toMatchObject({ status: 'ready', frozen_time: canceled.frozen_time });
  const target = canceled.frozen_time + 2 * DAY;
  await stripe.testHelpers.testClocks.advance(clock, { frozen_time: target });
  expect(await untilReady(system, clock)).toMatchObject({ status: 'ready', frozen_time: target });
  const invoices = await stripe.invoices.list({ subscription, limit: 100 }).autoPagingToArray({ limit: 1_000 });
  expect(invoices.length).toBe(Math.floor((target - T0) / DAY) + 1);
}, 120_000);

test('an advance over more than 1,100 repetitions of a phase of a day is refused, whatever its price', async () => {
  const { stripe } = system;
  const clock = await newClock();
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock });
  const phases = [{ items: [{ price }], end_date: T0 + DAY }];
  await stripe.subscriptionSchedules.create({ customer, start_date: T0, end_behavior: 'renew', phases });
  const refused = await refusal(stripe.testHelpers.testClocks.advance(clock, { frozen_time: T0 + 1_101 * DAY }));
  expect(refused).toMatchObject({ statusCode: 400, param: 'frozen_time' });
  await stripe.testHelpers.testClocks.advance(clock, { frozen_time: T0 + 3 * DAY });
  expect(await untilReady(system, clock)).toMatchObject({ status: 'ready', frozen_time: T0 + 3 * DAY });
});

test('a clock that is deleted during an advance stops, and its workflows end', async () => {
  const { stripe, temporal } = system;
  const { clock, customer, subscription } = await onALongWay();
  expect(await stripe.testHelpers.testClocks.del(clock)).toMatchObject({ deleted: true });
  for (const workflow of [`subscription/${subscription}`, `test-clock/${clock}`]) {
    await until(async () => (await temporal.workflow.getHandle(workflow).describe()).status.name !== 'RUNNING', {
      timeoutMs: 5_000,
      what: `the end of ${workflow}`,
    });
  }
  expect(await stripe.customers.retrieve(customer)).toMatchObject({ deleted: true });
  expect((await stripe.subscriptions.retrieve(subscription)).status).toBe('canceled');
}, 120_000);

/** The first renewal was declined; the frozen time is at its first failure. */
async function declined(): Promise<{ clock: string; customer: string; subscription: string }> {
  const { stripe } = system;
  const clock = await newClock();
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock });
  const { id: subscription } = await stripe.subscriptions.create({ customer, items: [{ price }] });
  await useCard(stripe, customer, 'pm_card_chargeCustomerFail');
  await stripe.testHelpers.testClocks.advance(clock, { frozen_time: T0 + 30 * DAY + 3_600 });
  await untilReady(system, clock);
  expect((await stripe.subscriptions.retrieve(subscription)).status).toBe('past_due');
  return { clock, customer, subscription };
}

const faults = (fault: Record<string, unknown>) => system.stripe.rawRequest('POST', '/v1/test_helpers/sandbox/faults', fault);
const mend = () => system.stripe.rawRequest('DELETE', '/v1/test_helpers/sandbox/faults');

test('a charge that takes seconds, of a workflow that was woken, does not fail the advance', async () => {
  const { clock, customer, subscription } = await declined();
  await faults({ kind: 'fail_before', count: 3, match: 'charge' });
  await useCard(system.stripe, customer, 'pm_card_visa');
  await system.stripe.testHelpers.testClocks.advance(clock, { frozen_time: T0 + 31 * DAY });
  expect(await untilReady(system, clock)).toMatchObject({ status: 'ready', frozen_time: T0 + 31 * DAY });
  expect((await system.stripe.subscriptions.retrieve(subscription)).status).toBe('active');
});

test('while a processor is away the clock is advancing and shows which workflow it waits for; canceled it is ready, and a later advance continues', async () => {
  const { clock, customer, subscription } = await declined();
  await faults({ kind: 'outage', count: 1_000 });
  try {
    await useCard(system.stripe, customer, 'pm_card_visa');
    await system.stripe.testHelpers.testClocks.advance(clock, { frozen_time: T0 + 31 * DAY });
    const named = await until(async () => (await shown(clock)).status_details.advancing?.waiting_for[0], { what: 'a name' });
    expect(named).toMatch(/^(dunning|payment)\//);
    expect(await cancel(clock)).toMatchObject({ status: 'ready', frozen_time: T0 + 30 * DAY + 3_600 });
  } finally {
    await mend();
  }
  await system.stripe.testHelpers.testClocks.advance(clock, { frozen_time: T0 + 31 * DAY });
  expect(await untilReady(system, clock)).toMatchObject({ status: 'ready' });
  expect((await system.stripe.subscriptions.retrieve(subscription)).status).toBe('active');
}, 120_000);
