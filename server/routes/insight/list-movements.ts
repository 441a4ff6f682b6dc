import { MOVEMENTS } from '../../../domain/rows/mrr-movement';
import { equals, list, rangeFilter } from '../../http/list';
import { operation } from '../../http/operation';
import { currency, id, oneOf, orderedAs, pagination, parameters, range } from '../../http/parameters';

/**
 * Lists changes of the monthly recurring revenue, newest first. Each names the subscription that it comes from.
 *
 * @throws BillingError resource_missing for an unknown cursor, parameters_exclusive
 */
export const listMrrMovements = operation({
  method: 'get',
  path: '/v1/insight/mrr_movements',
  summary: 'List movements of the monthly recurring revenue',
  tag: 'Insight',
  own: true,
  parameters: parameters({
    ...pagination,
    ...orderedAs('mrr_movements'),
    created: range().optional(),
    currency: currency().optional(),
    customer: id().optional(),
    subscription: id().optional(),
    test_clock: id().optional(),
    type: oneOf(MOVEMENTS).optional(),
  }),
  shows: 'mrrMovement',
  handle: (request) => {
    const { created, currency: spent, customer, subscription, test_clock: clock, type } = request.parameters;
    return list(request, 'mrrMovement', [
      rangeFilter('created', created),
      equals('currency', spent),
      equals('customer', customer),
      equals('subscription', subscription),
      equals('testClock', clock),
      equals('type', type),
    ]);
  },
});
