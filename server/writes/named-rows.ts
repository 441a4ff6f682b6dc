/** The rows that a request references. */
import { discountReferences } from '../../domain/discount/references';
import type { Named } from '../../domain/core/steps';
import type { DiscountParameters } from '../../domain/rows/subscription-parameters';

/** A part of a request that references a price, rates, discounts. */
export interface Naming {
  price?: string | undefined;
  product?: string | undefined;
  tax_rates?: string[] | null | undefined;
  discounts?: DiscountParameters[] | null | undefined;
}

export function namedBy(things: readonly Naming[]): Named {
  const discounts = things.flatMap((thing) => thing.discounts ?? []);
  return {
    ...discountReferences(discounts),
    price: things.flatMap(({ price }) => (price === undefined ? [] : [price])),
    product: things.flatMap(({ product }) => (product === undefined ? [] : [product])),
    taxRate: things.flatMap((thing) => thing.tax_rates ?? []),
  };
}

/** What both name. */
export function merged(first: Named, second: Named): Named {
  const kinds = new Set([...Object.keys(first), ...Object.keys(second)]) as Set<keyof Named>;
  return Object.fromEntries([...kinds].map((kind) => [kind, [...(first[kind] ?? []), ...(second[kind] ?? [])]]));
}
