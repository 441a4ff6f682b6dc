import type { PaymentAttempt } from '../domain/rows/payment-attempt';
import type { Card, PaymentMethod } from '../domain/rows/payment-method';
import type { SetupIntent } from '../domain/rows/payment-intent';
import type { Rows } from '../domain/rows/rows';
import { setupErrorOf } from '../domain/payment/setup-recording';
import { toStripePaymentError } from './payment-error';
import type { WireSetupAttempt } from './shapes/setup-attempt';
import { toStripeWalletOfSetup } from './wallet';

/** The id of an attempt in the API: the intent's, and which of its attempts it is. */
const setupAttemptId = (intent: string, number: number): string => `setatt_${intent.replace(/^seti_/, '')}_${String(number)}`;

const STATUSES = {
  open: 'processing',
  unknown: 'processing',
  waiting: 'processing',
  processing: 'processing',
  requires_action: 'requires_action',
  succeeded: 'succeeded',
  failed: 'failed',
  canceled: 'abandoned',
} as const;

/** Stripe's setup attempt: one confirmation of a setup intent. The intent and the payment method must be among the rows. */
export function toStripeSetupAttempt(attempt: PaymentAttempt, rows: Rows): WireSetupAttempt {
  const intent = rows.get('setupIntent', attempt.intent);
  const error = setupErrorOf(attempt);
  return {
    id: setupAttemptId(intent.id, attempt.number),
    object: 'setup_attempt',
    application: null,
    created: attempt.created,
    customer: attempt.customer,
    customer_account: null,
    flow_directions: null,
    livemode: attempt.livemode,
    on_behalf_of: null,
    payment_method: attempt.paymentMethod,
    payment_method_details: detailsOf(attempt, rows.get('paymentMethod', attempt.paymentMethod)),
    setup_error: error && toStripePaymentError(error, rows),
    setup_intent: intent.id,
    status: STATUSES[attempt.status],
    usage: intent.usage,
  };
}

type WireDetails = WireSetupAttempt['payment_method_details'];
type WireCard = NonNullable<WireDetails['card']>;

function detailsOf({ threeDSecure }: PaymentAttempt, { card, type }: PaymentMethod): WireDetails {
  return card === null ? { [type]: {}, type } : { card: cardOf(card, threeDSecure), type };
}

function cardOf(card: Card, threeDSecure: PaymentAttempt['threeDSecure']): WireCard {
  const { brand, checks, country, exp_month, exp_year, fingerprint, funding, last4 } = card;
  return {
    brand,
    checks,
    country,
    exp_month,
    exp_year,
    fingerprint,
    funding,
    last4,
    network: brand,
    three_d_secure: secureOf(threeDSecure),
    wallet: toStripeWalletOfSetup(card),
  };
}

function secureOf(result: PaymentAttempt['threeDSecure']): WireCard['three_d_secure'] {
  if (result !== 'authenticated' && result !== 'failed') return null;
  const hasPassed = result === 'authenticated';
  return {
    authentication_flow: 'challenge',
    electronic_commerce_indicator: hasPassed ? '05' : null,
    result: hasPassed ? 'authenticated' : 'failed',
    result_reason: hasPassed ? null : 'rejected',
    transaction_id: null,
    version: '2.2.0',
  };
}

/** The latest attempt of an intent; null before its first confirmation. */
export const latestAttemptOf = ({ id, attempts }: Pick<SetupIntent, 'attempts' | 'id'>): string | null =>
  attempts === 0 ? null : setupAttemptId(id, attempts);
