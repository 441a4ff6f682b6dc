import type { DiscountAmount, TaxAmount } from './invoice';
import type { Price } from './price';
import type { Metadata, Resource } from './resource';
import type { PhaseInvoiceSettings } from './subscription-schedule';
import type { AutomaticTaxProvider } from './tax-provider';

export type QuoteStatus = 'draft' | 'open' | 'accepted' | 'canceled';

/** An offer: what a customer would be billed, upfront and in each period. When it is accepted, Dunlin creates what it offers. */
export interface Quote extends Resource {
  /** Null until a request names one; then it does not change. */
  customer: string | null;
  testClock: string | null;
  status: QuoteStatus;
  /** The quote is the customer's nth, numbered at its finalization. */
  sequence: number | null;
  /** 1, plus one for each revision of the same quote. */
  revision: number;
  number: string | null;
  expiresAt: number;
  collectionMethod: 'charge_automatically' | 'send_invoice';
  /** Null while it has no lines. */
  currency: string | null;
  description: string | null;
  header: string | null;
  footer: string | null;
  /** Offered here; the acceptance redeems them. */
  discounts: string[];
  defaultTaxRates: string[];
  automaticTax: QuoteAutomaticTax;
  invoiceSettings: PhaseInvoiceSettings;
  subscriptionData: QuoteSubscriptionData;
  lineItems: QuoteLine[];
  /** The total of its lines in full, without a trial. */
  amounts: QuoteTotals;
  /** The first invoice. */
  upfront: QuoteUpfront;
  /** Each period after those with discounts of limited duration; null if nothing recurs. */
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

/** `requires_location_inputs`: the customer or the customer's place is unknown, so the amounts have no tax. */
export interface QuoteAutomaticTax {
  enabled: boolean;
  status: 'complete' | 'requires_location_inputs' | null;
  /** Who calculates it. Null while it is off. */
  provider: AutomaticTaxProvider | null;
}

/** In Stripe's snake_case, as stored and shown. */
export interface QuoteSubscriptionData {
  billing_mode: { type: 'classic' | 'flexible' };
  description: string | null;
  /** Epoch seconds. If it is in the future, a schedule waits for it. If it has passed by the acceptance, it is ignored. */
  effective_date: number | null;
  metadata: Metadata | null;
  trial_period_days: number | null;
}

/** Minor units of the quote's currency. `total` is `subtotal` less discounts, plus exclusive tax; `tax` includes inclusive tax too. */
export interface QuoteAmounts {
  subtotal: number;
  discount: number;
  tax: number;
  total: number;
}

/** Also lists the discounts and taxes, whose parts are those of the planned invoice. */
export interface QuoteTotals extends QuoteAmounts {
  discounts: DiscountAmount[];
  taxes: TaxAmount[];
}

/** As the planned invoice bills the line. A metered price has no amounts yet, but shows its unit price. */
export interface QuotedLineAmounts extends QuoteAmounts {
  taxes: TaxAmount[];
  /** Null without one price per unit, as with tiers. */
  unit_amount_decimal: string | null;
}

export interface QuoteLine extends QuotedLineAmounts {
  id: string;
  price: string;
  type: Price['type'];
  /** Null for a metered price. */
  quantity: number | null;
  discounts: string[];
  tax_rates: string[];
  /** The product's name. */
  description: string;
}

export interface QuoteUpfront extends QuoteTotals {
  /** The lines on that invoice; metered prices have none. */
  lines: (QuoteAmounts & { id: string })[];
}

export interface QuoteRecurring extends QuoteTotals {
  interval: 'day' | 'week' | 'month' | 'year';
  interval_count: number;
}

/** What the acceptance creates: a schedule if it takes effect later, an invoice if nothing recurs, otherwise a subscription. */
export function beginsOf(quote: Pick<Quote, 'lineItems' | 'subscriptionData'>, now: number): 'invoice' | 'schedule' | 'subscription' {
  if (!quote.lineItems.some(({ type }) => type === 'recurring')) return 'invoice';
  return (quote.subscriptionData.effective_date ?? 0) > now ? 'schedule' : 'subscription';
}
