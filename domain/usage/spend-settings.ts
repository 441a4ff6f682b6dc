/** A caller's thresholds, minimum commitment and maximum spend, and the checks of them. */
import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import { isMetered } from '../rows/price';
import { itemsOf, recurringOf } from '../subscription-item/items';
import type { ItemParameters, SubscriptionSettingsParameters, ThresholdParameters } from '../rows/subscription-parameters';
import type { BillingThresholds, Subscription, SubscriptionItem } from '../rows/subscription';

type SpendSettings = Pick<Subscription, 'billingThresholds' | 'minimumCommitment' | 'maximumSpend'>;

/** Absent parameters keep their values. */
export function spendSettings(params: SubscriptionSettingsParameters, before: SpendSettings): SpendSettings {
  const { billing_thresholds: thresholds, minimum_commitment: minimum, maximum_spend: maximum } = params;
  return {
    billingThresholds: thresholds === undefined ? before.billingThresholds : thresholds && thresholdsOf(thresholds),
    minimumCommitment: minimum === undefined ? before.minimumCommitment : (minimum?.amount ?? null),
    maximumSpend: maximum === undefined ? before.maximumSpend : (maximum?.amount ?? null),
  };
}

export function thresholdsOf({ amount_gte: amount, reset_billing_cycle_anchor: resets }: ThresholdParameters): BillingThresholds {
  return { amount_gte: amount ?? null, reset_billing_cycle_anchor: resets ?? null };
}

/**
 * A threshold needs a metered price: a bought quantity is billed when it is bought.
 *
 * @throws BillingError parameter_invalid
 */
export function itemThreshold(
  changes: ChangeSet,
  { billing_thresholds: params }: ItemParameters,
  { price, before, param }: { price: string; before: SubscriptionItem['billingThresholds']; param: string },
): SubscriptionItem['billingThresholds'] {
  if (params === undefined) return before && isMetered(changes.rows.get('price', price)) ? before : null;
  if (params === null || isMetered(changes.rows.get('price', price))) return params;
  throw new BillingError('parameter_invalid', 'billing_thresholds can only be set for a metered price.', { param });
}

/** @throws BillingError parameter_invalid if the present items have no common period to bound, or the bounds contradict each other */
export function assertBoundable(changes: ChangeSet, subscriptionId: string): void {
  const { minimumCommitment: least, maximumSpend: most } = changes.rows.get('subscription', subscriptionId);
  if (least === null && most === null) return;
  const param = least === null ? 'maximum_spend' : 'minimum_commitment';
  if (least !== null && most !== null && least > most) {
    throw new BillingError('parameter_invalid', 'minimum_commitment cannot be more than maximum_spend.', { param });
  }
  const intervals = itemsOf(changes.rows, subscriptionId).map((item) => recurringOf(changes.rows, item));
  if (new Set(intervals.map(({ interval, interval_count: count }) => `${interval}/${String(count)}`)).size <= 1) return;
  throw new BillingError('parameter_invalid', `${param} needs items that are all billed in the same interval.`, { param });
}
