/** A price that a caller names, or describes instead: then it is an ordinary row, but inactive, so no other request can use it. */
import { BillingError } from '../core/errors';
import { nestedIn } from '../core/nested-refusal';
import type { ChangeSet } from '../core/change-set';
import type { Price } from '../rows/price';
import { createPrice } from './changes';
import type { PriceTerms, RecurringTerms } from './terms';

export { prefixRefusal as within } from '../core/nested-refusal';

/** Stripe's `price_data`, as a route's schema parsed it: an amount per unit, in one currency. */
export interface PriceData extends Pick<PriceTerms, 'currency' | 'tax_behavior' | 'unit_amount' | 'unit_amount_decimal'> {
  product: string;
  /** Absent for a one-time price. */
  recurring?: Pick<RecurringTerms, 'interval' | 'interval_count'> | undefined;
}

/**
 * A price that a caller names, and that is for sale.
 *
 * @throws BillingError resource_missing, and parameter_invalid if it is inactive
 */
export function activePrice(changes: ChangeSet, id: string): Price {
  const price = changes.rows.find('price', id);
  if (!price) throw new BillingError('resource_missing', `No such price: '${id}'`, { param: 'price' });
  if (price.active) return price;
  throw new BillingError('parameter_invalid', 'The price specified is inactive. This field only accepts active prices.', {
    param: 'price',
  });
}

/**
 * Puts the price; its product must be among the rows.
 *
 * @throws BillingError as `createPrice` does, with `price_data[…]` as parameter
 */
export function putInlinePrice(changes: ChangeSet, data: PriceData): Price {
  return nestedIn('price_data', () => createPrice(changes, { ...data, active: false }));
}
