import type { DiscountAmount, TaxAmount } from './invoice';
import type { Price } from './price';
import type { Metadata, Resource } from './resource';
import type { PhaseInvoiceSettings } from './subscription-schedule';

export type QuoteStatus = 'draft' | 'open' | 'accepted' | 'canceled';

/** An offer: what a customer would be billed, once and again and again. Accepted, it becomes what it offers. */
export interface Quote extends Resource {
  /** Null while nobody is named; then it does not change any more. */
  customer: string | null;
  testClock: string | null;
  status: QuoteStatus;
  /** The customer's nth quote, from its finalization on. */
  sequence: number | null;
  /** 1, or one more for each revision of the same quote. */
  revision: number;
  number: string | null;
  expiresAt: number;
  collectionMethod: 'charge_automatically' | 'send_invoice';
  /** Null where there is nothing on it yet. */
  currency: string | null;
  description: string | null;
  header: string | null;
  footer: string | null;
  /** Offered, and redeemed by the acceptance. */
  discounts: string[];
  defaultTaxRates: string[];
  invoiceSettings: PhaseInvoiceSettings;
  subscriptionData: QuoteSubscriptionData;
  lineItems: QuoteLine[];
  /** What its lines come to in full, without a trial. */
  amounts: QuoteTotals;
  /** The first invoice. */
  upfront: QuoteUpfront;
  /** Each period after those that have discounts of their own; null where nothing recurs. */
  recurring: QuoteRecurring | null;
  fromQuote: { quote: string; is_revision: boolean } | null;
  invoice: string | null;
  subscription: string | null;
  subscriptionSchedule: string | null;
  acceptedAt: number | null;
  canceledAt: number | null;
  finalizedAt: number | null;
  metadata: Metadata;
}

/** In Stripe's snake_case, as it is kept and shown. */
export interface QuoteSubscriptionData {
  billing_mode: { type: 'classic' | 'flexible' };
  description: string | null;
  /** Epoch seconds: a schedule waits for it. Past by the acceptance, it is as if it had not been said. */
  effective_date: number | null;
  metadata: Metadata | null;
  trial_period_days: number | null;
}

/** Minor units of the quote's currency. `total` is `subtotal` less discounts, plus exclusive tax; `tax` has the inclusive too. */
export interface QuoteAmounts {
  subtotal: number;
  discount: number;
  tax: number;
  total: number;
}

/** With what makes up the discounts and taxes, whose parts are those of the invoice that was planned. */
export interface QuoteTotals extends QuoteAmounts {
  discounts: DiscountAmount[];
  taxes: TaxAmount[];
}

export interface QuoteLine extends QuoteAmounts {
  id: string;
  price: string;
  type: Price['type'];
  /** Null where a meter counts. */
  quantity: number | null;
  discounts: string[];
  tax_rates: string[];
  /** The product's name. */
  description: string;
}

export interface QuoteUpfront extends QuoteTotals {
  /** Those that are on it: what a meter counts is not. */
  lines: (QuoteAmounts & { id: string })[];
}

export interface QuoteRecurring extends QuoteTotals {
  interval: 'day' | 'week' | 'month' | 'year';
  interval_count: number;
}

/** What its acceptance begins: a schedule where it takes effect later, an invoice by itself where nothing recurs. */
export function beginsOf(quote: Pick<Quote, 'lineItems' | 'subscriptionData'>, now: number): 'invoice' | 'schedule' | 'subscription' {
  if (!quote.lineItems.some(({ type }) => type === 'recurring')) return 'invoice';
  return (quote.subscriptionData.effective_date ?? 0) > now ? 'schedule' : 'subscription';
}
