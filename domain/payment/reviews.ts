/**
 * Reviews: a person decides on a payment, which has succeeded meanwhile. If nobody has decided by the deadline, the account's default applies.
 * What makes the question pointless closes the review: a refund, a dispute, or the end of an authorization.
 */
import type { ChangeSet } from '../core/change-set';
import { BillingError } from '../core/errors';
import type { StepInput } from '../core/steps';
import { settingsOf } from '../rows/account';
import type { Charge } from '../rows/charge';
import type { Review } from '../rows/review';
import { putRefund, refundable } from './refunds';
import { closeReview } from '../fraud/review-endings';

/** Opens the review that the fraud step has asked for. A charge is reviewed once. */
export function openReview(changes: ChangeSet, chargeId: string): void {
  const charge = changes.rows.get('charge', chargeId);
  if (charge.outcome?.type !== 'manual_review') return;
  if (changes.rows.first('review', (each) => each.charge === charge.id)) return;
  putReview(changes, charge, 'rule');
}

/**
 * Opens a review by hand.
 *
 * @throws BillingError parameter_invalid for a charge that has not succeeded, or is disputed, refunded or in review
 */
export function openReviewByHand(changes: ChangeSet, chargeId: string): void {
  const charge = changes.rows.get('charge', chargeId);
  const problem = obstacleTo(charge);
  if (problem !== null) throw new BillingError('parameter_invalid', `Charge ${charge.id} ${problem}.`, { param: 'charge' });
  putReview(changes, charge, 'manual');
}

function obstacleTo({ disputed, refunded, review, status }: Charge): string | null {
  if (status === 'failed') return 'has not succeeded, so there is nothing to review';
  if (disputed) return 'is disputed';
  if (refunded) return 'is refunded';
  return review === null ? null : 'is in review already';
}

function putReview(changes: ChangeSet, charge: Charge, openedReason: Review['openedReason']): void {
  const { reviews } = settingsOf(changes.rows.get('account', charge.account), charge).fraud;
  const decideBy = reviews.decide_within_hours === null ? null : changes.now + reviews.decide_within_hours * 3600;
  const review = changes.put('review', {
    ...changes.resource('prv'),
    ...{ customer: charge.customer, charge: charge.id, paymentIntent: charge.paymentIntent },
    billingZip: charge.billingDetails.address.postal_code,
    ...{ open: true, openedReason, closedReason: null, closedAt: null },
    ...{ owner: reviews.owner, decideBy, defaultDecision: reviews.default_decision, missedAt: null },
  });
  changes.patch('charge', charge.id, { review: review.id });
  changes.patch('paymentIntent', charge.paymentIntent, { review: review.id });
  changes.emit('review.opened', 'review', review.id);
  if (decideBy !== null) waitUntil(changes, review, decideBy);
}

/** Until the deadline the review costs one row, and no workflow. */
function waitUntil(changes: ChangeSet, { id, customer }: Review, decideBy: number): void {
  const testClock = changes.rows.find('customer', customer)?.testClock ?? null;
  changes.startAt(decideBy, 'review', id, { id: customer, testClock });
}

/** @throws BillingError parameter_invalid for a closed review */
export function approveReview(changes: ChangeSet, id: string): void {
  const { charge, closedReason, open } = changes.rows.get('review', id);
  if (!open) throw new BillingError('parameter_invalid', `Review ${id} is closed already: ${String(closedReason)}.`, { param: 'review' });
  closeReview(changes, charge, 'approved');
}

/** The deadline has passed. Who is named for that answers from now on, and the default is done. */
export function missReview(changes: ChangeSet, { subject }: StepInput): void {
  const before = changes.rows.get('review', subject);
  const charge = changes.rows.get('charge', before.charge);
  const { escalate_to: next } = settingsOf(changes.rows.get('account', before.account), before).fraud.reviews;
  const review = changes.patch('review', subject, { missedAt: changes.now, owner: next ?? before.owner });
  changes.outcome = `nobody has decided on ${subject} in time: ${review.defaultDecision}`;
  changes.emit('dunlin.review.missed', 'review', subject);
  if (review.defaultDecision === 'approve') return closeReview(changes, charge.id, 'approved');
  const amount = refundable(changes.rows, charge);
  if (review.defaultDecision === 'none' || amount === 0) return;
  const refund = putRefund(changes, charge, { id: changes.id('re'), amount, reason: 'fraudulent', metadata: {} });
  changes.wake('refund', refund.id, refund);
}
