import { equals, list } from '../../http/list';
import { operation } from '../../http/operation';
import { id, pagination, parameters } from '../../http/parameters';

/**
 * Lists a subscription's items.
 *
 * @throws BillingError resource_missing if the subscription or the cursor does not exist, parameters_exclusive for two cursors
 */
export const listSubscriptionItems = operation({
  method: 'get',
  path: '/v1/subscription_items',
  summary: 'List the items of a subscription',
  tag: 'Subscription items',
  parameters: parameters({ ...pagination, subscription: id() }),
  shows: 'subscriptionItem',
  handle: async (request) => {
    const { id: subscription } = await request.find('subscription', request.parameters.subscription, 'subscription');
    return list(request, 'subscriptionItem', [equals('subscription', subscription)]);
  },
});
