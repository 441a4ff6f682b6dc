import { createSubscriptionItemUpdate } from '../../../workflows/contract';
import { madeBy, subscriptionEntity, unlessDone } from '../../writes/entities';
import { atLeastOne } from '../../http/exclusive';
import { operation } from '../../http/operation';
import { id, parameters, timestamp } from '../../http/parameters';
import { findLivingNamed } from '../../schemas/living';
import { checkPlan, pricedByPlan } from '../../schemas/plan';
import { itemShape, paymentBehavior, prorationBehavior } from '../../schemas/subscription';
import { changeItem, checkItem, nameItemPrice } from './pricing';

export const createItemParameters = parameters({
  ...itemShape,
  subscription: id(),
  payment_behavior: paymentBehavior().optional(),
  proration_behavior: prorationBehavior().optional(),
  proration_date: timestamp().optional(),
});

/**
 * Adds an item to a subscription. The rest of the period is billed by `proration_behavior`.
 *
 * @throws BillingError resource_missing, parameter_invalid, parameters_exclusive, currency_mismatch, too_many_items, lock_timeout;
 * card_declined and authentication_required with error_if_incomplete
 */
export const createSubscriptionItem = operation({
  method: 'post',
  path: '/v1/subscription_items',
  summary: 'Create a subscription item',
  tag: 'Subscription items',
  parameters: createItemParameters,
  shows: 'subscriptionItem',
  through: 'workflow',
  stored: pricedByPlan,
  unsupported: ['current_trial'],
  handle: async (request) => {
    const subscription = await findLivingNamed(request, request.parameters.subscription);
    const entity = subscriptionEntity(subscription);
    checkPlan(request.parameters);
    atLeastOne(pricedByPlan(request.parameters), ['price', 'price_data']);
    await unlessDone(request, entity, () => checkItem(request));
    await nameItemPrice(request, subscription.customer);
    await changeItem(request, entity, createSubscriptionItemUpdate);
    return { kind: 'subscriptionItem', key: madeBy(request, entity, 'si') };
  },
});
