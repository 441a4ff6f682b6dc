/** Products come, change and go. One that has prices stays: what was sold under it must remain readable. */
import { BillingError } from '../core/errors';
import { given } from '../core/omit-undefined';
import { mergeMetadata } from '../core/metadata';
import { nestedIn } from '../core/nested-refusal';
import type { Plan } from '../core/change-set';
import { createPrice } from './changes';
import type { PriceTerms } from './terms';
import type { Product } from '../rows/product';
import type { Metadata } from '../rows/resource';

export type ProductSettings = Omit<
  Product,
  'id' | 'account' | 'livemode' | 'created' | 'updated' | 'deleted' | 'defaultPrice' | 'metadata'
>;

export interface NewProduct extends Partial<ProductSettings> {
  name: string;
  /** The caller's own id. */
  id?: string | undefined;
  metadata?: Metadata | null | undefined;
  defaultPrice?: (PriceTerms & { metadata?: Metadata | null | undefined }) | undefined;
}

export interface ProductChange extends Partial<ProductSettings> {
  defaultPrice?: string | null | undefined;
  metadata?: Metadata | null | undefined;
}

const BLANK: Omit<ProductSettings, 'name'> = {
  active: true,
  description: null,
  images: [],
  marketingFeatures: [],
  packageDimensions: null,
  shippable: null,
  statementDescriptor: null,
  taxCode: null,
  unitLabel: null,
  url: null,
};

/** Puts a product, with its first price where that is given, and tells of both. */
export function createProduct(plan: Plan, { id, metadata, defaultPrice, ...settings }: NewProduct): Product {
  const resource = id === undefined ? plan.resource('prod') : { ...plan.resource('prod'), id };
  const product = plan.put('product', {
    ...resource,
    ...BLANK,
    ...given(settings),
    name: settings.name,
    updated: plan.now,
    deleted: false,
    defaultPrice: null,
    metadata: mergeMetadata({}, metadata),
  });
  if (defaultPrice === undefined) {
    plan.emit('product.created', 'product', product.id);
    return product;
  }
  const price = nestedIn('default_price_data', () => createPrice(plan, { ...defaultPrice, product: product.id }));
  const complete = plan.patch('product', product.id, { defaultPrice: price.id });
  plan.emit('product.created', 'product', product.id);
  return complete;
}

/** Changes what is given. A default price must be one of the product's own that is in use. */
export function updateProduct(plan: Plan, id: string, { metadata, defaultPrice, ...settings }: ProductChange): void {
  const product = plan.rows.get('product', id);
  if (defaultPrice) requireOwnPrice(plan, id, defaultPrice);
  plan.patch('product', id, {
    ...given(settings),
    ...(defaultPrice === undefined ? {} : { defaultPrice }),
    metadata: mergeMetadata(product.metadata, metadata),
    updated: plan.now,
  });
  plan.emitUpdated('product.updated', 'product', id);
}

/** @throws product_in_use where it has prices; those can be archived, and the product with them */
export function deleteProduct(plan: Plan, id: string): void {
  if (plan.rows.first('price', (price) => price.product === id)) {
    throw new BillingError(
      'product_in_use',
      'This product cannot be deleted because it has one or more user-created prices. Archive it by setting `active` to false.',
    );
  }
  plan.patch('product', id, { deleted: true, active: false });
  plan.emit('product.deleted', 'product', id);
}

function requireOwnPrice(plan: Plan, product: string, id: string): void {
  const price = plan.rows.find('price', id);
  if (!price) throw new BillingError('resource_missing', `No such price: '${id}'`, { param: 'default_price' });
  if (price.product !== product || !price.active) {
    throw new BillingError('parameter_invalid', `The price '${id}' must be an active price of the product '${product}'.`, {
      param: 'default_price',
    });
  }
}
