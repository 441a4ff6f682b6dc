import type { TaxTransaction, TaxTransactionLine } from '../domain/rows/tax-transaction';
import type { WireTaxTransaction, WireTaxTransactionLine } from './shapes/tax-transaction';

/** Stripe's tax transaction. Its lines are at their own URL, and shown when expanded. */
export function toStripeTaxTransaction(transaction: TaxTransaction): WireTaxTransaction {
  const { id, created, currency, customer, customerDetails, livemode, metadata, original, postedAt } = transaction;
  const { reference, shippingCost, taxDate, type } = transaction;
  return {
    id,
    object: 'tax.transaction',
    created,
    currency,
    customer,
    customer_details: customerDetails,
    livemode,
    metadata,
    posted_at: postedAt,
    reference,
    reversal: original === null ? null : { original_transaction: original },
    ship_from_details: null,
    shipping_cost: shippingCost,
    tax_date: taxDate,
    type,
  };
}

/** One line of a transaction. Amounts of a reversal are negative. */
export function toStripeTaxTransactionLine(
  { original_line_item: original, ...line }: TaxTransactionLine,
  { livemode, type }: Pick<TaxTransaction, 'livemode' | 'type'>,
): WireTaxTransactionLine {
  return {
    object: 'tax.transaction_line_item',
    ...line,
    livemode,
    reversal: original === null ? null : { original_line_item: original },
    type,
  };
}
