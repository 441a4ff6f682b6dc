import type { Quote, QuoteAmounts, QuoteSubscriptionData, QuoteTotals } from '../domain/rows/quote';
import type { Rows } from '../domain/rows/rows';
import { toStripeDiscount } from './discount';
import { toStripeTaxRate } from './tax-rate';
import type { WireBreakdown, WireQuote } from './shapes/quote';

/** Stripe's quote. Its lines, and those of its first invoice, are shown only when expanded. */
export function toStripeQuote(quote: Quote): WireQuote {
  return {
    id: quote.id,
    object: 'quote',
    ...totals(quote.amounts),
    automatic_tax: automaticTax(quote.automaticTax),
    collection_method: quote.collectionMethod,
    computed: computed(quote),
    created: quote.created,
    currency: quote.currency,
    customer: quote.customer,
    default_tax_rates: quote.defaultTaxRates,
    description: quote.description,
    discounts: quote.discounts,
    expires_at: quote.expiresAt,
    footer: quote.footer,
    from_quote: quote.fromQuote,
    header: quote.header,
    invoice: quote.invoice,
    invoice_settings: { ...quote.invoiceSettings, issuer: { type: 'self' } },
    livemode: quote.livemode,
    metadata: quote.metadata,
    number: quote.number,
    status: quote.status,
    status_transitions: { accepted_at: quote.acceptedAt, canceled_at: quote.canceledAt, finalized_at: quote.finalizedAt },
    subscription: quote.subscription,
    subscription_data: subscriptionData(quote.subscriptionData),
    subscription_schedule: quote.subscriptionSchedule,
    test_clock: quote.testClock,
    ...UNUSED,
  };
}

const automaticTax = ({ enabled, status, provider }: Quote['automaticTax']): WireQuote['automatic_tax'] => ({
  ...{ enabled, liability: enabled ? { type: 'self' } : null, provider, status },
});

const UNUSED = {
  application: null,
  application_fee_amount: null,
  application_fee_percent: null,
  customer_account: null,
  on_behalf_of: null,
  transfer_data: null,
} as const;

function totals({ subtotal, discount, tax, total }: QuoteAmounts) {
  return {
    amount_subtotal: subtotal,
    amount_total: total,
    total_details: { amount_discount: discount, amount_shipping: 0 as const, amount_tax: tax },
  };
}

/** The discounts and taxes within the totals. Both must be among the rows. */
export function toStripeBreakdown({ discounts, taxes }: QuoteTotals, rows: Rows): WireBreakdown {
  return {
    discounts: discounts.map(({ amount, discount }) => ({ amount, discount: toStripeDiscount(rows.get('discount', discount)) })),
    taxes: taxes.map(({ amount, tax_rate: rate, taxability_reason, taxable_amount }) => {
      return { amount, rate: toStripeTaxRate(rows.get('taxRate', rate)), taxability_reason, taxable_amount };
    }),
  };
}

function computed({ recurring, upfront }: Quote): WireQuote['computed'] {
  return {
    recurring: recurring && { ...totals(recurring), interval: recurring.interval, interval_count: recurring.interval_count },
    upfront: totals(upfront),
  };
}

function subscriptionData({ billing_mode: { type }, ...data }: QuoteSubscriptionData): WireQuote['subscription_data'] {
  return { ...data, billing_mode: { ...(type === 'flexible' ? { flexible: { proration_discounts: 'included' } } : {}), type } };
}
