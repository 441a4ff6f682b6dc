import { BillingError, type BillingErrorDetails, type Refusal } from '../core/errors';
import type { PaymentAttempt } from '../rows/payment-attempt';
import type { PaymentError, PaymentIntent } from '../rows/payment-intent';

/**
 * The error for a request that the intent's state does not allow. It includes the intent, so that a caller who repeats a request sees that
 * the first one worked.
 *
 * @param intent the id of a payment or setup intent
 */
export function unexpectedIntentState(intent: string, message: string, details: BillingErrorDetails = {}): BillingError {
  return intent.startsWith('seti_')
    ? new BillingError('setup_intent_unexpected_state', message, { ...details, shows: { setupIntent: intent } })
    : new BillingError('payment_intent_unexpected_state', message, { ...details, shows: { paymentIntent: intent } });
}

/**
 * A session's intent is confirmed on its page, and until then canceled by expiring the session.
 *
 * @throws BillingError payment_intent_unexpected_state
 */
export function refuseOfCheckout({ id, checkoutSession }: PaymentIntent): void {
  if (checkoutSession === null) return;
  throw unexpectedIntentState(id, `This PaymentIntent belongs to the Checkout Session ${checkoutSession}. Expire the session instead.`);
}

/**
 * Once its bank has approved or collects it, the session is past its buyer's page and does not expire: the seller releases the payment itself.
 *
 * @throws BillingError payment_intent_unexpected_state
 */
export function refuseCancelingOfCheckout(intent: PaymentIntent): void {
  if (intent.debitedAt === null && !['requires_capture', 'succeeded', 'canceled'].includes(intent.status)) refuseOfCheckout(intent);
}

/** The decline of an attempt as the answer (402) to the caller who confirmed its intent. */
export function declineRefusal({ kind, intent, paymentMethod }: PaymentAttempt, error: PaymentError): Refusal {
  const shown = kind === 'setup' ? { charge: null, setupIntent: intent } : { charge: error.charge, paymentIntent: intent };
  const card = { code: error.code, declineCode: error.decline_code, ...shown, paymentMethod };
  return { code: 'card_declined', message: error.message, details: { card } };
}

/** The cardholder has not passed 3-D Secure. */
export const notAuthenticated = (kind: PaymentAttempt['kind'], paymentMethod: string): PaymentError => ({
  type: 'card_error',
  code: `${kind}_intent_authentication_failure`,
  decline_code: null,
  message: 'The provided PaymentMethod has failed authentication. Provide another one, and try again.',
  payment_method: paymentMethod,
  charge: null,
});
