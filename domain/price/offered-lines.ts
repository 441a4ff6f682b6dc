/** The lines of an offer, a checkout or a quote, when it changes: named by their ids, with a price that is kept, chosen or described. */
import type { ChangeSet } from '../core/change-set';
import { BillingError } from '../core/errors';
import { isMetered, type Price } from '../rows/price';

/** @throws BillingError resource_missing for a line that is not there */
export function namedLine<Line extends { id: string }>(lines: readonly Line[], id: string | undefined): Line | null {
  if (id === undefined) return null;
  const line = lines.find((each) => each.id === id);
  if (line) return line;
  throw new BillingError('resource_missing', `No such line item: '${id}'`, { param: 'id' });
}

/** @throws BillingError parameter_missing for a new line without a price */
export function keptPrice(changes: ChangeSet, before: { price: string } | null): Price {
  if (before) return changes.rows.get('price', before.price);
  throw new BillingError('parameter_missing', 'Missing required param: price.', { param: 'price' });
}

export const keptRates = (rates: string[] | null | undefined, before: { tax_rates: string[] } | null): string[] =>
  (rates === undefined ? before?.tax_rates : rates) ?? [];

/**
 * @param otherwise the quantity of a price that is not metered
 * @throws BillingError parameter_invalid for a quantity of a metered price
 */
export function quantityFor(price: Price, params: number | undefined, otherwise: () => number): number | null {
  if (!isMetered(price)) return params ?? otherwise();
  if (params === undefined) return null;
  const message = `\`quantity\` can't be set for a metered price (${price.id}): its meter counts.`;
  throw new BillingError('parameter_invalid', message, { param: 'quantity' });
}
