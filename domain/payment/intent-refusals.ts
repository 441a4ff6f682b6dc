import { BillingError, type BillingErrorDetails } from '../core/errors';

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
