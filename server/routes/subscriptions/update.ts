import { updateSubscriptionUpdate } from '../../../workflows/contract';
import { subscriptionEntity, unlessDone } from '../../writes/entities';
import { operation } from '../../http/operation';
import { emptyable, object, oneOf, parameters, timestamp, timestampOrNow } from '../../http/parameters';
import { checkReferences } from '../../writes/references';
import { checkEnding } from '../../schemas/ending';
import { onlyNotesWhenEnded } from '../../schemas/living';
import {
  checkDiscounts,
  checkItems,
  nameItemPrices,
  referencesOfItems,
  referencesOfSettings,
  refuseWaitingDiscounts,
} from '../../schemas/pricing';
import { anchorChange, cancellationDetails, changedItems, settingsShape, UNSUPPORTED_OF_SETTINGS } from '../../schemas/subscription';

export const updateParameters = parameters({
  ...settingsShape,
  items: changedItems().optional(),
  billing_cycle_anchor: anchorChange().optional(),
  cancellation_details: cancellationDetails().optional(),
  pause_collection: emptyable(
    object({ behavior: oneOf(['keep_as_draft', 'mark_uncollectible', 'void']), resumes_at: timestamp().optional() }).transform(
      ({ behavior, resumes_at = null }) => ({ behavior, resumes_at }),
    ),
  ).optional(),
  proration_date: timestamp().optional(),
  trial_end: timestampOrNow().optional(),
});

/**
 * Changes a subscription: items, prices, quantities, anchor, trial, cancellation, collection.
 *
 * @throws BillingError resource_missing, parameter_invalid, parameters_exclusive, subscription_canceled, subscription_not_editable,
 * currency_mismatch, coupon_expired, too_many_items, lock_timeout; card_declined and authentication_required with error_if_incomplete
 */
export const updateSubscription = operation({
  method: 'post',
  path: '/v1/subscriptions/:subscription',
  summary: 'Update a subscription',
  tag: 'Subscriptions',
  parameters: updateParameters,
  shows: 'subscription',
  through: 'workflow',
  unsupported: [...UNSUPPORTED_OF_SETTINGS, 'cancellation_details[feedback_option]', 'trial_from_plan'],
  handle: async (request) => {
    const params = request.parameters;
    const subscription = await request.find('subscription', request.pathId('subscription'));
    const entity = subscriptionEntity(subscription);
    await unlessDone(request, entity, async () => {
      onlyNotesWhenEnded(subscription, params);
      checkItems(params);
      checkEnding(params);
      refuseWaitingDiscounts(params.items ?? [], params.payment_behavior, (index) => `items[${String(index)}][discounts]`);
      checkDiscounts(params.discounts, 'discounts');
      await checkReferences(request, [...referencesOfItems(params), ...referencesOfSettings(subscription.customer, params)]);
    });
    await nameItemPrices(request, subscription.customer);
    await request.changeThroughWorkflow(entity, updateSubscriptionUpdate);
    return { kind: 'subscription', key: subscription.id };
  },
});
