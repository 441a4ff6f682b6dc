import type { ChangeSet } from './change-set';
import { workflowId } from '../rows/workflow';

/** Wakes the subscription's own workflow, unless that workflow runs this commit. */
export function wakeSubscription(changes: ChangeSet, subscriptionId: string | null): void {
  const subscription = changes.rows.find('subscription', subscriptionId);
  if (!subscription || changes.context.workflow === workflowId('subscription', subscription.id)) return;
  if (subscription.status === 'canceled' || subscription.status === 'incomplete_expired') return;
  changes.wake('subscription', subscription.id, subscription);
}

/**
 * Wakes the customer's `usage` workflow, if the facts contain an alert by spend or a top-up: the subscription's new charges may trigger it.
 */
export function wakeSpendWatch(changes: ChangeSet, subscriptionId: string): void {
  const subscription = changes.rows.find('subscription', subscriptionId);
  const isWatched = changes.rows.all('alert').length > 0 || changes.rows.all('creditTopUp').some(({ status }) => status === 'active');
  if (!subscription || !isWatched) return;
  const charged = changes.changed.has('invoiceLineItem') || changes.changed.has('invoiceItem');
  if (charged) changes.wake('usage', subscription.customer, subscription);
}
