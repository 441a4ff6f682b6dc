import type { ProductFeature } from '../../../domain/rows/entitlement';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { missing, type ApiRequest } from '../../http/request';

/**
 * Retrieves a feature of a product.
 *
 * @throws BillingError resource_missing
 */
export const retrieveProductFeature = operation({
  method: 'get',
  path: '/v1/products/:product/features/:id',
  summary: 'Retrieve a feature of a product',
  tag: 'Products',
  parameters: parameters({}),
  shows: 'productFeature',
  async handle(request) {
    const { id } = await findProductFeature(request);
    return { kind: 'productFeature', key: id };
  },
});

/** @throws BillingError resource_missing if the product does not have it */
export async function findProductFeature(request: ApiRequest<unknown>): Promise<ProductFeature> {
  const id = request.pathId('id');
  const { id: product } = await request.find('product', request.pathId('product'));
  const row = await request.find('productFeature', id);
  return row.product === product && !row.deleted ? row : missing('productFeature', id);
}
