import { equals, list, rangeFilter } from '../../http/list';
import { operation } from '../../http/operation';
import { id, orderedAs, pagination, parameters, range } from '../../http/parameters';

/**
 * Lists warnings of banks, newest first.
 *
 * @throws BillingError resource_missing (the cursor), parameters_exclusive
 */
export const listEarlyFraudWarnings = operation({
  method: 'get',
  path: '/v1/radar/early_fraud_warnings',
  summary: 'List early fraud warnings',
  tag: 'Radar',
  parameters: parameters({
    ...pagination,
    ...orderedAs('early_fraud_warnings'),
    charge: id().optional(),
    created: range().optional(),
    payment_intent: id().optional(),
  }),
  shows: 'earlyFraudWarning',
  handle(request) {
    const { charge, created, payment_intent: intent } = request.parameters;
    return list(request, 'earlyFraudWarning', [rangeFilter('created', created), equals('charge', charge), equals('paymentIntent', intent)]);
  },
});
