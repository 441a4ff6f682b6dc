/** Everything that the figures are made of, by the public API alone. */
import type Stripe from 'stripe';

export interface Books {
  prices: Map<string, Stripe.Price>;
  /** What each subscription was after each of its events, oldest first. */
  snapshots: { at: number; subscription: Stripe.Subscription }[];
  subscriptions: Stripe.Subscription[];
  invoices: Stripe.Invoice[];
  /** Also those of customers who are not on the clock: the ledger is of the whole account. */
  allInvoices: Stripe.Invoice[];
  /** Invoices of which a charge was declined, with the moment of the first decline. */
  declined: Map<string, number>;
  creditNotes: Stripe.CreditNote[];
  /** Refunds that a processor has, or will have. */
  refunds: Stripe.Refund[];
  /** What came to the processor and left it. */
  moves: Stripe.BalanceTransaction[];
}

export const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

export const taxOf = (taxes: readonly { amount: number }[] | null): number => sum((taxes ?? []).map(({ amount }) => amount));

/** A line without its discounts, and without the tax that is in its price. */
export const netOf = ({ amount, discount_amounts: discounts, taxes }: Stripe.InvoiceLineItem): number =>
  amount -
  sum((discounts ?? []).map((each) => each.amount)) -
  taxOf((taxes ?? []).filter(({ tax_behavior: behavior }) => behavior === 'inclusive'));

/** All objects of a list, page by page. */
async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const each of list) found.push(each);
  return found;
}

/** Of the customers on one clock. */
export async function readBooks(stripe: Stripe, clock: string): Promise<Books> {
  const coupons = await all(stripe.coupons.list({ limit: 100 }));
  const lasting = coupons.find(({ duration }) => duration === 'forever');
  if (lasting) throw new Error(`the coupon ${lasting.id} lasts for ever: this script does not know what it takes off`);
  const prices = await all(stripe.prices.list({ limit: 100, expand: ['data.tiers'] }));
  const customers = await all(stripe.customers.list({ test_clock: clock, limit: 100 }));
  const isOnClock = new Set(customers.map(({ id }) => id));
  const subscriptions = await all(stripe.subscriptions.list({ test_clock: clock, status: 'all', limit: 100 }));
  const invoices = await all(stripe.invoices.list({ limit: 100 }));
  const types = ['customer.subscription.created', 'customer.subscription.updated', 'customer.subscription.deleted'];
  const events = await all(stripe.events.list({ types, limit: 100 }));
  const declines = await all(stripe.events.list({ type: 'invoice.payment_failed', limit: 100 }));
  const declined = declines.reverse().map(({ created, data }) => [(data.object as Stripe.Invoice).id, created] as const);
  return {
    prices: new Map(prices.map((price) => [price.id, price])),
    snapshots: events
      .reverse()
      .map(({ created, data }) => ({ at: created, subscription: data.object as Stripe.Subscription }))
      .filter(({ subscription }) => isOnClock.has(subscription.customer as string)),
    creditNotes: await all(stripe.creditNotes.list({ limit: 100 })),
    refunds: (await all(stripe.refunds.list({ limit: 100 }))).filter(({ status }) => status !== 'failed' && status !== 'canceled'),
    moves: await all(stripe.balanceTransactions.list({ limit: 100 })),
    subscriptions,
    allInvoices: invoices,
    invoices: invoices.filter(({ customer }) => isOnClock.has(customer as string)),
    // The first decline of each counts.
    declined: new Map([...declined].reverse()),
  };
}
