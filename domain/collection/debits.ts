/** The payer's bank has decided a debit, days after it was asked: the money is there, or it never comes. */
import type { ChangeSet } from '../core/change-set';
import type { StepInput } from '../core/steps';
import { endMandate } from '../customer/mandates';
import { currentAttempt } from '../payment/intents';
import type { FinalAnswer } from '../rows/payment-attempt';
import { recordRefusal, recordSuccess, wakeCheckoutOf } from './payment-recording';

/** What the bank says is recorded once: afterwards the attempt is decided. */
export function settleDebit(changes: ChangeSet, input: StepInput): void {
  const attempt = currentAttempt(changes.rows, input.subject);
  const answer = attempt?.answer?.outcome === 'processing' ? attempt.answer.settles?.answer : undefined;
  if (attempt?.status !== 'processing' || answer === undefined) throw new Error(`${input.subject} waits for no bank`);
  if (answer.outcome === 'succeeded') recordSuccess(changes, attempt, answer);
  else recordRefusal(changes, attempt, answer);
  if (isRevoked(answer)) endMandate(changes, attempt.mandate);
  wakeCheckoutOf(changes, attempt);
}

/** The account cannot be debited again. */
function isRevoked(answer: FinalAnswer): boolean {
  return answer.outcome === 'succeeded' ? answer.aftermath !== null : REVOKED.includes(answer.error.code);
}

const REVOKED: readonly string[] = ['account_closed', 'debit_not_authorized', 'no_account'];
