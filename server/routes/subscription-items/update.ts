import { updateSubscriptionItemUpdate } from '../../../workflows/contract';
import { subscriptionEntity, unlessDone } from '../../writes/entities';
import { operation } from '../../http/operation';
import { boolean, parameters, timestamp } from '../../http/parameters';
import { checkPlan, pricedByPlan } from '../../schemas/plan';
import { itemShape, paymentBehavior, prorationBehavior } from '../../schemas/subscription';
import { findItem } from './find';
import { changeItem, checkItem, nameItemPrice } from './pricing';

export const updateItemParameters = parameters({
  ...itemShape,
  off_session: boolean().optional(),
  payment_behavior: paymentBehavior().optional(),
  proration_behavior: prorationBehavior().optional(),
  proration_date: timestamp().optional(),
});

/**
 * Changes an item's price, quantity, taxes, discounts or metadata.
 *
 * @throws BillingError resource_missing, parameter_invalid, parameters_exclusive, currency_mismatch, subscription_not_editable,
 * lock_timeout; card_declined and authentication_required with error_if_incomplete
 */
export const updateSubscriptionItem = operation({
  method: 'post',
  path: '/v1/subscription_items/:item',
  summary: 'Update a subscription item',
  tag: 'Subscription items',
  parameters: updateItemParameters,
  shows: 'subscriptionItem',
  through: 'workflow',
  stored: pricedByPlan,
  unsupported: ['current_trial'],
  handle: async (request) => {
    checkPlan(request.parameters);
    const { item, subscription } = await findItem(request);
    const entity = subscriptionEntity(subscription);
    await unlessDone(request, entity, () => checkItem(request));
    await nameItemPrice(request, subscription.customer);
    await changeItem(request, entity, updateSubscriptionItemUpdate);
    return { kind: 'subscriptionItem', key: item.id };
  },
});
