import type { PaymentAttempt } from '../rows/payment-attempt';
import type { PaymentIntent, SetupIntent } from '../rows/payment-intent';
import { resolveCommitKey } from '../collection/payment-recording';
import { currentAttempt, pendingCallOf } from '../payment/intents';
import type { Rows } from '../rows/rows';
import { sendingSuffix } from '../rows/waiting';
import { agendaItem, byTime, ENDED, type PendingCall, type EntityState } from '../core/entity-state';
import { workflowId, type AgendaItem } from '../rows/workflow';

/**
 * The state of a payment or setup intent. It waits without a deadline for a card, a confirmation or the cardholder, and until
 * `captureBefore` for the capture, or for the bank that collects. It ends when it has succeeded or been canceled.
 */
export function paymentState(rows: Rows, subject: string): EntityState {
  const intent = rows.find('paymentIntent', subject) ?? rows.find('setupIntent', subject);
  if (!intent) return ENDED('missing');
  if (intent.status === 'succeeded' || intent.status === 'canceled') return ENDED(intent.status);
  const pendingCall = pendingCallOf(rows, workflowId('payment', subject)) ?? resolution(rows, subject) ?? afterAuthorization(rows, intent);
  return { status: intent.status, pendingCall, agenda: agendaOf(rows, intent), ended: false };
}

/** An attempt of any workflow whose answer was lost: this workflow queries its outcome. */
function resolution(rows: Rows, intent: string): PendingCall | null {
  const attempt = currentAttempt(rows, intent);
  if (attempt?.status !== 'unknown') return null;
  return {
    activity: 'resolvePayment',
    id: attempt.id,
    gateway: attempt.gateway,
    step: 'recordPayment',
    commitKey: resolveCommitKey(attempt),
    summary: `ask what became of attempt ${String(attempt.number)} of ${intent}`,
  };
}

function afterAuthorization(rows: Rows, intent: PaymentIntent | SetupIntent): PendingCall | null {
  const debit = currentAttempt(rows, intent.id);
  if (debit?.status === 'processing' && 'cancelRequested' in intent && intent.cancelRequested)
    return callFor(debit, 'cancelPayment', 'recordCancellation', 'cancel');
  if (intent.status !== 'requires_capture') return null;
  const attempt = rows.first('paymentAttempt', (each) => each.intent === intent.id && each.status === 'succeeded');
  if (!attempt) return null;
  const isKeptBack = attempt.waitingFor !== null;
  if (intent.captureRequested !== null && !isKeptBack)
    return callFor(attempt, 'capturePayment', 'recordCapture', captureName(intent.captures));
  return intent.cancelRequested ? callFor(attempt, 'cancelPayment', 'recordCancellation', 'cancel') : null;
}

function callFor(attempt: PaymentAttempt, activity: PendingCall['activity'], step: string, verb: string): PendingCall {
  return {
    activity,
    id: attempt.id,
    gateway: attempt.gateway,
    step,
    commitKey: `${verb}/${attempt.id}${sendingSuffix(attempt)}`,
    summary: `${verb} ${attempt.intent}`,
  };
}

/** Each capture of an authorization is a call of its own: the processor's idempotency key ends with this. */
export const captureName = (before: number): string => (before === 0 ? 'capture' : `capture-${String(before + 1)}`);

function agendaOf(rows: Rows, intent: PaymentIntent | SetupIntent): AgendaItem[] {
  const attempt = currentAttempt(rows, intent.id);
  if (attempt !== undefined && attempt.status !== 'open' && attempt.status !== 'unknown') return agendaOfAttempt(attempt);
  if (intent.status !== 'requires_capture' || intent.captureBefore === null) return [];
  return byTime([...captureAgenda(rows, intent.id), agendaItem('expireAuthorization', intent.captureBefore)]);
}

/** What happens if nobody answers: the payer, their bank, or whoever paused the processor. */
function agendaOfAttempt({ sendsAt, settlesAt, status }: PaymentAttempt): AgendaItem[] {
  if (status === 'waiting') return sendsAt === null ? [] : [agendaItem('sendWaitingPayment', sendsAt)];
  return settlesAt === null ? [] : [agendaItem('settleDebit', settlesAt)];
}

function captureAgenda(rows: Rows, intent: string): AgendaItem[] {
  const attempt = rows.first('paymentAttempt', (each) => each.intent === intent && each.status === 'succeeded');
  const at = attempt?.sendsAt ?? null;
  return at === null ? [] : [agendaItem('sendWaitingCapture', at)];
}
