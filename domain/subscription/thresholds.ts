/**
 * Bills usage in mid-period when it is enough: `billing_thresholds` of the subscription by amount, of an item by quantity. With
 * `amount_gte` 5000, a customer who has used 5200 by the 9th gets an invoice of 5200 then, and the rest at the period's end; tiers
 * continue. With `reset_billing_cycle_anchor` the cycle restarts instead.
 */
import { sumOf } from '../money/money';
import type { ChangeSet } from '../core/change-set';
import type { Rows } from '../rows/rows';
import { billLater } from './billing';
import { restartCycle } from './change';
import { itemsOf } from '../subscription-item/items';
import type { Subscription } from '../rows/subscription';
import { LOOK_AGAIN_SECONDS, usageHorizon } from '../rows/usage';
import { billUsage, meteredItemsOf, unbilledUsage } from '../usage/billing';

/** Whether the subscription has thresholds: only then are entity states derived with usage. */
function hasThresholds(rows: Rows, { id, billingThresholds }: Subscription): boolean {
  return billingThresholds !== null || meteredItemsOf(rows, id).some((item) => item.billingThresholds !== null);
}

/** When to bill, or to check again because events are dated in the future; null if neither. Epoch seconds. */
export function thresholdDue(rows: Rows, subscription: Subscription, now: number): number | null {
  if (isReachedBy(rows, subscription, now, now + 1)) return now;
  return isReachedBy(rows, subscription, now, usageHorizon(now)) ? now + LOOK_AGAIN_SECONDS : null;
}

/** Whether usage before `to` reaches a threshold. A due renewal comes first. */
function isReachedBy(rows: Rows, subscription: Subscription, now: number, to: number): boolean {
  if (!rows.usage || !isBilling(subscription) || !hasThresholds(rows, subscription)) return false;
  if (itemsOf(rows, subscription.id).some((item) => item.currentPeriodEnd <= now)) return false;
  const unbilled = meteredItemsOf(rows, subscription.id).map((item) => ({ item, ...unbilledUsage(rows, item, to) }));
  // A cost without use (a flat amount of the first tier) belongs to the period's end; here it would reach the threshold again and again.
  if (unbilled.every(({ quantity }) => quantity.isZero())) return false;
  const least = subscription.billingThresholds?.amount_gte ?? null;
  if (least !== null && sumOf(unbilled.map(({ amount }) => amount)) >= least) return true;
  return unbilled.some(({ item, quantity }) => item.billingThresholds !== null && quantity.gte(item.billingThresholds.usage_gte));
}

/**
 * Thresholds bill nothing in a trial, while a change waits for its payment, or before the first payment. A pause of collection does not
 * stop them.
 */
function isBilling({ status, pendingUpdate }: Subscription): boolean {
  return pendingUpdate === null && (status === 'active' || status === 'past_due');
}

/** Does nothing if the step was only due to check again. */
export function billThreshold(changes: ChangeSet, id: string): void {
  const subscription = changes.rows.get('subscription', id);
  if (thresholdDue(changes.rows, subscription, changes.now) !== changes.now) return;
  const to = changes.now + 1;
  const period = { start: Math.min(...meteredItemsOf(changes.rows, id).map((item) => item.currentPeriodStart)), end: changes.now };
  const lines = subscription.billingThresholds?.reset_billing_cycle_anchor
    ? restartCycle(changes, id, to)
    : meteredItemsOf(changes.rows, id).flatMap((item) => billUsage(changes, item, to));
  billLater(changes, changes.rows.get('subscription', id), { billingReason: 'subscription_threshold', lines, period });
}
