import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves a shipping rate.
 *
 * @throws BillingError resource_missing
 */
export const retrieveShippingRate = operation({
  method: 'get',
  path: '/v1/shipping_rates/:shipping_rate',
  summary: 'Retrieve a shipping rate',
  tag: 'Shipping rates',
  parameters: parameters({}),
  shows: 'shippingRate',
  async handle(request) {
    const { id } = await request.find('shippingRate', request.pathId('shipping_rate'));
    return { kind: 'shippingRate', key: id };
  },
});
