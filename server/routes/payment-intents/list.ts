import { PAYMENT_INTENT_STATUSES } from '../../../domain/rows/payment-intent';
import { equals, list, rangeFilter } from '../../http/list';
import { operation } from '../../http/operation';
import { id, oneOf, orderedAs, pagination, parameters, range } from '../../http/parameters';

/**
 * Lists payment intents, newest first.
 *
 * @throws BillingError resource_missing (the cursor), parameters_exclusive
 */
export const listPaymentIntents = operation({
  method: 'get',
  path: '/v1/payment_intents',
  summary: 'List payment intents',
  tag: 'Payment intents',
  parameters: parameters({
    ...pagination,
    ...orderedAs('payment_intents'),
    created: range().optional(),
    customer: id().optional(),
    status: oneOf(PAYMENT_INTENT_STATUSES).optional(),
  }),
  shows: 'paymentIntent',
  unsupported: ['customer_account'],
  handle(request) {
    const { created, customer, status } = request.parameters;
    return list(request, 'paymentIntent', [rangeFilter('created', created), equals('customer', customer), equals('status', status)]);
  },
});
