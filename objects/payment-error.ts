import { adviceOn } from '../domain/payment/charge-outcome';
import type { PaymentError } from '../domain/rows/payment-intent';
import type { Rows } from '../domain/rows/rows';
import { toStripePaymentMethod } from './payment-method';
import type { WirePaymentError } from './shapes/payment-error';

/** Why the last attempt failed. Stripe's errors omit unknown fields, and show the payment method in full. */
export function toStripePaymentError(error: PaymentError, rows: Rows): WirePaymentError {
  const wire: WirePaymentError = { type: error.type, code: error.code, message: error.message };
  if (error.type === 'card_error') wire.doc_url = `https://docs.stripe.com/error-codes/${error.code.replaceAll('_', '-')}`;
  const advice = error.type === 'card_error' ? adviceOn(error) : null;
  if (advice !== null) wire.advice_code = advice;
  if (error.charge !== null) wire.charge = error.charge;
  if (error.decline_code !== null) wire.decline_code = error.decline_code;
  if (error.payment_method !== null) wire.payment_method = toStripePaymentMethod(rows.get('paymentMethod', error.payment_method));
  return wire;
}
