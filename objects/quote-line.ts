import type { Quote, QuoteAmounts, QuoteLine } from '../domain/rows/quote';
import { priceIn } from '../domain/rows/price';
import type { Rows } from '../domain/rows/rows';
import { toStripePrice } from './price';
import type { WireQuoteLine } from './shapes/quote-line';

/** The lines of a quote, in full. Their prices must be among the rows. */
export function toStripeQuoteLines({ currency, lineItems }: Quote, rows: Rows): WireQuoteLine[] {
  return lineItems.map((line) => item(line, line, currency ?? '', rows));
}

/** The lines that the first invoice would have. */
export function toStripeUpfrontLines({ currency, lineItems, upfront }: Quote, rows: Rows): WireQuoteLine[] {
  return upfront.lines.flatMap((amounts) => {
    const line = lineItems.find(({ id }) => id === amounts.id);
    return line ? [item(line, amounts, currency ?? '', rows)] : [];
  });
}

function item(line: QuoteLine, { subtotal, discount, tax, total }: QuoteAmounts, currency: string, rows: Rows): WireQuoteLine {
  return {
    id: line.id,
    object: 'item',
    adjustable_quantity: null,
    amount_discount: discount,
    amount_subtotal: subtotal,
    amount_tax: tax,
    amount_total: total,
    currency,
    description: line.description,
    metadata: null,
    price: toStripePrice(priceIn(rows.get('price', line.price), currency)),
    quantity: line.quantity,
  };
}
