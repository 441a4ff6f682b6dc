import { equals, list, rangeFilter } from '../../http/list';
import { operation } from '../../http/operation';
import { id, oneOf, orderedAs, pagination, parameters, range } from '../../http/parameters';

/**
 * Lists charges, newest first.
 *
 * @throws BillingError resource_missing (the cursor), parameters_exclusive
 */
export const listCharges = operation({
  method: 'get',
  path: '/v1/charges',
  summary: 'List charges',
  tag: 'Charges',
  parameters: parameters({
    ...pagination,
    ...orderedAs('charges'),
    created: range().optional(),
    customer: id().optional(),
    payment_intent: id().optional(),
    status: oneOf(['failed', 'pending', 'succeeded']).optional(),
  }),
  shows: 'charge',
  unsupported: ['transfer_group'],
  handle(request) {
    const { created, customer, payment_intent, status } = request.parameters;
    return list(request, 'charge', [
      rangeFilter('created', created),
      equals('customer', customer),
      equals('paymentIntent', payment_intent),
      equals('status', status),
    ]);
  },
});
