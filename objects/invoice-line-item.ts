import { isChange } from '../domain/line/change-proration';
import type { CreditAmount, DiscountAmount, InvoiceLineItem, LineContent, TaxAmount } from '../domain/rows/invoice';
import type { Rows } from '../domain/rows/rows';
import type { WireInvoiceLineItem } from './shapes/invoice-line-item';

/** One line of an invoice: its charge or credit, its period, and its origin. */
export function toStripeInvoiceLineItem(line: InvoiceLineItem, rows: Rows): WireInvoiceLineItem {
  return {
    id: line.id,
    object: 'line_item',
    amount: line.amount,
    currency: line.currency,
    description: line.description,
    discount_amounts: line.discountAmounts,
    discountable: line.discountable && !isChange(line),
    discounts: line.discounts,
    invoice: line.invoice,
    livemode: line.livemode,
    metadata: line.metadata,
    parent: parent(line),
    period: { end: line.periodEnd, start: line.periodStart },
    pretax_credit_amounts: toStripePretaxCredits(line.discountAmounts, line.creditAmounts),
    pricing: toStripePricing(line, rows),
    quantity: line.quantity,
    quantity_decimal: line.quantity === null ? null : String(line.quantity),
    subscription: line.subscription,
    subtotal: line.subtotal,
    taxes: line.taxes.map(toStripeTax),
  };
}

/** The unit price: a price's, or a one-off amount without a price. */
export function toStripePricing(content: LineContent, rows: Rows): WireInvoiceLineItem['pricing'] {
  const { price, product, unitAmountDecimal } = content;
  if (price === null) return unitAmountDecimal === null ? null : { type: 'price_details', unit_amount_decimal: unitAmountDecimal };
  return {
    price_details: { price, product: product ?? rows.get('price', price).product },
    type: 'price_details',
    unit_amount_decimal: unitAmountDecimal,
  };
}

/** All reductions before tax, of a line or an invoice. A draft has not taken its credits, so they have no transaction. */
export function toStripePretaxCredits(discounts: DiscountAmount[], credits: CreditAmount[]): WireInvoiceLineItem['pretax_credit_amounts'] {
  return [
    ...discounts.map(({ amount, discount }) => ({ amount, discount, type: 'discount' as const })),
    ...credits.map(({ amount, credit_balance_transaction }) => ({
      amount,
      credit_balance_transaction,
      type: 'credit_balance_transaction' as const,
    })),
  ];
}

/** One tax on a line, or summed over an invoice. */
export function toStripeTax(tax: TaxAmount): WireInvoiceLineItem['taxes'][number] {
  const { amount, tax_behavior, tax_rate, taxability_reason, taxable_amount } = tax;
  return { amount, tax_behavior, tax_rate_details: { tax_rate }, taxability_reason, taxable_amount, type: 'tax_rate_details' };
}

function parent(line: InvoiceLineItem): WireInvoiceLineItem['parent'] {
  const { invoiceItem, subscriptionItem, proration, subscription } = line;
  const proration_details = { credited_items: line.prorationDetails?.credited_items ?? null };
  if (subscriptionItem !== null) {
    const details = { invoice_item: invoiceItem, proration, proration_details, subscription, subscription_item: subscriptionItem };
    return { invoice_item_details: null, subscription_item_details: details, type: 'subscription_item_details' };
  }
  if (invoiceItem === null) return null;
  const details = { invoice_item: invoiceItem, proration, proration_details, subscription };
  return { invoice_item_details: details, subscription_item_details: null, type: 'invoice_item_details' };
}
