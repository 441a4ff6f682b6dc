/** What ends reviews, and what becomes of a bank's warning, when the charge itself changes. */
import type { ChangeSet } from '../core/change-set';
import type { Charge } from '../rows/charge';
import type { FraudType, ClosedReason } from '../rows/review';

/** Closes the charge's open review, if it has one. */
export function closeReview(changes: ChangeSet, chargeId: string, closedReason: ClosedReason): void {
  const review = changes.rows.first('review', (each) => each.charge === chargeId && each.open);
  if (!review) return;
  changes.patch('review', review.id, { open: false, closedReason, closedAt: changes.now });
  changes.patch('charge', review.charge, { review: null });
  changes.patch('paymentIntent', review.paymentIntent, { review: null });
  changes.emit('review.closed', 'review', review.id);
}

/** A refund as fraud ends the review, whatever its amount; another one only if nothing is left. */
export function settleRefunded(changes: ChangeSet, chargeId: string, { asFraud }: { asFraud: boolean }): void {
  if (asFraud) closeReview(changes, chargeId, 'refunded_as_fraud');
  else if (changes.rows.get('charge', chargeId).refunded) closeReview(changes, chargeId, 'refunded');
}

/** The card's bank warns of the charge. */
export function warn(changes: ChangeSet, charge: Charge, fraudType: FraudType): void {
  const warning = changes.put('earlyFraudWarning', {
    ...changes.resource('issfr'),
    ...{ customer: charge.customer, charge: charge.id, paymentIntent: charge.paymentIntent, fraudType },
    actionable: isActionable(changes.rows.get('charge', charge.id)),
  });
  changes.emit('radar.early_fraud_warning.created', 'earlyFraudWarning', warning.id);
}

/** The same warning may be told twice. */
export function warnOnce(changes: ChangeSet, charge: Charge, fraudType: FraudType): void {
  const isKnown = changes.rows.where('earlyFraudWarning', (each) => each.charge === charge.id && each.fraudType === fraudType).length > 0;
  if (!isKnown) warn(changes, charge, fraudType);
}

/** Whether a refund can still prevent a dispute. It is looked at whenever the charge is refunded or disputed. */
export function settleWarnings(changes: ChangeSet, chargeId: string): void {
  const actionable = isActionable(changes.rows.get('charge', chargeId));
  for (const { id } of changes.rows.where('earlyFraudWarning', (each) => each.charge === chargeId && each.actionable !== actionable)) {
    changes.patch('earlyFraudWarning', id, { actionable });
    changes.emitUpdated('radar.early_fraud_warning.updated', 'earlyFraudWarning', id);
  }
}

const isActionable = ({ disputed, refunded }: Charge): boolean => !disputed && !refunded;
