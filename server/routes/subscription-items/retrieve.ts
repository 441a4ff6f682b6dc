import { operation } from '../../operation';
import { parameters } from '../../parameters';
import { missing } from '../../request';

/** Errors: resource_missing. */
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
