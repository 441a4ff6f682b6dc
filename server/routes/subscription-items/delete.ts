import { deleteSubscriptionItemUpdate } from '../../../workflows/contract';
import { subscriptionEntity } from '../../writes/entities';
import { operation } from '../../http/operation';
import { boolean, parameters, timestamp } from '../../http/parameters';
import { paymentBehavior, prorationBehavior } from '../../schemas/subscription';
import { findItem } from './find';
import { changeItem } from './pricing';

export const deleteItemParameters = parameters({
  clear_usage: boolean().optional(),
  payment_behavior: paymentBehavior().optional(),
  proration_behavior: prorationBehavior().optional(),
  proration_date: timestamp().optional(),
});

/**
 * Removes an item from its subscription. The last item stays, because removing it would be a cancellation.
 *
 * @throws BillingError resource_missing, parameter_invalid, subscription_not_editable, lock_timeout
 */
export const deleteSubscriptionItem = operation({
  method: 'delete',
  path: '/v1/subscription_items/:item',
  summary: 'Delete a subscription item',
  tag: 'Subscription items',
  parameters: deleteItemParameters,
  shows: 'subscriptionItem',
  through: 'workflow',
  handle: async (request) => {
    const { item, subscription } = await findItem(request);
    await changeItem(request, subscriptionEntity(subscription), deleteSubscriptionItemUpdate);
    return { kind: 'subscriptionItem', key: item.id };
  },
});
