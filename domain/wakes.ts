import type { Plan } from './plan';
import { workflowId } from './workflow';

/** Has the subscription's own workflow look at its rows, where it is not the one that commits this. */
export function wakeSubscription(plan: Plan, subscriptionId: string | null): void {
  const subscription = plan.rows.find('subscription', subscriptionId);
  if (!subscription || plan.context.workflow === workflowId('subscription', subscription.id)) return;
  if (subscription.status === 'canceled' || subscription.status === 'incomplete_expired') return;
  plan.wake('subscription', subscription.id, subscription);
}
