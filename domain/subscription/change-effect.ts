/** The effect of a change of a subscription, as a value that may have to wait for its payment, and how it is applied. */
import type { LineContent } from '../rows/invoice';
import type { ChangeSet } from '../core/change-set';
import type { ItemChange } from './item-changes';
import { assertBoundable } from '../usage/spend-settings';
import type { Subscription } from '../rows/subscription';
import { stopAfterTrial } from './trial-end';

/** The effect of a change, before it is applied: it may have to wait for its payment. */
export interface SubscriptionChange {
  items: ItemChange[];
  /** The cycle restarts here; null if the anchor stays. */
  restartsAt: number | null;
  trialEnd: number | null;
  /** Billing ends with the trial that this change ends now: see `trial-end.ts`. */
  isUnpaid: boolean;
  lines: LineContent[];
  prorationDate: number;
}

/** Puts the items, the anchor and the trial's end of the change. */
export function applyChange(changes: ChangeSet, id: string, change: Omit<SubscriptionChange, 'lines'>): void {
  for (const { before, after } of change.items) {
    if (after) changes.put('subscriptionItem', after);
    else if (before) changes.put('subscriptionItem', { ...before, deleted: true });
  }
  assertBoundable(changes, id);
  const subscription = changes.rows.get('subscription', id);
  const anchor = change.restartsAt === null ? {} : { billingCycleAnchor: change.restartsAt, billingCycleAnchorConfig: null };
  if (change.isUnpaid) {
    changes.patch('subscription', id, { billingCycleAnchor: changes.now, billingCycleAnchorConfig: null, trialEnd: changes.now });
    stopAfterTrial(changes, subscription);
    return;
  }
  changes.patch('subscription', id, { ...anchor, ...trialAfter(changes, subscription, change.trialEnd) });
}

/** The fields of a trial that the change ends, starts or extends. The trial's end is then the anchor. */
function trialAfter(changes: ChangeSet, subscription: Subscription, trialEnd: number | null): Partial<Subscription> {
  if (trialEnd === null || trialEnd === subscription.trialEnd) return {};
  if (trialEnd <= changes.now) return subscription.status === 'trialing' ? { trialEnd: changes.now, status: 'active' } : {};
  const trialStart = subscription.trialStart ?? changes.now;
  return { trialStart, trialEnd, billingCycleAnchor: trialEnd, status: 'trialing', trialWillEndSentAt: null };
}
