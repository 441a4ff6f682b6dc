import { DISPUTE_STATUSES } from '../../../domain/rows/dispute';
import { equals, list, rangeFilter } from '../../http/list';
import { operation } from '../../http/operation';
import { id, oneOf, orderedAs, pagination, parameters, range } from '../../http/parameters';

/**
 * Lists disputes, newest first.
 *
 * @throws BillingError resource_missing (the cursor), parameters_exclusive
 */
export const listDisputes = operation({
  method: 'get',
  path: '/v1/disputes',
  summary: 'List disputes',
  tag: 'Disputes',
  parameters: parameters({
    ...pagination,
    ...orderedAs('disputes'),
    charge: id().optional(),
    created: range().optional(),
    payment_intent: id().optional(),
    status: oneOf(DISPUTE_STATUSES).optional(),
  }),
  shows: 'dispute',
  handle(request) {
    const { charge, created, payment_intent, status } = request.parameters;
    return list(request, 'dispute', [
      rangeFilter('created', created),
      equals('charge', charge),
      equals('paymentIntent', payment_intent),
      equals('status', status),
    ]);
  },
});
