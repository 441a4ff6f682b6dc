import type Stripe from 'stripe';
import { until, type TestSystem } from '../support/system';

export const DAY = 86_400;
/** 1 April 2026. */
export const T0 = Date.UTC(2026, 3, 1) / 1000;

/** A customer on a clock with a monthly subscription, paid by a test card. */
export async function subscribe(
  { stripe }: TestSystem,
  of: { clock: string; price: string; card?: string; name?: string },
): Promise<{ customer: Stripe.Customer; subscription: Stripe.Subscription }> {
  const customer = await stripe.customers.create({ name: of.name ?? 'Ann', test_clock: of.clock });
  const card = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: of.price }],
    default_payment_method: card.id,
  });
  if (of.card !== undefined) {
    const other = await stripe.paymentMethods.attach(of.card, { customer: customer.id });
    await stripe.subscriptions.update(subscription.id, { default_payment_method: other.id });
  }
  return { customer, subscription };
}

export async function monthlyPrice({ stripe }: TestSystem): Promise<string> {
  const price = await stripe.prices.create({
    currency: 'usd',
    unit_amount: 1000,
    recurring: { interval: 'month' },
    product_data: { name: 'Plan' },
  });
  return price.id;
}

export async function untilReady({ stripe }: TestSystem, clock: string, timeoutMs = 60_000): Promise<Stripe.TestHelpers.TestClock> {
  return until(
    async () => {
      const now = await stripe.testHelpers.testClocks.retrieve(clock);
      return now.status === 'advancing' ? null : now;
    },
    { timeoutMs, what: `the clock ${clock}` },
  );
}

/** What happened to a subscription, without what differs from one run to the next: the events' types with their virtual times. */
export async function storyOf({ database }: TestSystem, subscription: string): Promise<string[]> {
  const rows = await database.sql<{ type: string; created: number; status: string | null }[]>`
    select type, created, object ->> 'status' as status from events where order_key = ${subscription} order by seq`;
  return rows.map(({ type, created, status }) => `${String((created - T0) / DAY)} ${type} ${status ?? ''}`);
}
