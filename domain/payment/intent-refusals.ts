import { BillingError, type BillingErrorDetails } from '../core/errors';

/**
 * An intent cannot do what was asked in the state that it is in. The answer carries the intent, so that a caller who asks twice
 * sees that the first time worked.
 *
 * @param intent the id of a payment or setup intent
 */
export function unexpectedIntentState(intent: string, message: string, details: BillingErrorDetails = {}): BillingError {
  return intent.startsWith('seti_')
    ? new BillingError('setup_intent_unexpected_state', message, { ...details, shows: { setupIntent: intent } })
    : new BillingError('payment_intent_unexpected_state', message, { ...details, shows: { paymentIntent: intent } });
}
