/** The holder of a bank account tells which small deposits it has got. Only then it is debited, or kept for later payments. */
import { BillingError, refusalOf } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import type { StepInput } from '../core/steps';
import { dropMandate } from '../customer/mandates';
import { unexpectedIntentState } from '../payment/intent-refusals';
import { changeIntent, currentAttempt, intentOf } from '../payment/intents';
import { failSetup } from '../payment/setup-recording';
import type { PaymentAttempt } from '../rows/payment-attempt';
import type { PaymentError } from '../rows/payment-intent';
import { continueAttempt } from './payment-requests';
import { failIntent } from './payment-recording';

/** What the bank says of what the holder has told. */
export type DepositVerdict = 'amounts_mismatch' | 'attempts_exceeded' | 'descriptor_code_mismatch' | 'matches';

type Failure = 'attempts_exceeded' | 'timeout';

/** How often the holder may be wrong. Two amounts are guessed more easily than a code. */
const WRONG_ANSWERS = { amounts: 3, descriptor_code: 10 } as const;

/** A wrong answer is refused and counted. The last one ends the verification. */
export function verifyMicrodeposits(changes: ChangeSet, input: StepInput<{ result: DepositVerdict }>): void {
  const attempt = currentAttempt(changes.rows, input.subject);
  const nextAction = attempt && intentOf(changes.rows, attempt).nextAction;
  if (attempt === undefined || nextAction?.type !== 'verify_with_microdeposits') {
    throw unexpectedIntentState(input.subject, `${input.subject} does not wait for a verification with micro-deposits.`);
  }
  const { result } = input.parameters;
  if (result === 'matches') {
    continueAttempt(changes, attempt, input.workflow);
    return;
  }
  const wrongAnswers = nextAction.wrong_answers + 1;
  if (result === 'attempts_exceeded' || wrongAnswers >= WRONG_ANSWERS[nextAction.microdeposit_type]) {
    failVerification(changes, attempt, 'attempts_exceeded');
    changes.refusal = { code: 'microdeposit_attempts_exceeded', message: MESSAGES.attempts_exceeded, details: {} };
    return;
  }
  changeIntent(changes, attempt, { nextAction: { ...nextAction, wrong_answers: wrongAnswers } });
  changes.refusal = refusalOf(mismatch(result));
}

function mismatch(result: 'amounts_mismatch' | 'descriptor_code_mismatch'): BillingError {
  return result === 'amounts_mismatch'
    ? new BillingError(
        'microdeposit_amounts_mismatch',
        'The amounts provided do not match the amounts that were sent to the bank account.',
        { param: 'amounts' },
      )
    : new BillingError(
        'microdeposit_descriptor_code_mismatch',
        'The code provided does not match the code that was sent to the bank account.',
        { param: 'descriptor_code' },
      );
}

const MESSAGES: Record<Failure, string> = {
  attempts_exceeded: 'The bank account cannot be verified: there were too many attempts.',
  timeout: 'The bank account was not verified within ten days.',
};

/** The account cannot be verified any more, and another payment method is needed. */
export function failVerification(changes: ChangeSet, attempt: PaymentAttempt, failure: Failure): void {
  const { kind, paymentMethod } = attempt;
  const error: PaymentError = {
    ...{ type: 'invalid_request_error', code: `payment_method_microdeposit_verification_${failure}`, decline_code: null },
    ...{ message: MESSAGES[failure], payment_method: paymentMethod, charge: null },
  };
  const answer = { outcome: 'blocked', error } as const;
  const failed = changes.patch('paymentAttempt', attempt.id, { status: 'failed', answer, answeredAt: changes.now, settlesAt: null });
  dropMandate(changes, attempt.mandate);
  if (kind === 'setup') failSetup(changes, failed, error);
  else failIntent(changes, failed, error, null);
}
