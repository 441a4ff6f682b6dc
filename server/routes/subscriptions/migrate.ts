import { migrateSubscriptionUpdate } from '../../../workflows/contract';
import { findLiving } from '../../schemas/living';
import { subscriptionEntity } from '../../writes/entities';
import { operation } from '../../http/operation';
import { object, oneOf, parameters } from '../../http/parameters';

/**
 * Changes a subscription from classic to flexible billing mode. Nothing is billed by it, and there is no way back.
 *
 * @throws BillingError resource_missing (also of an ended one), parameter_invalid (it is flexible already), lock_timeout
 */
export const migrateSubscription = operation({
  method: 'post',
  path: '/v1/subscriptions/:subscription/migrate',
  summary: 'Migrate a subscription to flexible billing mode',
  tag: 'Subscriptions',
  parameters: parameters({ billing_mode: object({ type: oneOf(['flexible']) }) }),
  shows: 'subscription',
  through: 'workflow',
  unsupported: ['billing_mode[flexible]'],
  async handle(request) {
    const subscription = await findLiving(request);
    await request.changeThroughWorkflow(subscriptionEntity(subscription), migrateSubscriptionUpdate);
    return { kind: 'subscription', key: subscription.id };
  },
});
