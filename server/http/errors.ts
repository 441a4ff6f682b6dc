/** Every refusal as Stripe answers it: status, type and code, exhaustive by type. This is the only place where an error becomes a body. */
import type { Logger } from 'pino';
import { adviceOn } from '../../domain/payment/charge-outcome';
import { BillingError, type BillingErrorCode } from '../../domain/core/errors';
import { StepFailedError, type HoldReason } from '../../domain/rows/held';
import type { ErrorCode, ErrorType } from '../../objects/shapes/error';
import { ParameterError } from './parameter-error';
import { isBusy, isUnavailable } from './outages';

interface WireForm {
  status: number;
  type: ErrorType;
  /** Null if Stripe has only a message. */
  code: ErrorCode | null;
}

export interface ErrorBody {
  type: ErrorType;
  message: string;
  code?: string;
  param?: string;
  advice_code?: string;
  decline_code?: string;
  charge?: string;
  payment_intent?: Record<string, unknown>;
  setup_intent?: Record<string, unknown>;
  payment_method?: Record<string, unknown>;
}

export interface ErrorAnswer {
  status: number;
  error: ErrorBody;
}

const request = (code: ErrorCode | null = null, status = 400): WireForm => ({ status, type: 'invalid_request_error', code });

const ERRORS: Record<BillingErrorCode, WireForm> = {
  parameter_invalid: request(),
  parameter_unknown: request('parameter_unknown'),
  parameter_missing: request('parameter_missing'),
  parameter_unsupported: request('parameter_unsupported'),
  parameters_exclusive: request('parameters_exclusive'),
  resource_missing: request('resource_missing', 404),
  resource_already_exists: request('resource_already_exists'),
  customer_missing_payment_method: request('resource_missing'),
  customer_billed_elsewhere: request(),
  currency_mismatch: request(),
  amount_too_small: request('amount_too_small'),
  amount_too_large: request('amount_too_large'),
  subscription_canceled: request(),
  subscription_not_editable: request(),
  subscription_not_paused: request(),
  too_many_subscriptions: request('customer_max_subscriptions'),
  too_many_items: request(),
  change_too_large: request(),
  invoice_not_editable: request('invoice_not_editable'),
  invoice_not_payable: request(),
  invoice_already_paid: request(),
  invoice_already_finalized: request(),
  invoice_upcoming_none: request('invoice_upcoming_none', 404),
  token_already_used: request('token_already_used'),
  payment_intent_unexpected_state: request('payment_intent_unexpected_state'),
  setup_intent_unexpected_state: request('setup_intent_unexpected_state'),
  payment_attempt_in_progress: request('lock_timeout', 429),
  microdeposit_amounts_mismatch: request('payment_method_microdeposit_verification_amounts_mismatch'),
  microdeposit_attempts_exceeded: request('payment_method_microdeposit_verification_attempts_exceeded'),
  microdeposit_descriptor_code_mismatch: request('payment_method_microdeposit_verification_descriptor_code_mismatch'),
  payment_method_unusable: request(),
  card_declined: { status: 402, type: 'card_error', code: 'card_declined' },
  authentication_required: { status: 402, type: 'card_error', code: 'authentication_required' },
  charge_already_captured: request('charge_already_captured'),
  charge_already_refunded: request('charge_already_refunded'),
  charge_disputed: request('charge_disputed'),
  refund_exceeds_charge: request(),
  refund_not_cancelable: request(),
  dispute_not_editable: request(),
  credit_note_exceeds_invoice: request(),
  credit_note_not_voidable: request(),
  coupon_expired: request('coupon_expired'),
  promotion_code_customer_not_first_time: request('promotion_code_customer_not_first_time'),
  customer_tax_location_invalid: request('customer_tax_location_invalid'),
  tax_id_invalid: request('tax_id_invalid'),
  taxes_calculation_failed: { status: 503, type: 'api_error', code: 'taxes_calculation_failed' },
  too_many_tax_ids: request(),
  test_clock_not_ready: request(),
  test_clock_backwards: request(),
  product_in_use: request(),
  quote_unexpected_state: request(),
  checkout_session_unexpected_state: request(),
  checkout_amount_changed: request(),
  license_unusable: request(),
  license_activation_limit: request(),
  access_missing: request(),
  agent_limit_exceeded: { status: 403, type: 'invalid_request_error', code: null },
  lock_timeout: request('lock_timeout', 429),
  idempotency_mismatch: { status: 400, type: 'idempotency_error', code: null },
  url_invalid: request('url_invalid'),
};

