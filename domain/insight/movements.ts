/**
 * Each change of a customer's monthly recurring revenue is a row, written in the commit that causes it. So what a month begins with, plus its
 * movements, is what it ends with, to the minor unit, and each movement names its subscription.
 */
import type { ChangeSet } from '../core/change-set';
import type { MovementType } from '../rows/mrr-movement';
import type { Subscription } from '../rows/subscription';
import { mrrOf } from './mrr';

/** Records what the changed subscriptions are worth now. It never refuses: a report must not stop what it reports on. */
export function recordMovements(changes: ChangeSet, subscriptions: ReadonlySet<string>): void {
  if (changes.context.preview) return;
  for (const id of subscriptions) {
    const subscription = changes.rows.find('subscription', id) ?? gone(changes, id);
    if (subscription) recordMovement(changes, subscription);
  }
}

/** A subscription whose creation was undone counts nothing any more. */
function gone({ base }: ChangeSet, id: string): Subscription | null {
  const before = base.find('subscription', id);
  return before ? { ...before, status: 'canceled' } : null;
}

function recordMovement(changes: ChangeSet, subscription: Subscription): void {
  const { id, customer, currency, testClock, mrr: before } = subscription;
  const after = mrrOf(changes.rows, subscription, changes.now);
  if (after === null || after === before) return;
  const latest = changes.rows
    .where('mrrMovement', (each) => each.customer === customer && each.currency === currency)
    .reduce<{ customerMrr: number } | null>((_, each) => each, null);
  const total = latest?.customerMrr ?? 0;
  const amount = after - before;
  if (changes.rows.find('subscription', id)) changes.patch('subscription', id, { mrr: after });
  changes.put('mrrMovement', {
    ...changes.resource('mrrm'),
    ...{ customer, subscription: id, testClock, currency, amount },
    ...{ type: typeOf(total, total + amount, latest !== null), subscriptionMrr: after, customerMrr: total + amount },
  });
}

function typeOf(before: number, after: number, isKnown: boolean): MovementType {
  if (before === 0) return isKnown ? 'reactivation' : 'new';
  if (after === 0) return 'churn';
  return after > before ? 'expansion' : 'contraction';
}
