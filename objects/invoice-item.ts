import { isChange } from '../domain/line/change-proration';
import type { InvoiceItem } from '../domain/rows/invoice';
import type { Rows } from '../domain/rows/rows';
import { toStripePricing } from './invoice-line-item';
import { taxRatesOf } from './tax-rate';
import type { WireInvoiceItem } from './shapes/invoice-item';

/** A charge or credit that waits for an invoice, or is on one. */
export function toStripeInvoiceItem(item: InvoiceItem, rows: Rows): WireInvoiceItem {
  const wire: WireInvoiceItem = {
    id: item.id,
    object: 'invoiceitem',
    amount: item.amount,
    currency: item.currency,
    customer: item.customer,
    customer_account: null,
    date: item.created,
    description: item.description,
    discountable: item.discountable && !isChange(item),
    discounts: item.discounts,
    frozen_fields: [],
    invoice: item.invoice,
    invoicing_rules: [],
    livemode: item.livemode,
    metadata: item.metadata,
    parent: parent(item),
    period: { end: item.periodEnd, start: item.periodStart },
    pricing: toStripePricing(item, rows),
    proration: item.proration,
    quantity: item.quantity,
    quantity_decimal: String(item.quantity),
    tax_rates: taxRatesOf(item.taxRates, rows),
    test_clock: item.testClock,
  };
  if (item.proration) wire.proration_details = prorationDetails(item);
  return wire;
}

function parent(item: InvoiceItem): WireInvoiceItem['parent'] {
  if (item.subscription === null) return null;
  const { subscription, subscriptionItem } = item;
  const details = subscriptionItem === null ? { subscription } : { subscription, subscription_item: subscriptionItem };
  return { subscription_details: details, type: 'subscription_details' };
}

function prorationDetails(item: InvoiceItem): NonNullable<WireInvoiceItem['proration_details']> {
  const credited = item.prorationDetails?.credited_items ?? null;
  const credited_items = credited && { invoice_line_item_details: credited, type: 'invoice_line_items' as const };
  return { credited_items, discount_amounts: [] };
}
