/** Charges that were authorized and not yet captured: taking all or a part of them, or letting them go. */
import { bookCharge } from '../payment/balance';
import type { Charge } from '../rows/charge';
import { openDisputes } from '../payment/disputes';
import { invoicePaid } from './collection';
import { cancelIntent } from '../payment/intents';
import type { Plan } from '../core/change-set';
import type { StepInput } from '../core/steps';

/** Of 1000 authorized, 700 are captured: 700 are received and 300 given back, on the charge as on the card. */
export function recordCapture(plan: Plan, input: StepInput): void {
  const intent = plan.rows.get('paymentIntent', input.subject);
  const amount = intent.captureRequested ?? intent.amountCapturable;
  const answer = plan.rows.first('paymentAttempt', (each) => each.intent === intent.id && each.status === 'succeeded')?.answer;
  const succeeded = answer?.outcome === 'succeeded' ? answer : null;
  const authorized = authorizedCharge(plan, intent.latestCharge);
  const movement = bookCharge(plan, authorized, amount, succeeded?.pendingBalance ?? true);
  const charge = plan.patch('charge', authorized.id, {
    captured: true,
    amountCaptured: amount,
    amountRefunded: authorized.amount - amount,
    balanceTransaction: movement.id,
  });
  plan.patch('paymentIntent', intent.id, {
    status: 'succeeded',
    amountReceived: amount,
    amountCapturable: 0,
    captureRequested: null,
    captureBefore: null,
  });
  plan.emit('charge.captured', 'charge', charge.id);
  plan.emit('payment_intent.succeeded', 'paymentIntent', intent.id);
  payInvoice(plan, intent.invoice);
  if (succeeded?.aftermath) openDisputes(plan, charge, succeeded.aftermath);
}

function payInvoice(plan: Plan, invoice: string | null): void {
  if (invoice !== null && plan.rows.get('invoice', invoice).status === 'open') invoicePaid(plan, invoice);
}

export function recordCancellation(plan: Plan, input: StepInput): void {
  const { cancellationReason: reason } = plan.rows.get('paymentIntent', input.subject);
  releaseAuthorization(plan, input.subject, { event: 'charge.refunded', reason });
}

/** The authorization is gone: nothing was moved, so nothing is booked. */
export function releaseAuthorization(
  plan: Plan,
  intentId: string,
  of: { event: 'charge.refunded' | 'charge.expired'; reason: string | null },
): void {
  const intent = plan.rows.get('paymentIntent', intentId);
  const charge = authorizedCharge(plan, intent.latestCharge);
  plan.patch('charge', charge.id, { refunded: true, amountRefunded: charge.amount });
  plan.emit(of.event, 'charge', charge.id);
  cancelIntent(plan, intent.id, of.reason);
}

function authorizedCharge(plan: Plan, id: string | null): Charge {
  return plan.rows.get('charge', id ?? 'no charge');
}
