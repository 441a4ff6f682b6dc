import { equals, list, rangeFilter } from '../../http/list';
import { operation } from '../../http/operation';
import { id, pagination, parameters, range } from '../../http/parameters';

/**
 * Lists setup intents, newest first.
 *
 * @throws BillingError resource_missing (the cursor), parameters_exclusive
 */
export const listSetupIntents = operation({
  method: 'get',
  path: '/v1/setup_intents',
  summary: 'List setup intents',
  tag: 'Setup intents',
  parameters: parameters({ ...pagination, created: range().optional(), customer: id().optional(), payment_method: id().optional() }),
  shows: 'setupIntent',
  unsupported: ['attach_to_self', 'customer_account'],
  handle(request) {
    const { created, customer, payment_method } = request.parameters;
    return list(request, 'setupIntent', [
      rangeFilter('created', created),
      equals('customer', customer),
      equals('paymentMethod', payment_method),
    ]);
  },
});
