import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { missing } from '../../http/request';

/**
 * Retrieves one of a customer's subscriptions.
 *
 * @throws BillingError resource_missing
 */
export const retrieveCustomerSubscription = operation({
  method: 'get',
  path: '/v1/customers/:customer/subscriptions/:subscription',
  summary: "Retrieve a customer's subscription",
  tag: 'Customers',
  parameters: parameters({}),
  shows: 'subscription',
  async handle(request) {
    const { id, customer } = await request.find('subscription', request.pathId('subscription'));
    return customer === request.pathId('customer') ? { kind: 'subscription', key: id } : missing('subscription', id);
  },
});
