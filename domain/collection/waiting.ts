/**
 * Charges and captures that are kept back: their processor is paused, or all movement of money is stopped. Nothing was sent, so what waits can
 * still be withdrawn, and a charge can change its card, its amount and its processor. It costs no attempt of the invoice, and no step of a recovery.
 */
import { isCollected } from '../invoice-rules/collection';
import { paymentMethodOf } from '../invoice-rules/method-to-charge';
import type { ChangeSet } from '../core/change-set';
import type { StepInput } from '../core/steps';
import { debitObstacle } from '../payment/bank-debits';
import { currentAttempt, routeFor } from '../payment/intents';
import { nextRoute } from '../payment/routing';
import { giveUpTurn, hasMissedTurn } from '../payment/turns';
import type { Invoice } from '../rows/invoice';
import type { PaymentAttempt } from '../rows/payment-attempt';
import { keptBack, type Waits } from '../rows/waiting';
import { chargeInvoice, collectInvoice } from './collection';

/** A charge was not sent. While its processor is paused, the next one of its rule is asked; if there is none, it waits. */
export function recordWaiting(changes: ChangeSet, attempt: PaymentAttempt, answer: Waits): void {
  const asked = wasAsked(changes, attempt, answer);
  const route = asked || answer.reason === 'money_stopped' ? null : nextRoute(attempt.route, 'paused');
  const waits = attempt.waits + 1;
  if (route) {
    changes.patch('paymentAttempt', attempt.id, { gateway: route.processor, route, waits, answer: null, answeredAt: null });
    changes.outcome = `${attempt.gateway} is paused: ${route.processor} is asked`;
    return;
  }
  const invoice = changes.rows.find('invoice', attempt.invoice);
  const automatic = invoice !== undefined && isCollected(changes.rows, invoice);
  const counted = isCounted(changes, attempt);
  if (invoice && counted) changes.patch('invoice', invoice.id, { attemptCount: invoice.attemptCount - 1 });
  changes.patch('paymentAttempt', attempt.id, {
    ...keptBack(attempt, answer),
    ...(asked ? {} : firstRoute(changes, attempt)),
    status: 'waiting',
    answer: { ...answer, ...(asked ? { asked: true as const } : {}), automatic, counted },
  });
  const intent = changes.patch('paymentIntent', attempt.intent, { status: 'processing', hasWorkflow: true });
  changes.emit('payment_intent.processing', 'paymentIntent', intent.id);
  if (changes.context.workflow !== `payment/${intent.id}`) changes.wake('payment', intent.id, { customer: intent.customer });
}

/**
 * Whether its processor was ever asked: it has authenticated the cardholder, or a call was lost, of which it knows nothing. Such an attempt stays
 * with it, however often it is kept back.
 */
function wasAsked({ base }: ChangeSet, { id, gatewayReference }: PaymentAttempt, answer: Waits): boolean {
  const before = base.find('paymentAttempt', id)?.answer;
  return answer.asked === true || gatewayReference !== null || (before?.outcome === 'waiting' && before.asked === true);
}

/** Whether the invoice has counted it already: a recovery counts a retry when it begins. While it waits, it is not counted. */
function isCounted({ base }: ChangeSet, { id, workflow, offSession }: PaymentAttempt): boolean {
  const before = base.find('paymentAttempt', id)?.answer;
  return before?.outcome === 'waiting' ? before.counted === true : offSession && workflow.startsWith('dunning/');
}

/** If all processors of its rule are paused, it waits for the first. */
function firstRoute({ rows }: ChangeSet, { route, intent, paymentMethod }: PaymentAttempt): Partial<PaymentAttempt> {
  if (route?.because !== 'paused') return {};
  const first = routeFor(rows, rows.get('paymentIntent', intent), rows.get('paymentMethod', paymentMethod));
  return first ? { route: first, gateway: first.processor } : {};
}

/**
 * Its turn has come. An invoice that is not collected any more keeps its money; one that has another payment method meanwhile is charged
 * with that.
 */
