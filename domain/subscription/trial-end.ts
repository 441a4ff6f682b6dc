/** What becomes of a subscription whose trial ends: at its time, or early by `trial_end=now`. */
import { paymentMethodOfSubscription } from '../invoice-rules/method-to-charge';
import type { ChangeSet } from '../core/change-set';
import type { Rows } from '../rows/rows';
import type { Subscription } from '../rows/subscription';
import { endSubscription } from './cancellation';

/** Whether billing ends with the trial, because there is no payment method and the seller does not want an invoice then. */
export function endsUnpaid(rows: Rows, subscription: Subscription): boolean {
  const { collectionMethod, trialSettings } = subscription;
  if (collectionMethod !== 'charge_automatically' || trialSettings.end_behavior.missing_payment_method === 'create_invoice') return false;
  return !paymentMethodOfSubscription(rows, subscription);
}

/** Cancels it, or pauses it until there is a payment method. */
export function stopAfterTrial(changes: ChangeSet, { id, trialSettings }: Subscription): void {
  if (trialSettings.end_behavior.missing_payment_method === 'cancel') {
    endSubscription(changes, id, { reason: null });
    return;
  }
  changes.patch('subscription', id, { status: 'paused', pausedAt: changes.now });
  changes.emit('customer.subscription.paused', 'subscription', id);
}
