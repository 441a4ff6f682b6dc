/** `charge.outcome`: which system allowed or stopped a charge, and why, in words for the seller. */
import type { ChargeOutcome } from '../rows/charge';
import type { FraudAssessment, GatewayAnswer } from '../rows/payment-attempt';
import type { PaymentError } from '../rows/payment-intent';

type Decided = Extract<GatewayAnswer, { outcome: 'succeeded' | 'declined' | 'blocked' | 'processing' }>;

export function chargeOutcome(answer: Decided, assessment: FraudAssessment | null): ChargeOutcome {
  const risk = { ...riskOf(assessment), ...('risk' in answer ? answer.risk : undefined) };
  switch (answer.outcome) {
    case 'succeeded':
      return { ...NO_ADVICE, ...risk, ...succeeded(assessment) };
    case 'processing':
      return { ...NO_ADVICE, ...risk, ...COLLECTING, ...(assessment?.decision === 'review' ? reviewed(assessment) : {}) };
    case 'blocked':
      return { ...NO_ADVICE, ...risk, ...blocked(assessment, answer.reversed !== undefined), advice_code: 'do_not_try_again' };
    case 'declined':
      return { ...NO_ADVICE, ...risk, ...answer.advice, ...declined(answer) };
  }
}

const NO_ADVICE = { advice_code: null, network_advice_code: null, network_decline_code: null } as const;

const COLLECTING = {
  network_status: 'approved_by_network',
  reason: null,
  seller_message: 'The bank collects the payment. Its answer takes some days.',
  type: 'authorized',
} as const;

function riskOf(assessment: FraudAssessment | null): Pick<ChargeOutcome, 'risk_level' | 'risk_score' | 'rule'> {
  if (assessment === null) return { risk_level: 'normal', risk_score: 0 };
  const { riskLevel, riskScore, rule } = assessment;
  return { risk_level: riskLevel, risk_score: riskScore, ...(rule === null ? {} : { rule }) };
}

function succeeded(assessment: FraudAssessment | null) {
  const approved = { network_status: 'approved_by_network', reason: assessment?.reason ?? null, type: 'authorized' } as const;
  if (assessment?.decision === 'review') return { ...approved, ...reviewed(assessment) };
  if (assessment?.riskLevel !== 'elevated') return { ...approved, seller_message: 'Payment complete.' };
  const why = assessment.reason ?? 'elevated_risk_level';
  return { ...approved, reason: why, seller_message: 'Dunlin evaluated this payment as having an elevated risk.' };
}

function reviewed({ reason, riskLevel }: FraudAssessment) {
  const why = riskLevel === 'elevated' ? 'evaluated this payment as having an elevated risk, and placed it' : 'placed this payment';
  return {
    reason: reason ?? 'elevated_risk_level',
    seller_message: `Dunlin ${why} in your manual review queue.`,
    type: 'manual_review' as const,
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

function declined({ error, networkStatus, advice }: Extract<Decided, { outcome: 'declined' }>) {
  const reason = error.decline_code ?? error.code;
  return {
    network_status: networkStatus,
    reason,
    seller_message: SELLER_MESSAGES[reason] ?? `The bank returned the decline code \`${reason}\`.`,
    type: networkStatus === 'not_sent_to_network' ? ('invalid' as const) : ('issuer_declined' as const),
    advice_code: advice?.advice_code ?? adviceOn(error),
  };
}

const SELLER_MESSAGES: Record<string, string> = {
  generic_decline: 'The bank did not return any further details with this decline.',
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

/** What the seller is advised to do after a decline. */
export const adviceOn = ({ code, decline_code: decline }: Pick<PaymentError, 'code' | 'decline_code'>): string | null =>
  ADVICE[decline ?? code] ?? null;

const ADVICE: Record<string, string | undefined> = {
  fraudulent: 'do_not_try_again',
  lost_card: 'do_not_try_again',
  stolen_card: 'do_not_try_again',
  insufficient_funds: 'try_again_later',
  card_velocity_exceeded: 'try_again_later',
  processing_error: 'try_again_later',
  incorrect_cvc: 'confirm_card_data',
  incorrect_number: 'confirm_card_data',
  expired_card: 'confirm_card_data',
};
