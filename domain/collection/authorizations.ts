/** Charges that were authorized and not yet captured: captures all or a part of them, or releases them. */
import { bookCharge } from '../payment/balance';
import type { Succeeded } from '../payment/charges';
import type { Charge } from '../rows/charge';
import { followAftermath } from '../payment/disputes';
import { dropMandate } from '../customer/mandates';
import { closeReview } from '../fraud/review-endings';
import { intentPaid } from './collection';
import { cancelIntent, currentAttempt } from '../payment/intents';
import { recordPaidTax } from '../payment/tax-hooks';
import type { ChangeSet } from '../core/change-set';
import type { StepInput } from '../core/steps';
import type { Captured } from '../rows/payment-attempt';
import type { PaymentIntent } from '../rows/payment-intent';
import { isWaiting, type Waits } from '../rows/waiting';
import { wakeCheckoutOf } from './payment-recording';
import { keepCaptureBack } from './waiting';

/**
 * Of 1000 authorized, 700 are captured: 700 are received and 300 are released, on the charge as on the card. A capture that is not the final one
 * leaves the 300 authorized.
 */
export function recordCapture(changes: ChangeSet, input: StepInput<unknown, Captured | Waits | null>): void {
  if (isWaiting(input.answer)) return keepCaptureBack(changes, input.subject, input.answer);
  const intent = changes.rows.get('paymentIntent', input.subject);
  const amount = intent.captureRequested ?? intent.amountCapturable;
  const charge = takeCapture(changes, intent, { amount, answer: input.answer });
  if (intent.captureIsFinal) endCaptures(changes, intent, charge);
  else keepAuthorized(changes, intent, { charge, amount });
  // The first capture pays the session.
  if (intent.amountReceived === 0) wakeCheckoutOf(changes, intent);
}

/** Of what the bank has authorized, so much is received. */
function takeCapture(changes: ChangeSet, intent: PaymentIntent, { amount, answer }: { amount: number; answer: Captured | null }): Charge {
  const authorized = authorizedCharge(changes, intent.latestCharge);
  changes.patch('paymentIntent', intent.id, {
    amountReceived: intent.amountReceived + amount,
    captureRequested: null,
    captures: intent.captures + 1,
  });
  if (amount === 0) return authorized;
  const movement = bookCharge(changes, authorized, amount, receiptOf(approvalOf(changes, intent), answer));
  return changes.patch('charge', authorized.id, {
    amountCaptured: authorized.amountCaptured + amount,
    balanceTransaction: authorized.balanceTransaction ?? movement.id,
  });
}

/** What is left can still be captured, until the authorization lapses. A cancellation that came meanwhile releases it. */
function keepAuthorized(changes: ChangeSet, intent: PaymentIntent, { charge, amount }: { charge: Charge; amount: number }): void {
  changes.patch('paymentIntent', intent.id, {
    amountCapturable: intent.amountCapturable - amount,
    ...(intent.cancelRequested ? RELEASED : {}),
  });
  changes.emitUpdated('charge.updated', 'charge', charge.id);
  changes.emit('payment_intent.amount_capturable_updated', 'paymentIntent', intent.id);
}

/** The rest is released by a capture of nothing that is the final one. */
export const RELEASED = { captureRequested: 0, captureIsFinal: true, cancelRequested: false } as const;

/** Nothing is authorized any more, and what was captured is paid. */
function endCaptures(
  changes: ChangeSet,
  { id }: PaymentIntent,
  { id: chargeId, amount, amountCaptured, amountRefunded, ...authorized }: Charge,
): void {
  const several = authorized.paymentMethodDetails.multicapture === true;
  const intent = changes.patch('paymentIntent', id, {
    status: 'succeeded',
    amountCapturable: 0,
    captureRequested: null,
    captureBefore: null,
    cancelRequested: false,
  });
  const released = several ? { refunded: amountRefunded === amountCaptured } : { amountRefunded: amount - amountCaptured };
  const charge = changes.patch('charge', chargeId, { captured: true, ...released });
  changes.emit('charge.captured', 'charge', chargeId);
  if (several) changes.emit('payment_intent.amount_capturable_updated', 'paymentIntent', id);
  changes.emit('payment_intent.succeeded', 'paymentIntent', id);
  recordPaidTax(changes, id);
  intentPaid(changes, intent, amountCaptured);
  const { aftermath = null } = approvalOf(changes, intent) ?? {};
  if (aftermath !== null) followAftermath(changes, charge, aftermath);
}

function approvalOf({ rows }: ChangeSet, { id }: PaymentIntent): Succeeded | null {
  const answer = rows.first('paymentAttempt', (each) => each.intent === id && each.status === 'succeeded')?.answer;
  return answer?.outcome === 'succeeded' ? answer : null;
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
  dropMandate(changes, attempt?.mandate ?? null);
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
  wakeCheckoutOf(changes, cancelIntent(changes, intentId, reason));
}

const CANCELED = 'The payment was canceled before the bank had collected it.';

/** Releases the authorization. No money moved, so nothing is posted. Of one that was captured in part, the rest is released, and the payment is complete. */
export function releaseAuthorization(
  changes: ChangeSet,
  intentId: string,
  of: { event: 'charge.refunded' | 'charge.expired'; reason: string | null },
): void {
  const intent = changes.rows.get('paymentIntent', intentId);
  const charge = authorizedCharge(changes, intent.latestCharge);
  const waiting = changes.rows.first('paymentAttempt', (each) => each.intent === intentId && each.waitingFor !== null);
  if (waiting) changes.patch('paymentAttempt', waiting.id, { waitingFor: null, sendsAt: null });
  if (intent.amountReceived > 0) return endCaptures(changes, intent, charge);
  changes.patch('charge', charge.id, { refunded: true, amountRefunded: charge.amount });
  closeReview(changes, charge.id, of.event === 'charge.expired' ? 'payment_never_settled' : 'canceled');
  changes.emit(of.event, 'charge', charge.id);
  wakeCheckoutOf(changes, cancelIntent(changes, intent.id, of.reason));
}

function authorizedCharge(changes: ChangeSet, id: string | null): Charge {
  return changes.rows.get('charge', id ?? 'no charge');
}
