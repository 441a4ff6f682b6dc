import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves a price.
 *
 * @throws BillingError resource_missing
 */
export const retrievePrice = operation({
  method: 'get',
  path: '/v1/prices/:price',
  summary: 'Retrieve a price',
  tag: 'Prices',
  parameters: parameters({}),
  shows: 'price',
  async handle(request) {
    const { id } = await request.find('price', request.pathId('price'));
    return { kind: 'price', key: id };
  },
});
