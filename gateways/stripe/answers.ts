/** Stripe's payment intents and setup intents as the port's answers. Codes, checks and advice are Stripe's own, so none is translated. */
import type Stripe from 'stripe';
import type { Advice, Exemption, GatewayAnswer, GatewayChecks, ProcessorRisk } from '../../domain/rows/payment-attempt';
import type { PaymentError } from '../../domain/rows/payment-intent';
import type { CardCheck } from '../../domain/rows/payment-method';
import { feeOf } from './fees';

type Declined = Extract<GatewayAnswer, { outcome: 'declined' }>;

/** @param intent with its `latest_charge`, and that with its `balance_transaction` */
export function answerOf(intent: Stripe.PaymentIntent): GatewayAnswer {
  const { id: reference, status } = intent;
  if (status === 'succeeded' || status === 'requires_capture') {
    return { ...approval(chargeOf(intent)), reference, captured: status === 'succeeded' };
  }
  if (status === 'processing') return { outcome: 'processing', reference, settles: null };
  if (status === 'requires_action') return { outcome: 'requires_action', reference, url: bankPageOf(intent) };
  return { ...declineOf(intent.last_payment_error, chargeOf(intent)), reference };
}

/** @param intent with its `payment_method` */
export function setupAnswerOf(intent: Stripe.SetupIntent): GatewayAnswer {
  const { id: reference, status, payment_method } = intent;
  const card = typeof payment_method === 'object' ? payment_method?.card : undefined;
  if (status === 'succeeded') {
    return { ...approval(null), checks: checksOf(card?.checks), reference, captured: false, pendingBalance: false };
  }
  if (status === 'requires_action') return { outcome: 'requires_action', reference, url: bankPageOf(intent) };
  return { ...declineOf(intent.last_setup_error, null), reference };
}

/** A refusal by Stripe itself, before any bank was asked: the payment method is gone, or cannot pay this. */
export function refusalOf(error: Stripe.errors.StripeInvalidRequestError, reference: string): Declined {
  return {
    ...declineOf(
      { type: 'invalid_request_error', code: error.code as Stripe.PaymentIntent.LastPaymentError.Code, message: error.message },
      null,
    ),
    reference,
    networkStatus: 'not_sent_to_network',
  };
}

function bankPageOf({ id, next_action }: Stripe.PaymentIntent | Stripe.SetupIntent): string {
  const url = next_action?.redirect_to_url?.url;
  if (typeof url !== 'string') throw new Error(`Stripe names no page for ${id}, but for ${next_action?.type ?? 'nothing'}`);
  return url;
}

function approval(charge: Stripe.Charge | null): Omit<Extract<GatewayAnswer, { outcome: 'succeeded' }>, 'captured' | 'reference'> {
  const card = charge?.payment_method_details?.card;
  const networkTransactionId = card?.network_transaction_id ?? null;
  const fee = feeOf(charge);
  return {
    outcome: 'succeeded',
    checks: checksOf(card?.checks),
    networkStatus: 'approved_by_network',
    ...authenticationOf(card?.three_d_secure ?? null),
    aftermath: null,
    pendingBalance: true,
    ...riskOf(charge),
    ...(fee === null ? {} : { fee }),
    ...severalOf(charge),
    ...(networkTransactionId === null ? {} : { networkTransactionId }),
  };
}

/** What is authorized can be captured in parts. */
const severalOf = (charge: Stripe.Charge | null): { multicapture?: true } =>
  charge?.captured === false && charge.payment_method_details?.card?.multicapture?.status === 'available' ? { multicapture: true } : {};

/** Stripe asks for exemptions by itself, and says which the bank has accepted. Of one that is not for a low risk it gives no name. */
function authenticationOf(secure: Stripe.Charge.PaymentMethodDetails.Card.ThreeDSecure | null): {
  threeDSecure: boolean;
  frictionless?: true;
  exemption?: Exemption;
} {
  if (secure?.result === 'exempted') {
    return { threeDSecure: false, exemption: secure.exemption_indicator === 'low_risk' ? 'low_risk' : 'low_value' };
  }
  if (secure?.result !== 'authenticated') return { threeDSecure: false };
  return secure.authentication_flow === 'frictionless' ? { threeDSecure: true, frictionless: true } : { threeDSecure: true };
}

type PaymentProblem = Pick<
  Stripe.PaymentIntent.LastPaymentError,
  'advice_code' | 'code' | 'decline_code' | 'message' | 'network_advice_code' | 'network_decline_code' | 'type'
>;

function declineOf(problem: PaymentProblem | null, charge: Stripe.Charge | null): Omit<Declined, 'reference'> {
  return {
    outcome: 'declined',
    error: errorOf(problem),
    networkStatus: charge?.outcome?.network_status === 'declined_by_network' ? 'declined_by_network' : 'not_sent_to_network',
    checks: checksOf(charge?.payment_method_details?.card?.checks),
    advice: adviceOf(charge?.outcome ?? problem),
    ...riskOf(charge),
  };
}

function errorOf(problem: PaymentProblem | null): PaymentError {
  const { code = 'card_declined', decline_code = null, message = 'Your card was declined.', type } = problem ?? {};
  return {
    type: type === 'invalid_request_error' ? 'invalid_request_error' : 'card_error',
    ...{ code, decline_code, message, payment_method: null, charge: null },
  };
}

type Advised = { [Name in keyof Advice]?: string | null };

const adviceOf = (of: Advised | null): Advice => ({
  advice_code: of?.advice_code ?? null,
  network_advice_code: of?.network_advice_code ?? null,
  network_decline_code: of?.network_decline_code ?? null,
});

function riskOf(charge: Stripe.Charge | null): { risk?: ProcessorRisk } {
  const { risk_level, risk_score } = charge?.outcome ?? {};
  return risk_level === undefined || risk_score === undefined ? {} : { risk: { risk_level, risk_score } };
}

export function chargeOf({ latest_charge }: Stripe.PaymentIntent): Stripe.Charge | null {
  return typeof latest_charge === 'object' ? latest_charge : null;
}

type Checks = Record<keyof GatewayChecks, string | null>;

export function checksOf(checks: Checks | null | undefined): GatewayChecks {
  const check = (name: keyof GatewayChecks): CardCheck | null => (checks?.[name] ?? null) as CardCheck | null;
  return {
    address_line1_check: check('address_line1_check'),
    address_postal_code_check: check('address_postal_code_check'),
    cvc_check: check('cvc_check'),
  };
}
