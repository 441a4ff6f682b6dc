/** What every refusal looks like. */
import { z } from 'zod';
import { paymentIntent } from './payment-intent';
import { paymentMethod } from './payment-method';
import { setupIntent } from './setup-intent';

const ERROR_TYPES = ['api_error', 'card_error', 'idempotency_error', 'invalid_request_error', 'temporary_session_expired'] as const;
export type ErrorType = (typeof ERROR_TYPES)[number];

/** Every code that an answer can have; many refusals have a message only. */
export const ERROR_CODES = [
  'account_invalid',
  'amount_too_large',
  'amount_too_small',
  'archived_meter',
  'authentication_required',
  'billing_meter_event_session_expired',
  'card_declined',
  'charge_already_captured',
  'charge_already_refunded',
  'charge_disputed',
  'coupon_expired',
  'customer_max_subscriptions',
  'customer_tax_location_invalid',
  'duplicate_meter_event',
  'email_invalid',
  'expired_card',
  'idempotency_key_in_use',
  'incorrect_cvc',
  'incorrect_number',
  'incorrect_zip',
  'invalid_cvc',
  'invalid_expiry_month',
  'invalid_expiry_year',
  'invoice_no_customer_line_items',
  'invoice_not_editable',
  'invoice_payment_intent_requires_action',
  'invoice_upcoming_none',
  'lock_timeout',
  'meter_event_customer_not_found',
  'meter_event_invalid_value',
  'meter_event_no_customer_defined',
  'meter_event_value_not_found',
  'meter_event_value_too_many_digits',
  'missing_dimension_payload_keys',
  'no_meter',
  'parameter_invalid_empty',
  'parameter_invalid_integer',
  'parameter_missing',
  'parameter_unknown',
  'parameter_unsupported',
  'parameters_exclusive',
  'payment_intent_authentication_failure',
  'payment_intent_payment_attempt_failed',
  'payment_intent_unexpected_state',
  'payment_method_microdeposit_verification_amounts_mismatch',
  'payment_method_microdeposit_verification_attempts_exceeded',
  'payment_method_microdeposit_verification_descriptor_code_mismatch',
  'processing_error',
  'promotion_code_customer_not_first_time',
  'rate_limit',
  'resource_already_exists',
  'resource_missing',
  'setup_intent_authentication_failure',
  'setup_intent_unexpected_state',
  'tax_id_invalid',
  'taxes_calculation_failed',
  'timestamp_in_future',
  'timestamp_too_far_in_past',
  'token_already_used',
  'url_invalid',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

export const error = z
  .strictObject({
    error: z.strictObject({
      advice_code: z.string().optional(),
      charge: z.string().optional(),
      code: z.enum(ERROR_CODES).optional(),
      decline_code: z.string().optional(),
      message: z.string(),
      param: z.string().optional(),
      payment_intent: paymentIntent.optional(),
      payment_method: paymentMethod.optional(),
      setup_intent: setupIntent.optional(),
      type: z.enum(ERROR_TYPES),
    }),
  })
  .meta({ id: 'error' });
