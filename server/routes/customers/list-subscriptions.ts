import { equals, list } from '../../http/list';
import { operation } from '../../http/operation';
import { pagination, parameters } from '../../http/parameters';

/**
 * Lists a customer's subscriptions that have not ended, newest first.
 *
 * @throws BillingError resource_missing, parameters_exclusive
 */
export const listCustomerSubscriptions = operation({
  method: 'get',
  path: '/v1/customers/:customer/subscriptions',
  summary: "List a customer's subscriptions",
  tag: 'Customers',
  parameters: parameters(pagination),
  shows: 'subscription',
  async handle(request) {
    const { id } = await request.find('customer', request.pathId('customer'));
    return list(request, 'subscription', [equals('customer', id), { column: 'endedAt', isNull: true }]);
  },
});
