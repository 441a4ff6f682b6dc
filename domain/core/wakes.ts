import type { Plan } from './change-set';
import { workflowId } from '../rows/workflow';

/** Has the subscription's own workflow look at its rows, where it is not the one that commits this. */
export function wakeSubscription(plan: Plan, subscriptionId: string | null): void {
  const subscription = plan.rows.find('subscription', subscriptionId);
  if (!subscription || plan.context.workflow === workflowId('subscription', subscription.id)) return;
  if (subscription.status === 'canceled' || subscription.status === 'incomplete_expired') return;
  plan.wake('subscription', subscription.id, subscription);
}

/** What a subscription was charged may be enough for an alert by spend, or take credit; the facts hold such alerts and top-ups. */
export function wakeSpendWatch(plan: Plan, subscriptionId: string): void {
  const subscription = plan.rows.find('subscription', subscriptionId);
  const isWatched = plan.rows.all('alert').length > 0 || plan.rows.all('creditTopUp').some(({ status }) => status === 'active');
  if (!subscription || !isWatched) return;
  const charged = plan.changed.has('invoiceLineItem') || plan.changed.has('invoiceItem');
  if (charged) plan.wake('usage', subscription.customer, subscription);
}
