/** A second Dunlin that plays the Stripe account which customers are moved from. */
import { randomBytes } from 'node:crypto';
import { customerWith, priceOf } from '../support/builders';
import { startClock, type VirtualClock } from '../support/clock';
import { startProduct, type Product } from '../support/product';
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
