/** The lines of a quote: existing lines, named by their ids, and new ones; lines that the request omits are removed. */
import { BillingError } from '../core/errors';
import { nestedIn } from '../core/nested-refusal';
import { activePrice, putInlinePrice } from '../price/inline-price';
import type { ChangeSet } from '../core/change-set';
import { isMetered, type Price } from '../rows/price';
import type { Quote, QuoteLine } from '../rows/quote';
import { NOTHING } from './amounts';
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
  const before = params.id === undefined ? null : lineOf(quote, params.id);
  const price = priceOf(changes, params) ?? priceBefore(changes, before);
  return {
    id: before?.id ?? changes.id('li'),
    price: price.id,
    type: price.type,
    quantity: quantityOf(price, params.quantity, before),
    discounts: before?.discounts ?? [],
    tax_rates: ratesOf(params, before),
    description: changes.rows.get('product', price.product).name,
    ...NOTHING,
  };
}

function ratesOf({ tax_rates: rates }: QuoteLineParameters, before: QuoteLine | null): string[] {
  return (rates === undefined ? before?.tax_rates : rates) ?? [];
}

function priceBefore(changes: ChangeSet, before: QuoteLine | null): Price {
  if (before) return changes.rows.get('price', before.price);
  throw new BillingError('parameter_missing', 'Missing required param: price.', { param: 'price' });
}

function lineOf({ lineItems }: Quote, id: string): QuoteLine {
  const line = lineItems.find((each) => each.id === id);
  if (line) return line;
  throw new BillingError('resource_missing', `No such line item: '${id}'`, { param: 'id' });
}

function priceOf(changes: ChangeSet, { price: id, price_data: data }: QuoteLineParameters): Price | null {
  if (data) return putInlinePrice(changes, data);
  return id === undefined ? null : activePrice(changes, id);
}

/** A new price has quantity 1, unless the caller sets another. */
function quantityOf(price: Price, params: number | undefined, before: QuoteLine | null): number | null {
  if (!isMetered(price)) return params ?? (before?.price === price.id ? before.quantity : 1);
  if (params === undefined) return null;
  const message = `\`quantity\` can't be set for a metered price (${price.id}): its meter counts.`;
  throw new BillingError('parameter_invalid', message, { param: 'quantity' });
}
