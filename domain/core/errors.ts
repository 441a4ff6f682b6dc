/** Codes of errors in the caller's request, and of refusals. `server/http/errors.ts` maps each to Stripe's type, status and code. */
export type BillingErrorCode =
  | 'parameter_invalid'
  | 'parameter_unknown'
  | 'parameter_missing'
  | 'parameter_unsupported'
  | 'parameters_exclusive'
  | 'resource_missing'
  | 'resource_already_exists'
  | 'customer_missing_payment_method'
  | 'customer_billed_elsewhere'
  | 'currency_mismatch'
  | 'amount_too_small'
  | 'amount_too_large'
  | 'subscription_canceled'
  | 'subscription_not_editable'
  | 'subscription_not_paused'
  | 'too_many_subscriptions'
  | 'too_many_items'
  | 'change_too_large'
  | 'invoice_not_editable'
  | 'invoice_not_payable'
  | 'invoice_already_paid'
  | 'invoice_already_finalized'
  | 'invoice_upcoming_none'
  | 'token_already_used'
  | 'payment_intent_unexpected_state'
  | 'setup_intent_unexpected_state'
  | 'payment_attempt_in_progress'
  | 'microdeposit_amounts_mismatch'
  | 'microdeposit_attempts_exceeded'
  | 'microdeposit_descriptor_code_mismatch'
  | 'payment_method_unusable'
  | 'card_declined'
  | 'authentication_required'
  | 'charge_already_captured'
  | 'charge_already_refunded'
  | 'charge_disputed'
  | 'refund_exceeds_charge'
  | 'refund_not_cancelable'
  | 'dispute_not_editable'
  | 'credit_note_exceeds_invoice'
  | 'credit_note_not_voidable'
  | 'coupon_expired'
  | 'promotion_code_customer_not_first_time'
  | 'customer_tax_location_invalid'
  | 'tax_id_invalid'
  | 'taxes_calculation_failed'
  | 'too_many_tax_ids'
  | 'test_clock_not_ready'
  | 'test_clock_backwards'
  | 'product_in_use'
  | 'quote_unexpected_state'
  | 'checkout_session_unexpected_state'
  | 'checkout_amount_changed'
  | 'license_unusable'
  | 'license_activation_limit'
  | 'access_missing'
  | 'agent_limit_exceeded'
  | 'lock_timeout'
  | 'idempotency_mismatch'
  | 'url_invalid';

export interface BillingErrorDetails {
  /** The parameter at fault, in Stripe's notation: `items[0][price]`. */
  param?: string;
  /** The intent that the error object includes. */
  shows?: { paymentIntent?: string; setupIntent?: string };
  /** For a declined card: the issuer's answer, and the intent that the error object includes. */
  card?: {
    code: string;
    declineCode: string | null;
    charge: string | null;
    paymentIntent?: string;
    setupIntent?: string;
    paymentMethod: string | null;
  };
}

export class BillingError extends Error {
  constructor(
    readonly code: BillingErrorCode,
    message: string,
    readonly details: BillingErrorDetails = {},
  ) {
    super(message);
    this.name = 'BillingError';
  }
}

/** An error as plain JSON, because classes do not cross Temporal. */
export interface Refusal {
  code: BillingErrorCode;
  message: string;
  details: BillingErrorDetails;
}

/** Restores the error of a refusal that crossed Temporal. */
export const errorOf = ({ code, message, details }: Refusal): BillingError => new BillingError(code, message, details);

export const refusalOf = (error: BillingError): Refusal => ({ code: error.code, message: error.message, details: error.details });
