import { setTimeout as sleep } from 'node:timers/promises';
import type Stripe from 'stripe';
import { startSystem, until, type TestSystem } from '../support/system';
import { startProxy, type TcpProxy } from '../../scripts/tcp-proxy';

/** Workers whose way to Postgres is cut while subscriptions are due, and who are started again afterwards. */
let system: TestSystem;
let proxy: TcpProxy;
beforeAll(async () => {
  system = await startSystem({
    sweepEveryMs: 2_000,
    async workerDatabase(text) {
      const url = new URL(text);
      proxy = await startProxy({ host: url.hostname, port: Number(url.port) });
      url.port = String(proxy.port);
      return url.href;
    },
  });
}, 120_000);
afterAll(async () => {
  await system.stop();
  await proxy.close();
});

const OUTAGE_MS = 12_000;

/** Subscriptions whose trials end in so many seconds, in real time. */
async function trialsEndingIn(seconds: number, count: number): Promise<Stripe.Subscription[]> {
  const { stripe } = system;
  const price = await stripe.prices.create({
    currency: 'usd',
    unit_amount: 700,
    recurring: { interval: 'month' },
    product_data: { name: 'Trial' },
  });
  const customers = await Promise.all(
    Array.from({ length: count }, async () => {
      const customer = await stripe.customers.create({ name: 'Outage' });
      const card = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
      return stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: card.id } });
    }),
  );
  const trialEnd = Math.floor(Date.now() / 1000) + seconds;
  return Promise.all(
    customers.map(({ id }) => stripe.subscriptions.create({ customer: id, items: [{ price: price.id }], trial_end: trialEnd })),
  );
}

/** What Temporal says went wrong with the workflow tasks of these subscriptions. */
async function taskFailuresOf(subscriptions: Stripe.Subscription[]): Promise<string[]> {
  const failures: string[] = [];
  for (const { id } of subscriptions) {
    const { events } = await system.temporal.workflow.getHandle(`subscription/${id}`).fetchHistory();
    for (const event of events ?? []) {
      const failure = event.workflowTaskFailedEventAttributes?.failure?.message;
      if (failure) failures.push(failure);
    }
  }
  return failures;
}

async function untilActive(subscriptions: Stripe.Subscription[]): Promise<void> {
  await until(
    async () => {
      const now = await Promise.all(subscriptions.map(({ id }) => system.stripe.subscriptions.retrieve(id)));
      return now.every(({ status }) => status === 'active');
    },
    { timeoutMs: 45_000, what: 'the end of all trials' },
  );
}

test.each(['hang', 'refuse'] as const)(
  'trials that end while Postgres is away (%s) end when it is back, also if the workers are restarted, each once',
  async (mode) => {
    const subscriptions = await trialsEndingIn(4, 6);
    await sleep(2_500);
    proxy[mode]();
    await sleep(OUTAGE_MS);
    proxy.pass();
    await system.stopWorker();
    await system.startWorker();
    await untilActive(subscriptions);
    expect(await taskFailuresOf(subscriptions)).toEqual([]);
    for (const { id } of subscriptions) {
      const invoices = await system.stripe.invoices.list({ subscription: id });
      expect(invoices.data.map(({ billing_reason: reason }) => reason)).toEqual(['subscription_cycle', 'subscription_create']);
    }
  },
  120_000,
);

test('a fraud step that cannot read its facts waits for Postgres, and the card is charged once', async () => {
  const { stripe, database } = system;
  const customer = await stripe.customers.create({ name: 'Waits' });
  const card = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
  const intent = await stripe.paymentIntents.create({ customer: customer.id, amount: 1500, currency: 'usd', payment_method: card.id });
  // The commit that opens the attempt passes; what the fraud step reads after it is locked away.
  await database.sql.unsafe(`
    create function hide_methods() returns trigger language plpgsql as $$ begin perform pg_notify('opened', new.id); return null; end $$;
    create trigger hide_methods after insert on payment_attempts for each row execute function hide_methods()`);
  const locker = await database.sql.reserve();
  let confirmed: Promise<Stripe.PaymentIntent> | null = null;
  const listening = await database.sql.listen('opened', () => {
    void locker`begin`.then(() => locker`lock table payment_attempts in access exclusive mode`);
  });
  confirmed = stripe.paymentIntents.confirm(intent.id, {}, { timeout: 60_000 });
  await sleep(9_000);
  await locker`commit`;
  locker.release();
  expect((await confirmed).status).toBe('succeeded');
  const charges = await stripe.charges.list({ customer: customer.id });
  expect(charges.data.map(({ amount, status }) => [amount, status])).toEqual([[1500, 'succeeded']]);
  await listening.unlisten();
}, 90_000);