export function sendWaitingPayment(changes: ChangeSet, { subject, workflow, at }: StepInput): void {
  const attempt = currentAttempt(changes.rows, subject);
  if (attempt?.status !== 'waiting') return;
  if (hasMissedTurn(changes, at)) return giveUpTurn(changes, 'paymentAttempt', attempt.id);
  const invoice = changes.rows.find('invoice', attempt.invoice);
  if (!invoice) return send(changes, attempt, workflow);
  if (!goesOn(changes, attempt, invoice)) return;
  if (wasAutomatic(attempt) && !paymentMethodOf(changes.rows, invoice)) return failWithoutMethod(changes, attempt, invoice);
  const method = otherMethod(changes, attempt, invoice);
  if (method === null) send(changes, attempt, workflow);
  else chargeInvoice(changes, invoice, { offSession: attempt.offSession, paymentMethod: method });
}

function send(changes: ChangeSet, { id }: PaymentAttempt, workflow: string): void {
  changes.patch('paymentAttempt', id, { status: 'open', workflow, waitingFor: null, sendsAt: null });
}

/** Whether the invoice is still to be charged: otherwise the charge is withdrawn. One that is counts again as an attempt. */
function goesOn(changes: ChangeSet, attempt: PaymentAttempt, invoice: Invoice): boolean {
  if (wasAutomatic(attempt) && !isCollected(changes.rows, invoice)) {
    withdraw(changes, attempt);
    return false;
  }
  const wasCounted = attempt.answer?.outcome === 'waiting' && attempt.answer.counted === true;
  if (wasCounted) changes.patch('invoice', invoice.id, { attemptCount: invoice.attemptCount + 1 });
  return true;
}

const wasAutomatic = ({ answer }: PaymentAttempt): boolean => answer?.outcome === 'waiting' && answer.automatic === true;

/** The payment method that the invoice has meanwhile; null if it is the same, or cannot be charged, or a person has chosen the old one. */
function otherMethod({ rows }: ChangeSet, attempt: PaymentAttempt, invoice: Invoice): string | null {
  if (!wasAutomatic(attempt) || attempt.threeDSecure !== null) return null;
  const method = paymentMethodOf(rows, invoice);
  if (!method || method.id === attempt.paymentMethod) return null;
  return debitObstacle(method, invoice.currency) === null ? method.id : null;
}

function withdraw(changes: ChangeSet, { id, intent }: PaymentAttempt): void {
  changes.patch('paymentAttempt', id, { status: 'canceled', waitingFor: null, sendsAt: null });
  changes.patch('paymentIntent', intent, { status: 'requires_confirmation' });
  changes.outcome = 'the charge is withdrawn: its invoice is not collected any more';
}

/** The customer has no payment method any more. One that was detached is not charged, although the attempt still names it. */
function failWithoutMethod(changes: ChangeSet, attempt: PaymentAttempt, invoice: Invoice): void {
  withdraw(changes, attempt);
  changes.patch('paymentIntent', attempt.intent, { status: 'requires_payment_method', paymentMethod: null });
  changes.outcome = 'the charge is withdrawn: its customer has no payment method any more';
  collectInvoice(changes, invoice.id, attempt);
}

/** A capture was not sent. */
export function keepCaptureBack(changes: ChangeSet, intent: string, answer: Waits): void {
  const attempt = authorization(changes, intent);
  if (attempt) changes.patch('paymentAttempt', attempt.id, keptBack(attempt, answer));
  changes.outcome = `the capture of ${intent} waits: ${answer.reason}`;
}

export function sendWaitingCapture(changes: ChangeSet, { subject, at }: StepInput): void {
  const attempt = authorization(changes, subject);
  if (attempt && hasMissedTurn(changes, at)) return giveUpTurn(changes, 'paymentAttempt', attempt.id);
  if (attempt) changes.patch('paymentAttempt', attempt.id, { waitingFor: null, sendsAt: null });
}

const authorization = ({ rows }: ChangeSet, intent: string): PaymentAttempt | undefined =>
  rows.first('paymentAttempt', (each) => each.intent === intent && each.status === 'succeeded');
