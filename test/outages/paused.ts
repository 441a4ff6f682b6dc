import type { Product } from '../support/product';
import { priceOf } from '../support/builders';
import { DAY, startClock, type VirtualClock } from '../support/clock';
import { until } from '../support/system';

/** A processor that is paused over the renewals of many subscriptions, each due a minute after the one before. */

const PER_SECOND = 10;

interface Renewals {
  clock: VirtualClock;
  subscriptions: string[];
  firstDue: number;
}

async function dueOneAfterAnother({ stripe }: Product, count: number): Promise<Renewals> {
  const clock = await startClock(stripe, '2026-03-01', 600_000);
  const price = await priceOf(stripe, 1900);
  const firstDue = clock.now() + 10 * DAY;
  const subscriptions: string[] = [];
  const add = async (place: number): Promise<void> => {
    const customer = await stripe.customers.create({ test_clock: clock.id, payment_method: 'pm_card_visa' });
    const { data } = await stripe.paymentMethods.list({ customer: customer.id });
    const created = await stripe.subscriptions.create({
      ...{ customer: customer.id, items: [{ price }], default_payment_method: data[0]?.id ?? '' },
      ...{ billing_cycle_anchor: firstDue + place * 60, proration_behavior: 'none' as const },
    });
    subscriptions[place] = created.id;
  };
  for (let from = 0; from < count; from += 5) {
    await Promise.all(Array.from({ length: Math.min(5, count - from) }, (_, index) => add(from + index)));
  }
  return { clock, subscriptions, firstDue };
}

/** The charges of renewals, oldest first, as the place of their subscription and their time. */
async function charged({ sql }: Product, { subscriptions }: Renewals): Promise<{ place: number; at: number }[]> {
  const rows = await sql<{ subscription: string; at: number }[]>`
    select i.subscription, c.created as at from charges c join invoices i on i.id = c.invoice
    where c.status = 'succeeded' and i.subscription = any(${subscriptions}) order by c.created, c.seq`;
  return rows.map(({ subscription, at }) => ({ place: subscriptions.indexOf(subscription), at }));
}

const waitingIn = async ({ sql }: Product): Promise<number> =>
  (await sql`select 1 from payment_attempts where waiting_for is not null`).length;

export function testPausedRenewals(product: Product, count: number, timeoutMs: number): void {
  test(
    `a processor is paused for a day over ${String(count)} renewals: each waits, none is counted as an attempt, and all are charged once, in order, at the rate`,
    async () => {
      const { stripe, sql, system } = product;
      const renewals = await dueOneAfterAnother(product, count);
      const { clock, firstDue, subscriptions } = renewals;
      await clock.to(firstDue - 60);
      await product.post('/v1/processors/sandbox/pause', { reason: 'it does not answer' });
      await clock.to(firstDue + 2 * 3600 + count * 60);
      await system.stopWorker();
      await system.startWorker();
      await clock.to(firstDue + DAY);
      expect(await waitingIn(product)).toBe(count);
      expect(await charged(product, renewals)).toEqual([]);
      expect(await product.get('/v1/processors/sandbox')).toMatchObject({
        status: 'paused',
        paused_by: 'operator',
        waiting: { charges: count },
      });
      const invoices = await sql<{ status: string; attemptCount: number; subscription: string }[]>`
        select i.status, i.attempt_count, s.status as subscription from invoices i join subscriptions s on s.id = i.subscription
        where i.total > 0 and s.id = any(${subscriptions})`;
      expect(invoices).toEqual(Array.from({ length: count }, () => ({ status: 'open', attemptCount: 0, subscription: 'active' })));
      expect(await sql`select 1 from dunnings`).toHaveLength(0);

      await product.post('/v1/processors/sandbox/resume', { charges_per_second: PER_SECOND });
      const resumedAt = clock.now();
      await until(async () => (await charged(product, renewals)).length === PER_SECOND, { what: 'the first second' });
      await clock.by(Math.ceil(count / PER_SECOND));
      const all = await charged(product, renewals);
      expect(all.map(({ place }) => Math.floor(place / PER_SECOND))).toEqual(
        Array.from({ length: count }, (_, index) => Math.floor(index / PER_SECOND)),
      );
      expect(all.map(({ at }) => at)).toEqual(Array.from({ length: count }, (_, index) => resumedAt + Math.floor(index / PER_SECOND)));
      expect(new Set(all.map(({ place }) => place)).size).toBe(count);
      expect(await waitingIn(product)).toBe(0);
      const paid = await sql<{ status: string; attemptCount: number }[]>`
        select distinct i.status, i.attempt_count from invoices i where i.total > 0 and i.subscription = any(${subscriptions})`;
      expect(paid).toEqual([{ status: 'paid', attemptCount: 1 }]);
      expect((await sql`select 1 from sandbox_operations where kind = 'charge' and amount = 1900`).length).toBe(count);
      await stripe.testHelpers.testClocks.del(clock.id);
    },
    timeoutMs,
  );
}
