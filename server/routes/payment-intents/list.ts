import { equals, list, rangeFilter } from '../../http/list';
import { operation } from '../../http/operation';
import { id, pagination, parameters, range } from '../../http/parameters';

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
  parameters: parameters({ ...pagination, created: range().optional(), customer: id().optional() }),
  shows: 'paymentIntent',
  unsupported: ['customer_account'],
  handle(request) {
    const { created, customer } = request.parameters;
    return list(request, 'paymentIntent', [rangeFilter('created', created), equals('customer', customer)]);
  },
});
