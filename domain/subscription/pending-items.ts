/**
 * `pending_invoice_item_interval`: a subscription's pending invoice items are billed at an interval of their own, and not only with its next
 * invoice. A yearly subscription with an interval of a month bills in March what was added in February. Where nothing waits, nothing is billed.
 */
import type { ChangeSet } from '../core/change-set';
import { pendingItems } from '../line/draft';
import { nextBoundary } from '../money/billing-period';
import type { Subscription } from '../rows/subscription';
import { billLater } from './billing';

/** Drafts an invoice of the items that wait for the subscription, if there are any. Those of its customer wait for the next cycle. */
export function billPendingItems(changes: ChangeSet, id: string): void {
  const subscription = changes.rows.get('subscription', id);
  const { pendingItemBilling: billing } = subscription;
  if (billing === null) return;
  changes.patch('subscription', id, { pendingItemBilling: { ...billing, next: nextBoundary(billing.anchor, billing, changes.now) } });
  const items = waitingFor(changes, subscription);
  if (items.length === 0) return;
  const period = { start: changes.now, end: changes.now };
  billLater(changes, subscription, { billingReason: 'subscription_update', lines: [], items, period });
}

const waitingFor = ({ rows }: ChangeSet, { id, customer, currency }: Subscription) =>
  pendingItems(rows, customer, id, currency).filter((item) => item.subscription === id);
