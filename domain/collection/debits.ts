/** The payer's bank has decided a debit, or the payer has paid with a voucher, days after it began: the money is there, or it never comes. */
import type { ChangeSet } from '../core/change-set';
import { BillingError } from '../core/errors';
import type { StepInput } from '../core/steps';
import { endMandate } from '../customer/mandates';
import { currentAttempt, intentOf } from '../payment/intents';
import { expired } from '../payment/vouchers';
import type { FinalAnswer, PaymentAttempt } from '../rows/payment-attempt';
import { failVerification } from './verification';
import { recordRefusal, recordSuccess, wakeCheckoutOf } from './payment-recording';

/** What the bank says is recorded once: afterwards the attempt is decided. */
export function settleDebit(changes: ChangeSet, input: StepInput): void {
  const attempt = currentAttempt(changes.rows, input.subject);
  if (attempt?.status === 'requires_action') return failVerification(changes, attempt, 'timeout');
  const answer = attempt && decisionOn(attempt);
  if (attempt?.status !== 'processing' || answer === undefined) throw new Error(`${input.subject} waits for no bank`);
  decide(changes, attempt, answer);
}

/** What nobody pays before it expires fails. */
function decisionOn(attempt: PaymentAttempt): FinalAnswer | undefined {
  if (attempt.answer?.outcome !== 'processing') return undefined;
  return attempt.answer.settles?.answer ?? (attempt.answer.voucher === undefined ? undefined : expired(attempt));
}

/**
 * A real processor tells what the bank has decided. What it tells twice, or what its own answer has said already, changes nothing.
 *
 * @throws BillingError lock_timeout while the answer to our own call is not recorded
 */
export function settleDebitAt(changes: ChangeSet, of: { intent: string; attempt: string }, answer: FinalAnswer): void {
  const attempt = currentAttempt(changes.rows, of.intent);
  if (attempt?.id !== of.attempt) return;
  if (attempt.status !== 'processing') {
    throw new BillingError('lock_timeout', `The payment ${of.intent} is being sent. Please retry in a moment.`);
  }
  decide(changes, attempt, answer);
  changes.wake('payment', of.intent, { customer: attempt.customer });
}

function decide(changes: ChangeSet, attempt: PaymentAttempt, answer: FinalAnswer): void {
  if (answer.outcome === 'succeeded') recordSuccess(changes, attempt, answer);
  else recordRefusal(changes, attempt, answer);
  if (isRevoked(answer)) endMandate(changes, attempt.mandate);
  wakeCheckoutOf(changes, intentOf(changes.rows, attempt));
}

/** The account cannot be debited again. */
function isRevoked(answer: FinalAnswer): boolean {
  return answer.outcome === 'succeeded' ? answer.aftermath !== null : REVOKED.includes(answer.error.code);
}

const REVOKED: readonly string[] = ['account_closed', 'debit_not_authorized', 'no_account'];
