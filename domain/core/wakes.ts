import type { ChangeSet } from './change-set';
import { workflowId } from '../rows/workflow';

/** Has the subscription's own workflow look at its rows, where it is not the one that commits this. */
export function wakeSubscription(changes: ChangeSet, subscriptionId: string | null): void {
  const subscription = changes.rows.find('subscription', subscriptionId);
  if (!subscription || changes.context.workflow === workflowId('subscription', subscription.id)) return;
  if (subscription.status === 'canceled' || subscription.status === 'incomplete_expired') return;
  changes.wake('subscription', subscription.id, subscription);
}

/** What a subscription was charged may be enough for an alert by spend, or take credit; the facts hold such alerts and top-ups. */
export function wakeSpendWatch(changes: ChangeSet, subscriptionId: string): void {
  const subscription = changes.rows.find('subscription', subscriptionId);
  const isWatched = changes.rows.all('alert').length > 0 || changes.rows.all('creditTopUp').some(({ status }) => status === 'active');
  if (!subscription || !isWatched) return;
  const charged = changes.changed.has('invoiceLineItem') || changes.changed.has('invoiceItem');
  if (charged) changes.wake('usage', subscription.customer, subscription);
}
