/** Mollie's payments as the port's answers, and its reasons as decline codes. */
import { NO_CHECKS, type FinalAnswer, type GatewayAnswer } from '../../domain/rows/payment-attempt';
import type { PaymentError } from '../../domain/rows/payment-intent';
import type { Payment } from './objects';

export function answerOf(payment: Payment): GatewayAnswer {
  return finalAnswerOf(payment) ?? { outcome: 'processing', reference: payment.id, settles: null };
}

/** Null while the bank has not decided. */
export function finalAnswerOf(payment: Payment): FinalAnswer | null {
  const { id: reference, status } = payment;
  switch (status) {
    case 'open':
    case 'pending':
      return null;
    case 'paid':
      return approvalOf(reference, { captured: true });
    case 'authorized':
      throw new Error(`Mollie has authorized ${reference}, and was asked to charge it`);
    case 'canceled':
    case 'expired':
    case 'failed':
      return { ...declineBy(errorOf(payment), reference), networkStatus: 'declined_by_network' };
  }
}

export const approvalOf = (reference: string, { captured }: { captured: boolean }): FinalAnswer => ({
  ...{ outcome: 'succeeded', reference, captured, checks: NO_CHECKS, networkStatus: 'approved_by_network' },
  ...{ threeDSecure: false, aftermath: null, pendingBalance: captured },
});

/** Refused before any bank was asked. */
export function refusalOf(reference: string, { code, message }: Pick<PaymentError, 'code' | 'message'>): Declined {
  return declineBy({ ...NO_ERROR, type: 'invalid_request_error', code, message }, reference);
}

type Declined = Extract<FinalAnswer, { outcome: 'declined' }>;

const declineBy = (error: PaymentError, reference: string): Declined => ({
  ...{ outcome: 'declined', reference, error, networkStatus: 'not_sent_to_network', checks: NO_CHECKS },
});

/** Codes of a debit are errors of their own; those of a card are a `decline_code`, as at Stripe. */
function errorOf({ details, status }: Payment): PaymentError {
  const { bankReason, bankReasonCode, failureMessage, failureReason } = details ?? {};
  if (bankReasonCode !== undefined) {
    const code = DEBIT_CODES[bankReasonCode] ?? 'payment_intent_payment_attempt_failed';
    return { ...NO_ERROR, code, message: bankReason ?? 'The bank has returned the debit.' };
  }
  if (failureReason?.startsWith('authentication_')) {
    return { ...NO_ERROR, code: 'authentication_required', decline_code: 'authentication_required', message: failureMessage ?? DECLINED };
  }
  const message = failureMessage ?? (status === 'failed' ? DECLINED : `The payment is ${status} at Mollie.`);
  return { ...NO_ERROR, ...cardCode(failureReason), message };
}

function cardCode(reason: string | undefined): Pick<PaymentError, 'code' | 'decline_code'> {
  const code = CARD_CODES[reason ?? ''] ?? 'generic_decline';
  const isOwnError = ['expired_card', 'incorrect_cvc', 'incorrect_number'].includes(code);
  return { code: isOwnError ? code : 'card_declined', decline_code: code };
}

const CARD_CODES: Record<string, string> = {
  card_declined: 'generic_decline',
  card_expired: 'expired_card',
  inactive_card: 'restricted_card',
  insufficient_funds: 'insufficient_funds',
  invalid_card_number: 'incorrect_number',
  invalid_card_type: 'card_not_supported',
  invalid_cvv: 'incorrect_cvc',
  possible_fraud: 'fraudulent',
  refused_by_issuer: 'do_not_honor',
};

const DEBIT_CODES: Record<string, string> = {
  AC01: 'no_account',
  AC04: 'account_closed',
  AC06: 'debit_not_authorized',
  AG01: 'debit_not_authorized',
  AM04: 'insufficient_funds',
  MD01: 'debit_not_authorized',
  MD06: 'debit_not_authorized',
  MD07: 'account_closed',
};

const DECLINED = 'Your card was declined.';

const NO_ERROR: PaymentError = {
  ...{ type: 'card_error', code: 'card_declined', decline_code: null, message: DECLINED, payment_method: null, charge: null },
};
