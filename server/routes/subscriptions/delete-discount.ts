import { deleteDiscountUpdate } from '../../../workflows/contract';
import { subscriptionEntity } from '../../writes/entities';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { missing } from '../../http/request';
import { findLiving } from '../../schemas/living';

/**
 * Removes the subscription's discounts, and returns the last one in its deleted form.
 *
 * @throws BillingError resource_missing (also if there is no discount), lock_timeout
 */
export const deleteSubscriptionDiscount = operation({
  method: 'delete',
  path: '/v1/subscriptions/:subscription/discount',
  summary: 'Delete the discount of a subscription',
  tag: 'Subscriptions',
  parameters: parameters({}),
  shows: 'discount',
  through: 'workflow',
  handle: async (request) => {
    const subscription = await findLiving(request);
    const discount = subscription.discounts.at(-1);
    if (discount === undefined) return missing('discount', subscription.id);
    await request.changeThroughWorkflow(subscriptionEntity(subscription), deleteDiscountUpdate);
    return { kind: 'discount', key: discount };
  },
});