/** A refusal that only HTTP has: no key, an unknown URL, too many requests. */
export class HttpError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly wire: { type?: ErrorType; code?: ErrorCode } = {},
  ) {
    super(message);
    this.name = 'HttpError';
  }
}

/** The answer to any error. An unexpected error is logged, and the caller gets no details. */
export function answerOf(error: unknown, log: Logger): ErrorAnswer {
  const refused = refusalOf(error);
  if (refused !== null) return refused;
  if (error instanceof StepFailedError) return failedAnswer(error, log);
  if (isUnavailable(error)) {
    log.warn({ err: error }, 'a service that Dunlin needs does not answer');
    return { status: 503, error: { type: 'api_error', message: UNAVAILABLE } };
  }
  log.error({ err: error }, 'an error that nobody foresaw');
  return { status: 500, error: { type: 'api_error', message: 'An unknown error occurred. It has been logged under the request id.' } };
}

/** The answer to a refusal; null for an error that is none. */
export function refusalOf(error: unknown): ErrorAnswer | null {
  if (error instanceof BillingError) return refusalAnswer(error);
  if (error instanceof HttpError) {
    const { type = 'invalid_request_error', code } = error.wire;
    return { status: error.status, error: { type, message: error.message, ...(code === undefined ? {} : { code }) } };
  }
  return isBusy(error) ? refusalAnswer(new BillingError('lock_timeout', BUSY)) : null;
}

/** The workflow reports the failure at once, and an operator finds the entity among the held ones. */
function failedAnswer(error: StepFailedError, log: Logger): ErrorAnswer {
  log.error({ workflow: error.workflow, failure: error.failure }, 'a change failed by a mistake of ours');
  const message = `${HELD[error.failure.reason]} It has been logged under the request id. Nothing is done twice if you ask again.`;
  return { status: 500, error: { type: 'api_error', message } };
}

const HELD: Record<HoldReason, string> = {
  failed: 'Dunlin could not do this because of a mistake of its own.',
  stuck: 'This object is held, because an earlier step of it did not come back: an operator has to release it (GET /v1/held).',
  repeating: 'This object is held, because a step of it was done again and again: an operator has to release it (GET /v1/held).',
  refused: 'This object is held, because a step of it was refused again and again: an operator has to look at it (GET /v1/held).',
};

function refusalAnswer(refusal: BillingError): ErrorAnswer {
  const { status, type, code } = wireForm(refusal);
  const { param, card } = refusal.details;
  const error: ErrorBody = { type, message: refusal.message };
  if (code !== null) error.code = code;
  if (param !== undefined) error.param = param;
  if (card) {
    const advice = adviceOn({ code: card.code, decline_code: card.declineCode });
    if (advice !== null) error.advice_code = advice;
    if (card.declineCode !== null) error.decline_code = card.declineCode;
    if (card.charge !== null) error.charge = card.charge;
  }
  return { status, error };
}

/** The issuer's words are its own: they are no codes of this table. */
function wireForm(refusal: BillingError): Omit<WireForm, 'code'> & { code: string | null } {
  const form = ERRORS[refusal.code];
  // If the path names a missing object, the answer is 404. If a parameter does, the request is wrong: 400.
  if (refusal.code === 'resource_missing') return { ...form, status: (refusal.details.param ?? 'id') === 'id' ? 404 : 400 };
  if (refusal.details.card) return { ...form, code: refusal.details.card.code };
  return refusal instanceof ParameterError ? { ...form, code: refusal.wireCode ?? form.code } : form;
}

const BUSY =
  'This object cannot be accessed right now because another API request or a workflow is currently accessing it. Please retry in a moment.';
const UNAVAILABLE =
  'A service that Dunlin needs does not answer at the moment. Retry with the same Idempotency-Key: nothing is done twice.';
