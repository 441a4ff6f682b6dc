import { equals, list, rangeFilter } from '../../http/list';
import { operation } from '../../http/operation';
import { id, oneOf, orderedAs, pagination, parameters, range } from '../../http/parameters';

/**
 * Lists refunds, newest first.
 *
 * @throws BillingError resource_missing (the cursor), parameters_exclusive
 */
export const listRefunds = operation({
  method: 'get',
  path: '/v1/refunds',
  summary: 'List refunds',
  tag: 'Refunds',
  parameters: parameters({
    ...pagination,
    ...orderedAs('refunds'),
    charge: id().optional(),
    created: range().optional(),
    payment_intent: id().optional(),
    status: oneOf(['canceled', 'failed', 'pending', 'requires_action', 'succeeded']).optional(),
  }),
  shows: 'refund',
  handle(request) {
    const { charge, created, payment_intent, status } = request.parameters;
    return list(request, 'refund', [
      rangeFilter('created', created),
      equals('charge', charge),
      equals('paymentIntent', payment_intent),
      equals('status', status),
    ]);
  },
});
