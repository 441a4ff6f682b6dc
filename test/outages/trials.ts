import { setTimeout as sleep } from 'node:timers/promises';
import type Stripe from 'stripe';
import { startProxy, type TcpProxy } from '../../scripts/tcp-proxy';
import { startSystem, until, type TestSystem } from '../support/system';

/** A product whose workers' way to Postgres can be cut. */
export interface CutOff {
  system: TestSystem;
  proxy: TcpProxy;
  stop(): Promise<void>;
}

export async function startCutOff(): Promise<CutOff> {
  const made: { proxy?: TcpProxy } = {};
  const system = await startSystem({
    sweepEveryMs: 2_000,
    async workerDatabase(text) {
      const url = new URL(text);
      made.proxy = await startProxy({ host: url.hostname, port: Number(url.port) });
      url.port = String(made.proxy.port);
      return url.href;
    },
  });
  const { proxy } = made;
  if (!proxy) throw new Error('the worker does not use the proxy');
  return {
    ...{ system, proxy },
    async stop() {
      await system.stop();
      await proxy.close();
    },
  };
}

const OUTAGE_MS = 12_000;

/** Subscriptions whose trials end in so many seconds, in real time. */
async function trialsEndingIn({ stripe }: TestSystem, seconds: number, count: number): Promise<Stripe.Subscription[]> {
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
async function taskFailuresOf({ temporal }: TestSystem, subscriptions: Stripe.Subscription[]): Promise<string[]> {
  const failures: string[] = [];
  for (const { id } of subscriptions) {
    const { events } = await temporal.workflow.getHandle(`subscription/${id}`).fetchHistory();
    for (const event of events ?? []) {
      const failure = event.workflowTaskFailedEventAttributes?.failure?.message;
      if (failure) failures.push(failure);
    }
  }
  return failures;
}

async function untilActive({ stripe }: TestSystem, subscriptions: Stripe.Subscription[]): Promise<void> {
  await until(
    async () => {
      const now = await Promise.all(subscriptions.map(({ id }) => stripe.subscriptions.retrieve(id)));
      return now.every(({ status }) => status === 'active');
    },
    { timeoutMs: 45_000, what: 'the end of all trials' },
  );
}

/** Trials end while workers cannot reach Postgres; the workers are started again afterwards. */
export async function expectTrialsToEnd({ system, proxy }: CutOff, cut: 'hang' | 'refuse'): Promise<void> {
  const subscriptions = await trialsEndingIn(system, 4, 6);
  await sleep(2_500);
  proxy[cut]();
  await sleep(OUTAGE_MS);
  proxy.pass();
  await system.stopWorker();
  await system.startWorker();
  await untilActive(system, subscriptions);
  expect(await taskFailuresOf(system, subscriptions)).toEqual([]);
  for (const { id } of subscriptions) {
    const invoices = await system.stripe.invoices.list({ subscription: id });
    expect(invoices.data.map(({ billing_reason: reason }) => reason)).toEqual(['subscription_cycle', 'subscription_create']);
  }
}
