/** Creates, updates and deletes products. A product with prices cannot be deleted, because what was sold under it must remain readable. */
import { BillingError } from '../core/errors';
import { omitUndefined } from '../core/omit-undefined';
import { mergeMetadata } from '../core/metadata';
import { nestedIn } from '../core/nested-refusal';
import type { ChangeSet } from '../core/change-set';
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
  /** The id, if the caller chooses it. */
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
  type: 'service',
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

/** Puts a product, with its first price if one is given, and emits the events of both. */
export function createProduct(changes: ChangeSet, { id, metadata, defaultPrice, ...settings }: NewProduct): Product {
  const resource = id === undefined ? changes.resource('prod') : { ...changes.resource('prod'), id };
  const product = changes.put('product', {
    ...resource,
    ...BLANK,
    ...omitUndefined(settings),
    name: settings.name,
    updated: changes.now,
    deleted: false,
    defaultPrice: null,
    metadata: mergeMetadata({}, metadata),
  });
  if (defaultPrice === undefined) {
    changes.emit('product.created', 'product', product.id);
    return product;
  }
  const price = nestedIn('default_price_data', () => createPrice(changes, { ...defaultPrice, product: product.id }));
  const complete = changes.patch('product', product.id, { defaultPrice: price.id });
  changes.emit('product.created', 'product', product.id);
  return complete;
}

/** Changes the given settings. A default price must be an active price of the product. */
export function updateProduct(changes: ChangeSet, id: string, { metadata, defaultPrice, ...settings }: ProductChange): void {
  const product = changes.rows.get('product', id);
  if (defaultPrice) requireOwnPrice(changes, id, defaultPrice);
  changes.patch('product', id, {
    ...omitUndefined(settings),
    ...(defaultPrice === undefined ? {} : { defaultPrice }),
    metadata: mergeMetadata(product.metadata, metadata),
    updated: changes.now,
  });
  changes.emitUpdated('product.updated', 'product', id);
}

/** @throws BillingError product_in_use if it has prices; the caller can archive those, and the product */
export function deleteProduct(changes: ChangeSet, id: string): void {
  if (changes.rows.first('price', (price) => price.product === id)) {
    throw new BillingError(
      'product_in_use',
      'This product cannot be deleted because it has one or more user-created prices. Archive it by setting `active` to false.',
    );
  }
  changes.patch('product', id, { deleted: true, active: false });
  changes.emit('product.deleted', 'product', id);
}

function requireOwnPrice(changes: ChangeSet, product: string, id: string): void {
  const price = changes.rows.find('price', id);
  if (!price) throw new BillingError('resource_missing', `No such price: '${id}'`, { param: 'default_price' });
  if (price.product !== product || !price.active) {
    throw new BillingError('parameter_invalid', `The price '${id}' must be an active price of the product '${product}'.`, {
      param: 'default_price',
    });
  }
}
