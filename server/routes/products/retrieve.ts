import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { missing } from '../../http/request';

/**
 * Retrieves a product.
 *
 * @throws BillingError resource_missing, also for one that was deleted
 */
export const retrieveProduct = operation({
  method: 'get',
  path: '/v1/products/:product',
  summary: 'Retrieve a product',
  tag: 'Products',
  parameters: parameters({}),
  shows: 'product',
  async handle(request) {
    const { id, deleted } = await request.find('product', request.pathId('product'));
    return deleted ? missing('product', id) : { kind: 'product', key: id };
  },
});
