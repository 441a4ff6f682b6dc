import type { ChangeSet } from '../core/change-set';

/** What the copied subscriptions are worth, as the first movements of their customer: a clock has figures of its own. */
export function copiedMovements(changes: ChangeSet, customer: string): void {
  const totals = new Map<string, number>();
  for (const { id, currency, mrr, testClock } of changes.rows.where('subscription', (each) => each.customer === customer)) {
    if (mrr === 0) continue;
    const before = totals.get(currency) ?? 0;
    totals.set(currency, before + mrr);
    changes.put('mrrMovement', {
      ...changes.resource('mrrm'),
      ...{ amount: mrr, currency, customer, customerMrr: before + mrr, subscription: id, subscriptionMrr: mrr, testClock },
      type: before === 0 ? 'new' : 'expansion',
    });
  }
}
