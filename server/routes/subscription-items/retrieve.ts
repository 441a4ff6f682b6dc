import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { missing } from '../../http/request';

/**
 * Retrieves a subscription item.
 *
 * @throws BillingError resource_missing
 */
export const retrieveSubscriptionItem = operation({
  method: 'get',
  path: '/v1/subscription_items/:item',
  summary: 'Retrieve a subscription item',
  tag: 'Subscription items',
  parameters: parameters({}),
  shows: 'subscriptionItem',
  handle: async (request) => {
    const item = await request.find('subscriptionItem', request.pathId('item'));
    return item.deleted ? missing('subscriptionItem', item.id) : { kind: 'subscriptionItem', key: item.id };
  },
});
