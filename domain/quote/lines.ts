/** The lines of a quote: existing lines, named by their ids, and new ones; lines that the request omits are removed. */
import { BillingError } from '../core/errors';
import { nestedIn } from '../core/nested-refusal';
import { activePrice, putInlinePrice } from '../price/inline-price';
import { keptPrice, keptRates, namedLine, quantityFor } from '../price/offered-lines';
import type { ChangeSet } from '../core/change-set';
import type { Price } from '../rows/price';
import type { Quote, QuoteLine } from '../rows/quote';
import { NOTHING_QUOTED } from './amounts';
import type { QuoteLineParameters } from './parameters';

/**
 * The new lines, without discounts, whose minimums are compared with the lines' total.
 *
 * @throws BillingError resource_missing, parameter_invalid, parameter_missing
 */
export function changedLines(changes: ChangeSet, quote: Quote, params: QuoteLineParameters[]): QuoteLine[] {
  const lines = params.map((each, index) => nestedIn(`line_items[${String(index)}]`, () => changedLine(changes, quote, each)));
  const again = lines.findIndex(({ id }, index) => lines.findIndex((line) => line.id === id) < index);
  if (again < 0) return lines;
  const param = `line_items[${String(again)}][id]`;
  throw new BillingError('parameter_invalid', `The line item ${lines[again]?.id ?? ''} is there twice.`, { param });
}

function changedLine(changes: ChangeSet, quote: Quote, params: QuoteLineParameters): QuoteLine {
  const before = namedLine(quote.lineItems, params.id);
  const price = priceOf(changes, params) ?? keptPrice(changes, before);
  return {
    id: before?.id ?? changes.id('li'),
    price: price.id,
    type: price.type,
    // A new price has quantity 1, unless the caller sets another.
    quantity: quantityFor(price, params.quantity, () => (before?.price === price.id ? (before.quantity ?? 1) : 1)),
    discounts: before?.discounts ?? [],
    tax_rates: keptRates(params.tax_rates, before),
    description: changes.rows.get('product', price.product).name,
    ...NOTHING_QUOTED,
  };
}

function priceOf(changes: ChangeSet, { price: id, price_data: data }: QuoteLineParameters): Price | null {
  if (data) return putInlinePrice(changes, data);
  return id === undefined ? null : activePrice(changes, id);
}
