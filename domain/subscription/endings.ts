import { removeDiscount } from '../discount/life';
import { BillingError } from '../core/errors';
import { voidInvoice } from '../invoice/voiding';
import type { ChangeSet } from '../core/change-set';
import { undoCreation } from './undone-creation';

/** Expires a subscription whose first invoice was not paid within 23 hours, and voids that invoice. That of a checkout is as if it had never been. */
export function expireIncomplete(changes: ChangeSet, id: string): void {
  const subscription = changes.rows.get('subscription', id);
  if (subscription.hidden) {
    undoCreation(changes, subscription, 'abandoned');
    return;
  }
  const { latestInvoice } = subscription;
  changes.patch('subscription', id, { status: 'incomplete_expired', endedAt: changes.now });
  if (changes.rows.find('invoice', latestInvoice)?.status === 'open') voidInvoice(changes, latestInvoice as string);
}

/** Resumes collection when `pause_collection.resumes_at` has come. */
export function resumeCollection(changes: ChangeSet, id: string): void {
  changes.patch('subscription', id, { pauseCollection: null });
}

/** @throws BillingError resource_missing if there is no discount */
export function deleteSubscriptionDiscount(changes: ChangeSet, id: string): void {
  const { discounts } = changes.rows.get('subscription', id);
  if (discounts.length === 0) throw new BillingError('resource_missing', `No active discount for subscription: ${id}`);
  for (const discount of discounts) removeDiscount(changes, discount);
}
