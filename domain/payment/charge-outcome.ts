/** `charge.outcome`: which system allowed or stopped a charge, and why, in words for the seller. */
import type { ChargeOutcome } from '../rows/charge';
import type { FraudAssessment, GatewayAnswer } from '../rows/payment-attempt';
import type { PaymentError } from '../rows/payment-intent';

type Decided = Extract<GatewayAnswer, { outcome: 'succeeded' | 'declined' | 'blocked' | 'processing' }>;

export function chargeOutcome(answer: Decided, assessment: FraudAssessment | null): ChargeOutcome {
  const risk = { risk_level: assessment?.riskLevel ?? 'normal', risk_score: assessment?.riskScore ?? 0, ...ruleOf(assessment) };
  switch (answer.outcome) {
    case 'succeeded':
      return { ...NO_ADVICE, ...risk, ...succeeded(assessment) };
    case 'processing':
      return { ...NO_ADVICE, ...risk, ...COLLECTING };
    case 'blocked':
      return { ...NO_ADVICE, ...risk, ...blocked(assessment, answer.reversed !== undefined), advice_code: 'do_not_try_again' };
    case 'declined':
      return { ...NO_ADVICE, ...risk, ...declined(answer.error, answer.networkStatus) };
  }
}

const NO_ADVICE = { advice_code: null, network_advice_code: null, network_decline_code: null } as const;

const COLLECTING = {
  network_status: 'approved_by_network',
  reason: null,
  seller_message: 'The bank collects the payment. Its answer takes some days.',
  type: 'authorized',
} as const;

function ruleOf(assessment: FraudAssessment | null): { rule?: string } {
  if (!assessment || assessment.rule === null || assessment.decision === 'allow') return {};
  return { rule: assessment.rule };
}

function succeeded(assessment: FraudAssessment | null) {
  const review = assessment?.decision === 'review';
  return {
    network_status: 'approved_by_network',
    reason: review ? (assessment.reason ?? 'elevated_risk_level') : null,
    seller_message: review ? 'Payment complete. It waits for your review.' : 'Payment complete.',
    type: review ? ('manual_review' as const) : ('authorized' as const),
  };
}

function blocked(assessment: FraudAssessment | null, isReversed: boolean) {
  return {
    network_status: isReversed ? 'reversed_after_approval' : 'not_sent_to_network',
    reason: assessment?.reason ?? 'rule',
    seller_message: isReversed
      ? 'Dunlin stopped this payment by a rule once the bank had approved it, and released the authorization.'
      : 'Dunlin stopped this payment as too risky; the bank never saw it.',
    type: 'blocked' as const,
  };
}

function declined(error: PaymentError, networkStatus: string) {
  const reason = error.decline_code ?? error.code;
  return {
    network_status: networkStatus,
    reason,
    seller_message: SELLER_MESSAGES[reason] ?? 'The bank declined the payment and gave no reason that we know.',
    type: networkStatus === 'not_sent_to_network' ? ('invalid' as const) : ('issuer_declined' as const),
    advice_code: ADVICE[reason] ?? null,
  };
}

const SELLER_MESSAGES: Record<string, string> = {
  generic_decline: 'The bank declined the payment without a reason. The customer should ask their bank.',
  insufficient_funds: 'The card does not have enough funds for this payment.',
  lost_card: 'The bank declined the payment because the card is reported lost.',
  stolen_card: 'The bank declined the payment because the card is reported stolen.',
  expired_card: 'The card has expired.',
  incorrect_cvc: 'The security code is wrong.',
  incorrect_number: 'The card number is wrong.',
  processing_error: 'Something went wrong on the way to the bank. A later try may succeed.',
  card_velocity_exceeded: 'The card has reached the limit of what it may spend for now.',
  authentication_required: 'The bank wants the cardholder to authenticate this payment.',
  account_closed: 'The bank account is closed.',
  no_account: 'The bank has no such account.',
  debit_not_authorized: 'The holder of the account did not authorize the debit.',
  charge_exceeds_source_limit: 'The payment is above what may be collected from this account in a week.',
  charge_exceeds_weekly_limit: 'This account has had as many debits as it may have in a week.',
  payment_intent_authentication_failure: 'The cardholder did not pass the authentication.',
};

const ADVICE: Record<string, string> = {
  lost_card: 'do_not_try_again',
  stolen_card: 'do_not_try_again',
  insufficient_funds: 'try_again_later',
  card_velocity_exceeded: 'try_again_later',
  processing_error: 'try_again_later',
  incorrect_cvc: 'confirm_card_data',
  incorrect_number: 'confirm_card_data',
  expired_card: 'confirm_card_data',
};
