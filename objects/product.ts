import type { Product } from '../domain/rows/product';
import type { WireProduct } from './shapes/product';

/** Stripe's product. Clients of older API versions read in `type` whether it is a good or a service. */
export function toStripeProduct(product: Product): WireProduct {
  return {
    id: product.id,
    object: 'product',
    active: product.active,
    created: product.created,
    default_price: product.defaultPrice,
    description: product.description,
    images: product.images,
    livemode: product.livemode,
    marketing_features: product.marketingFeatures,
    metadata: product.metadata,
    name: product.name,
    package_dimensions: product.packageDimensions,
    shippable: product.shippable,
    statement_descriptor: product.statementDescriptor,
    tax_code: product.taxCode,
    type: product.type,
    unit_label: product.unitLabel,
    updated: product.updated,
    url: product.url,
  };
}
