/** Charges that were authorized and not yet captured: captures all or a part of them, or releases them. */
import { bookCharge } from '../payment/balance';
import type { Charge } from '../rows/charge';
import { followAftermath } from '../payment/disputes';
import { closeReview } from '../fraud/review-endings';
import { intentPaid } from './collection';
import { cancelIntent, currentAttempt } from '../payment/intents';
import { recordPaidTax } from '../payment/tax-hooks';
import type { ChangeSet } from '../core/change-set';
import type { StepInput } from '../core/steps';
import type { Captured } from '../rows/payment-attempt';
import { isWaiting, type Waits } from '../rows/waiting';
import { keepCaptureBack } from './waiting';

/** Of 1000 authorized, 700 are captured: 700 are received and 300 are released, on the charge as on the card. */
export function recordCapture(changes: ChangeSet, input: StepInput<unknown, Captured | Waits | null>): void {
  if (isWaiting(input.answer)) return keepCaptureBack(changes, input.subject, input.answer);
  const intent = changes.rows.get('paymentIntent', input.subject);
  const amount = intent.captureRequested ?? intent.amountCapturable;
  const answer = changes.rows.first('paymentAttempt', (each) => each.intent === intent.id && each.status === 'succeeded')?.answer;
  const succeeded = answer?.outcome === 'succeeded' ? answer : null;
  const authorized = authorizedCharge(changes, intent.latestCharge);
  const movement = bookCharge(changes, authorized, amount, receiptOf(succeeded, input.answer));
  const charge = changes.patch('charge', authorized.id, {
    captured: true,
    amountCaptured: amount,
    amountRefunded: authorized.amount - amount,
    balanceTransaction: movement.id,
  });
  changes.patch('paymentIntent', intent.id, {
    status: 'succeeded',
    amountReceived: amount,
    amountCapturable: 0,
    captureRequested: null,
    captureBefore: null,
  });
  changes.emit('charge.captured', 'charge', charge.id);
  changes.emit('payment_intent.succeeded', 'paymentIntent', intent.id);
  recordPaidTax(changes, intent.id);
  intentPaid(changes, intent, amount);
  if (succeeded?.aftermath) followAftermath(changes, charge, succeeded.aftermath);
}

/** The authorization says when the funds are available, and the capture what it costs. */
function receiptOf(
  authorized: { pendingBalance: boolean } | null,
  captured: Captured | null,
): { pendingBalance: boolean; fee: number | null } {
  return { pendingBalance: authorized?.pendingBalance ?? true, fee: captured?.fee ?? null };
}

export function recordCancellation(changes: ChangeSet, input: StepInput): void {
  const { cancellationReason: reason, debitedAt } = changes.rows.get('paymentIntent', input.subject);
  if (debitedAt !== null) releaseDebit(changes, input.subject, reason);
  else releaseAuthorization(changes, input.subject, { event: 'charge.refunded', reason });
}

/** The bank collects no more. */
function releaseDebit(changes: ChangeSet, intentId: string, reason: string | null): void {
  const attempt = currentAttempt(changes.rows, intentId);
  if (attempt) changes.patch('paymentAttempt', attempt.id, { status: 'canceled' });
  const charge = authorizedCharge(changes, changes.rows.get('paymentIntent', intentId).latestCharge);
  changes.patch('charge', charge.id, {
    status: 'failed',
    captured: false,
    amountCaptured: 0,
    failureCode: 'charge_canceled',
    failureMessage: CANCELED,
  });
  closeReview(changes, charge.id, 'canceled');
  changes.emit('charge.failed', 'charge', charge.id);
  cancelIntent(changes, intentId, reason);
}

const CANCELED = 'The payment was canceled before the bank had collected it.';

/** Releases the authorization. No money moved, so nothing is posted. */
export function releaseAuthorization(
  changes: ChangeSet,
  intentId: string,
  of: { event: 'charge.refunded' | 'charge.expired'; reason: string | null },
): void {
  const intent = changes.rows.get('paymentIntent', intentId);
  const charge = authorizedCharge(changes, intent.latestCharge);
  const waiting = changes.rows.first('paymentAttempt', (each) => each.intent === intentId && each.waitingFor !== null);
  if (waiting) changes.patch('paymentAttempt', waiting.id, { waitingFor: null, sendsAt: null });
  changes.patch('charge', charge.id, { refunded: true, amountRefunded: charge.amount });
  closeReview(changes, charge.id, of.event === 'charge.expired' ? 'payment_never_settled' : 'canceled');
  changes.emit(of.event, 'charge', charge.id);
  cancelIntent(changes, intent.id, of.reason);
}

function authorizedCharge(changes: ChangeSet, id: string | null): Charge {
  return changes.rows.get('charge', id ?? 'no charge');
}
