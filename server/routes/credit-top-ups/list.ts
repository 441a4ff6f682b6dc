import { equals, list } from '../../http/list';
import { operation } from '../../http/operation';
import { id, oneOf, pagination, parameters } from '../../http/parameters';

/**
 * Lists credit top-ups, newest first, without deleted ones.
 *
 * @throws BillingError resource_missing (the cursor), parameters_exclusive
 */
export const listCreditTopUps = operation({
  method: 'get',
  path: '/v1/billing/credit_top_ups',
  summary: 'List credit top-ups',
  tag: 'Credits',
  own: true,
  parameters: parameters({ ...pagination, customer: id().optional(), status: oneOf(['active', 'paused']).optional() }),
  shows: 'creditTopUp',
  handle(request) {
    const { customer, status } = request.parameters;
    return list(request, 'creditTopUp', [equals('customer', customer), equals('status', status), equals('deleted', false)]);
  },
});
