import { resumeSubscriptionUpdate } from '../../../workflows/contract';
import { subscriptionEntity } from '../../writes/entities';
import { operation } from '../../http/operation';
import { parameters, timestamp } from '../../http/parameters';
import { findLiving } from '../../schemas/living';
import { anchorChange, prorationBehavior } from '../../schemas/subscription';

export const resumeParameters = parameters({
  billing_cycle_anchor: anchorChange().optional(),
  proration_behavior: prorationBehavior().optional(),
  proration_date: timestamp().optional(),
});

/**
 * Resumes a paused subscription: at once, or when the resumption invoice is paid.
 *
 * @throws BillingError resource_missing (also if it has ended), subscription_not_paused, subscription_not_editable, lock_timeout
 */
export const resumeSubscription = operation({
  method: 'post',
  path: '/v1/subscriptions/:subscription/resume',
  summary: 'Resume a subscription',
  tag: 'Subscriptions',
  parameters: resumeParameters,
  shows: 'subscription',
  through: 'workflow',
  unsupported: ['payment_behavior'],
  handle: async (request) => {
    const subscription = await findLiving(request);
    await request.changeThroughWorkflow(subscriptionEntity(subscription), resumeSubscriptionUpdate);
    return { kind: 'subscription', key: subscription.id };
  },
});
