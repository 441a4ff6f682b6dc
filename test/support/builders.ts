import type Stripe from 'stripe';

/** A customer with a card as the default for invoices; null is one without any. On the clock that is named. */
export async function customerWith(
  stripe: Stripe,
  card: string | null,
  change: Stripe.CustomerCreateParams = {},
): Promise<{ customer: string; card: string | null }> {
  const { id: customer } = await stripe.customers.create({ name: 'Ada', email: 'ada@example.com', ...change });
  return { customer, card: card === null ? null : await useCard(stripe, customer, card) };
}

/** Attaches a test card and makes it the customer's default. */
export async function useCard(stripe: Stripe, customer: string, card: string): Promise<string> {
  const { id } = await stripe.paymentMethods.attach(card, { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } });
  return id;
}

/** A recurring price in usd of a product of its own: 1000 a month where nothing is said. */
export async function priceOf(stripe: Stripe, unitAmount = 1000, change: Partial<Stripe.PriceCreateParams> = {}): Promise<string> {
  const { id } = await stripe.prices.create({
    currency: 'usd',
    unit_amount: unitAmount,
    recurring: { interval: 'month' },
    product_data: { name: 'Pro' },
    ...change,
  });
  return id;
}

/** All invoices of a subscription, oldest first. */
export async function invoicesOf(stripe: Stripe, subscription: string): Promise<Stripe.Invoice[]> {
  const newestFirst = await stripe.invoices.list({ subscription, limit: 100 }).autoPagingToArray({ limit: 1_000 });
  return newestFirst.reverse();
}

/** All events of the account, in the order in which they happened. */
export async function eventsOf(stripe: Stripe, of: Stripe.EventListParams = {}): Promise<Stripe.Event[]> {
  const newestFirst = await stripe.events.list({ limit: 100, ...of }).autoPagingToArray({ limit: 10_000 });
  return newestFirst.reverse();
}

export const typesOf = (events: Stripe.Event[]): string[] => events.map(({ type }) => type);

/** The error that a call is refused with; the SDK throws it. */
export async function refusal(call: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  try {
    await call;
  } catch (error) {
    return error as Stripe.errors.StripeError;
  }
  throw new Error('nothing was refused');
}
