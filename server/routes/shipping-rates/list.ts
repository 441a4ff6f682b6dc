import { equals, list, rangeFilter } from '../../http/list';
import { operation } from '../../http/operation';
import { boolean, currency, pagination, parameters, range } from '../../http/parameters';

/**
 * Lists shipping rates, newest first.
 *
 * @throws BillingError resource_missing for an unknown cursor, parameters_exclusive
 */
export const listShippingRates = operation({
  method: 'get',
  path: '/v1/shipping_rates',
  summary: 'List shipping rates',
  tag: 'Shipping rates',
  parameters: parameters({ ...pagination, active: boolean().optional(), created: range().optional(), currency: currency().optional() }),
  shows: 'shippingRate',
  handle(request) {
    const { active, created, currency: of } = request.parameters;
    return list(request, 'shippingRate', [equals('active', active), rangeFilter('created', created), equals('currency', of)]);
  },
});
