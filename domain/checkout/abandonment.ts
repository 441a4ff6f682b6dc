import type { ChangeSet } from '../core/change-set';

/** Has an unpaid subscription end. Its own workflow does it, and voids its invoice. */
export function abandonSubscription(changes: ChangeSet, id: string): void {
  const subscription = changes.rows.get('subscription', id);
  if (subscription.status !== 'incomplete') return;
  changes.patch('subscription', id, { incompleteUntil: changes.now });
  changes.wake('subscription', id, subscription);
}
