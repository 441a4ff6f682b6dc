import { list, rangeFilter } from '../../http/list';
import { operation } from '../../http/operation';
import { orderedAs, pagination, parameters, range } from '../../http/parameters';

/**
 * Lists coupons, newest first.
 *
 * @throws BillingError resource_missing (the cursor), parameters_exclusive
 */
export const listCoupons = operation({
  method: 'get',
  path: '/v1/coupons',
  summary: 'List coupons',
  tag: 'Coupons',
  parameters: parameters({ ...pagination, ...orderedAs('coupons'), created: range().optional() }),
  shows: 'coupon',
  handle: (request) => list(request, 'coupon', [rangeFilter('created', request.parameters.created)]),
});
