import { cancelSubscriptionUpdate } from '../../../workflows/contract';
import { subscriptionEntity } from '../../writes/entities';
import { operation } from '../../http/operation';
import { boolean, parameters } from '../../http/parameters';
import { findLiving } from '../../schemas/living';
import { cancellationDetails } from '../../schemas/subscription';

export const cancelParameters = parameters({
  cancellation_details: cancellationDetails().optional(),
  invoice_now: boolean().optional(),
  prorate: boolean().optional(),
});

/**
 * Ends a subscription now.
 *
 * @throws BillingError resource_missing (also if it has ended already), lock_timeout
 */
export const cancelSubscription = operation({
  method: 'delete',
  path: '/v1/subscriptions/:subscription',
  summary: 'Cancel a subscription',
  tag: 'Subscriptions',
  parameters: cancelParameters,
  shows: 'subscription',
  through: 'workflow',
  unsupported: ['cancellation_details[feedback_option]'],
  handle: async (request) => {
    const subscription = await findLiving(request);
    await request.changeThroughWorkflow(subscriptionEntity(subscription), cancelSubscriptionUpdate);
    return { kind: 'subscription', key: subscription.id };
  },
});
