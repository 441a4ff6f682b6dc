/** A second Dunlin that plays the Stripe account which customers are moved from. */
import { randomBytes } from 'node:crypto';
import type Stripe from 'stripe';
import { booksBalanceAfterEach } from '../ledger/books';
import { customerWith, priceOf } from '../support/builders';
import { startClock, type VirtualClock } from '../support/clock';
import { later, startProduct, type Product } from '../support/product';
import { until } from '../support/system';

export interface Moving {
  /** It plays Stripe. */
  source: Product;
  /** It has the source's key, and charges cards there. */
  target: Product;
  /** How long a clock, or an import, may take. */
  timeoutMs: number;
  stop(): Promise<void>;
}

export async function startMoving({ timeoutMs = 90_000 } = {}): Promise<Moving> {
  const source = await startProduct({ namespace: `source-${randomBytes(4).toString('hex')}` });
  const target = await startProduct({ stripe: { test: source.system.keys.test, url: source.url } });
  return {
    ...{ source, target, timeoutMs },
    stop: async () => {
      await target.stop();
      await source.stop();
    },
  };
}

/** Both for the tests of a file, as `useProduct`. After each test the books of the target balance. */
export function useMoving(options: { timeoutMs?: number } = {}): Moving {
  let started: Moving | undefined;
  beforeAll(async () => {
    started = await startMoving(options);
  }, 240_000);
  afterAll(() => started?.stop());
  const running = (): Moving => {
    if (started === undefined) throw new Error('the two products run only inside of tests');
    return started;
  };
  const moving = later(running, { source: later(() => running().source), target: later(() => running().target) });
  booksBalanceAfterEach(moving.target);
  return moving;
}

/** The clocks of both systems, which stand at the same time. */
export interface Clocks {
  source: VirtualClock;
  target: VirtualClock;
  to(instant: number | string): Promise<void>;
}

export async function startClocks({ source, target, timeoutMs }: Moving, from: string): Promise<Clocks> {
  const clocks = { source: await startClock(source.stripe, from, timeoutMs), target: await startClock(target.stripe, from, timeoutMs) };
  return {
    ...clocks,
    to: async (instant) => {
      await clocks.source.to(instant);
      await clocks.target.to(instant);
    },
  };
}

export interface ImportAnswer {
  id: string;
  status: string;
  error: string | null;
  counts: Record<string, Record<string, number>>;
}

/** Imports, and returns once it is over. */
export async function imported(moving: Moving, parameters: Record<string, unknown> = {}): Promise<ImportAnswer> {
  const { id } = await moving.target.post('/v1/imports', { source: 'stripe', ...parameters });
  return ended(moving, id as string);
}

function ended({ target, timeoutMs }: Moving, id: string): Promise<ImportAnswer> {
  return until(
    async () => {
      const answer = (await target.get(`/v1/imports/${id}`)) as unknown as ImportAnswer;
      return answer.status === 'running' ? null : answer;
    },
    { timeoutMs, what: `import ${id}` },
  );
}

/** A customer of the source with a card and a monthly price. */
export async function subscriber(
  { source }: Moving,
  clock: string,
  change: { amount?: number; subscription?: object } = {},
): Promise<{ customer: string; price: string; subscription: string }> {
  const { customer } = await customerWith(source.stripe, 'pm_card_visa', { test_clock: clock });
  const price = await priceOf(source.stripe, change.amount ?? 1500);
  const { id } = await source.stripe.subscriptions.create({ customer, items: [{ price }], ...change.subscription });
  return { customer, price, subscription: id };
}

export interface Metered {
  customer: string;
  meter: string;
  price: string;
  subscription: string;
  /** Sends usage to one of the two systems, which has no more than a minute to count it. */
  use: (stripe: Stripe, value: number, timestamp?: number) => Promise<void>;
}

/** A customer of the source who pays for usage by the month. */
export async function meteredSubscriber({ source }: Moving, clock: string, { amount }: { amount: number }): Promise<Metered> {
  const { customer } = await customerWith(source.stripe, 'pm_card_visa', { test_clock: clock });
  const eventName = `calls-${randomBytes(6).toString('hex')}`;
  const meter = await source.stripe.billing.meters.create({
    display_name: 'Calls',
    event_name: eventName,
    default_aggregation: { formula: 'sum' },
  });
  const { id: price } = await source.stripe.prices.create({
    ...{ currency: 'usd', unit_amount: amount, product_data: { name: 'Calls' } },
    recurring: { interval: 'month', usage_type: 'metered', meter: meter.id },
  });
  const { id: subscription } = await source.stripe.subscriptions.create({ customer, items: [{ price }] });
  return {
    ...{ customer, meter: meter.id, price, subscription },
    use: async (stripe, value, timestamp) => {
      const payload = { stripe_customer_id: customer, value: String(value) };
      await stripe.billing.meterEvents.create({ event_name: eventName, payload, ...(timestamp === undefined ? {} : { timestamp }) });
    },
  };
}

/** Grants prepaid credit for usage, and returns the grant's id. */
export async function grantOf(stripe: Stripe, customer: string, value: number): Promise<string> {
  const { id } = await stripe.billing.creditGrants.create({
    ...{ customer, category: 'paid', name: 'Credit' },
    amount: { type: 'monetary', monetary: { currency: 'usd', value } },
    applicability_config: { scope: { price_type: 'metered' } },
  });
  return id;
}

/** Minor units of us dollars. */
export async function creditLeft(stripe: Stripe, customer: string): Promise<number> {
  const filter = { type: 'applicability_scope' as const, applicability_scope: { price_type: 'metered' as const } };
  const { balances } = await stripe.billing.creditBalanceSummaries.retrieve({ customer, filter });
  return balances.reduce((sum, { available_balance: { monetary } }) => sum + (monetary?.value ?? 0), 0);
}
