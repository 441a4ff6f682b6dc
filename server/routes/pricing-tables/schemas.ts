import { LIMITS } from '../../../domain/core/limits';
import { array, boolean, emptyable, id, integer, metadata, object } from '../../http/parameters';
import { httpUrl } from '../../http/text-parameters';
import { experimentNamed, type Reference } from '../../writes/references';

const products = () =>
  array(
    object({
      highlighted: boolean().optional(),
      prices: array(id(), { max: LIMITS.pricingTablePrices.max }),
      product: id(),
    }),
    { max: LIMITS.pricingTableProducts.max },
  );

const changeable = {
  allow_promotion_codes: boolean().optional(),
  automatic_tax: boolean().optional(),
  experiment: emptyable(id()).optional(),
  metadata: metadata().optional(),
  success_url: emptyable(httpUrl({ max: 5000 })).optional(),
  trial_period_days: emptyable(integer({ min: 1, max: LIMITS.trialDays.max })).optional(),
};

export const createShape = { ...changeable, products: products() };
export const updateShape = { ...changeable, active: boolean().optional(), products: products().optional() };

interface Naming {
  experiment?: string | null | undefined;
  products?: readonly { product: string; prices: string[] }[] | undefined;
}

export function referencesOf({ experiment, products = [] }: Naming): Reference[] {
  const sold = products.flatMap(({ product, prices }, index): Reference[] => [
    { kind: 'product', id: product, param: `products[${String(index)}][product]` },
    ...prices.map((price, place) => ({ kind: 'price' as const, id: price, param: `products[${String(index)}][prices][${String(place)}]` })),
  ]);
  return [...sold, ...experimentNamed(experiment)];
}
