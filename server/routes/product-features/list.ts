import { equals, list } from '../../http/list';
import { operation } from '../../http/operation';
import { pagination, parameters } from '../../http/parameters';

/**
 * Lists what a product gives access to, newest first.
 *
 * @throws BillingError resource_missing, parameters_exclusive
 */
export const listProductFeatures = operation({
  method: 'get',
  path: '/v1/products/:product/features',
  summary: 'List the features of a product',
  tag: 'Products',
  parameters: parameters({ ...pagination }),
  shows: 'productFeature',
  async handle(request) {
    const { id } = await request.find('product', request.pathId('product'));
    return list(request, 'productFeature', [equals('product', id)]);
  },
});
