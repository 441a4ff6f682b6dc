/** What the chaos tests set up in real time: customers whose month is over in a few seconds. */
import type Stripe from 'stripe';
import { insist, until, type ChaosStack } from './stack';

export interface Subscribed {
  customer: string;
  subscription: string;
}

export const nowSeconds = (): number => Math.floor(Date.now() / 1000);

let calls = 0;
/** A key of its own for each call, so that it can be made until it is answered. */
export const once = (): { idempotencyKey: string } => ({ idempotencyKey: `chaos ${String((calls += 1))}` });

export async function monthly(stack: ChaosStack, unitAmount = 1_000): Promise<string> {
  const { stripe } = stack;
  const key = once();
  const recurring = { interval: 'month' } as const;
  const price = await insist(() =>
    stripe.prices.create({ currency: 'usd', unit_amount: unitAmount, recurring, product_data: { name: 'Pro' } }, key),
  );
  return price.id;
}

/** A customer whose invoices are paid by a test card. */
export async function customerWith(stack: ChaosStack, card: string): Promise<string> {
  const key = once();
  const { id } = await insist(() => stack.stripe.customers.create({ name: 'Ada' }, key));
  await useCard(stack, id, card);
  return id;
}

export async function useCard({ stripe }: ChaosStack, customer: string, card: string): Promise<string> {
  const [attaches, uses] = [once(), once()];
  const { id } = await insist(() => stripe.paymentMethods.attach(card, { customer }, attaches));
  await insist(() => stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } }, uses));
  return id;
}

/** Subscribed now, for nothing, until the first month is due. */
export async function subscribe(stack: ChaosStack, of: { card: string; price: string; dueAt: number }): Promise<Subscribed> {
  const customer = await customerWith(stack, of.card);
  return { customer, subscription: await subscribeTo(stack, customer, of) };
}

/** The same for a customer that exists. */
export async function subscribeTo(stack: ChaosStack, customer: string, of: { price: string; dueAt: number }): Promise<string> {
  const key = once();
  const params: Stripe.SubscriptionCreateParams = {
    ...{ customer, items: [{ price: of.price }] },
    ...{ billing_cycle_anchor: of.dueAt, proration_behavior: 'none' },
  };
  const { id } = await insist(() => stack.stripe.subscriptions.create(params, key));
  return id;
}

/** The invoice of the month, once there is one. */
export async function renewalOf({ stripe }: ChaosStack, { subscription }: Subscribed, timeoutMs = 60_000): Promise<Stripe.Invoice> {
  return until(
    async () => (await stripe.invoices.list({ subscription })).data.find(({ billing_reason: reason }) => reason === 'subscription_cycle'),
    { what: `the renewal of ${subscription}`, timeoutMs },
  );
}

/** Has a draft finalized at an instant, not after its hour; soon, if the instant has passed when the request arrives. */
export async function finalizeAt({ stripe }: ChaosStack, invoice: string, at: number): Promise<void> {
  for (;;) {
    const finalizesAt = Math.max(at, nowSeconds() + 2);
    const key = once();
    try {
      await insist(() => stripe.invoices.update(invoice, { auto_advance: true, automatically_finalizes_at: finalizesAt }, key));
      return;
    } catch (error) {
      // A refusal has changed nothing.
      if ((error as { param?: string }).param !== 'automatically_finalizes_at') throw error;
    }
  }
}

export async function untilPaid({ stripe }: ChaosStack, invoice: string, timeoutMs = 120_000): Promise<Stripe.Invoice> {
  return until(
    async () => {
      const seen = await stripe.invoices.retrieve(invoice);
      return seen.status === 'paid' ? seen : null;
    },
    { what: `the payment of ${invoice}`, timeoutMs, everyMs: 200 },
  );
}
