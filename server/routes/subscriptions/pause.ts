import { pauseSubscriptionUpdate } from '../../../workflows/contract';
import { subscriptionEntity } from '../../writes/entities';
import { operation } from '../../http/operation';
import { oneOf, parameters } from '../../http/parameters';
import { findLiving } from '../../schemas/living';

const pauseParameters = parameters({ type: oneOf(['subscription']).optional() });

/**
 * Pauses a subscription without ending it: no invoices and no new periods until it is resumed.
 *
 * @throws BillingError resource_missing (also if it has ended), subscription_not_editable, lock_timeout
 */
export const pauseSubscription = operation({
  method: 'post',
  path: '/v1/subscriptions/:subscription/pause',
  summary: 'Pause a subscription',
  tag: 'Subscriptions',
  parameters: pauseParameters,
  shows: 'subscription',
  through: 'workflow',
  unsupported: ['bill_for', 'invoicing_behavior'],
  handle: async (request) => {
    const subscription = await findLiving(request);
    await request.changeThroughWorkflow(subscriptionEntity(subscription), pauseSubscriptionUpdate);
    return { kind: 'subscription', key: subscription.id };
  },
});
