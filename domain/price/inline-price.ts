/** A price that a caller describes instead of naming: a row like any other, but inactive, so that nobody else uses it. */
import { nestedIn } from '../core/nested-refusal';
import type { ChangeSet } from '../core/change-set';
import type { Price } from '../rows/price';
import { createPrice } from './changes';
import type { PriceTerms, RecurringTerms } from './terms';

export { prefixRefusal as within } from '../core/nested-refusal';

/** Stripe's `price_data`, as a route's schema parsed it: so much a unit, in one currency. */
export interface PriceData extends Pick<PriceTerms, 'currency' | 'tax_behavior' | 'unit_amount' | 'unit_amount_decimal'> {
  product: string;
  /** Absent where it is billed once. */
  recurring?: Pick<RecurringTerms, 'interval' | 'interval_count'> | undefined;
}

/** Throws what a price refuses, under `price_data[…]`. Its product must be among the rows. */
export function putInlinePrice(changes: ChangeSet, data: PriceData): Price {
  return nestedIn('price_data', () => createPrice(changes, { ...data, active: false }));
}
