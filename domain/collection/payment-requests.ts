/** Callers' requests for an intent: confirm it, capture or release an authorization, continue after 3-D Secure. */
import { RELEASED, releaseAuthorization } from './authorizations';
import { refuseDeletedCustomer } from '../invoice-rules/collection';
import { BillingError } from '../core/errors';
import { LIMITS } from '../core/limits';
import { notAuthenticated, unexpectedIntentState } from '../payment/intent-refusals';
import { mergeMetadata } from '../core/metadata';
import type { MandateParameters } from '../customer/mandates';
import type { PaymentAttempt } from '../rows/payment-attempt';
import type { IntentOptions, PaymentIntent } from '../rows/payment-intent';
import { failIntent } from './payment-recording';
import { cancelIntent, changeIntent, currentAttempt, intentOf, openAttempt, unexpectedState } from '../payment/intents';
import type { ChangeSet } from '../core/change-set';
import type { Rows } from '../rows/rows';
import { cancelSetupIntent, openSetupAttempt } from '../payment/setup-intents';
import { failSetup } from '../payment/setup-recording';
import { refusePartOfStep } from '../money/minimum-charge';
import { calculationAsked, type TaxHook } from '../payment/tax-hooks';
import type { StepInput } from '../core/steps';

interface ConfirmParameters extends TaxHook {
  return_url?: string;
  off_session?: boolean | string;
  setup_future_usage?: PaymentIntent['setupFutureUsage'];
  receipt_email?: string | null;
  capture_method?: PaymentIntent['captureMethod'];
  allowed_payment_method_types?: string[];
  payment_method_options?: IntentOptions;
  mandate_data?: MandateParameters;
  /** Dunlin's own, of the page of an invoice. */
  becomes_default?: boolean;
}

interface ConfirmSetupParameters {
  mandate_data?: MandateParameters;
  allowed_payment_method_types?: string[];
  return_url?: string;
  payment_method_options?: IntentOptions;
}

interface CaptureParameters extends TaxHook {
  /** Minor units. */
  amount_to_capture?: number;
  final_capture?: boolean;
  metadata?: Record<string, string> | null;
}

interface CancelParameters {
  cancellation_reason?: string;
}

/** The message's target is the card of the request; without one, the intent's own card is used. */
export function confirmPayment(changes: ChangeSet, input: StepInput<ConfirmParameters>): void {
  const intent = changes.rows.get('paymentIntent', input.subject);
  const params = input.parameters;
  const paymentMethod = input.target ?? intent.paymentMethod;
  if (intent.status === 'succeeded' || intent.status === 'canceled') throw unexpectedState(intent, 'confirm');
  if (paymentMethod === null) throw missingMethod(intent.id, 'PaymentIntent');
  refuseCapturingLater(intent, params);
  const taxCalculation = calculationAsked(changes.rows, intent, params);
  changes.patch('paymentIntent', intent.id, { hasWorkflow: true, taxCalculation, ...changesOf(intent, params) });
  // Stripe's values for a payment without the cardholder: true, one_off, recurring.
  const offSession = params.off_session !== undefined && params.off_session !== false;
  const { mandate_data: mandate, becomes_default: becomesDefault } = params;
  openAttempt(changes, { intent: intent.id, paymentMethod, offSession, workflow: input.workflow, mandate, becomesDefault });
}

/** Only a captured payment pays an invoice; an authorization does not. */
function refuseCapturingLater({ invoice }: PaymentIntent, { capture_method: params }: ConfirmParameters): void {
  if (invoice === null || params !== 'manual') return;
  throw new BillingError('parameter_invalid', 'The PaymentIntent of an invoice is captured at once: `capture_method` cannot be `manual`.', {
    param: 'capture_method',
  });
}

function changesOf(intent: PaymentIntent, params: ConfirmParameters): Partial<PaymentIntent> {
  return {
    returnUrl: params.return_url ?? intent.returnUrl,
    setupFutureUsage: params.setup_future_usage ?? intent.setupFutureUsage,
    receiptEmail: params.receipt_email === undefined ? intent.receiptEmail : params.receipt_email,
    captureMethod: params.capture_method ?? intent.captureMethod,
    allowedPaymentMethodTypes: params.allowed_payment_method_types ?? intent.allowedPaymentMethodTypes,
    paymentMethodOptions: optionsOf(intent, params),
  };
}

/** What is named for a type replaces what was named before. */
const optionsOf = (
  { paymentMethodOptions: before }: Pick<PaymentIntent, 'paymentMethodOptions'>,
  { payment_method_options: named }: { payment_method_options?: IntentOptions },
): IntentOptions | null => (named ? { ...before, ...named } : before);

/** Captures the whole authorization, or a part, which releases the rest unless it is not the final capture. */
export function capturePayment(changes: ChangeSet, input: StepInput<CaptureParameters>): void {
  const intent = changes.rows.get('paymentIntent', input.subject);
  if (intent.status !== 'requires_capture') throw unexpectedState(intent, 'capture');
  if (intent.captureRequested !== null) {
    const already = `A capture of ${String(intent.captureRequested)} has been requested already, and is under way or waits for its processor.`;
    throw unexpectedIntentState(intent.id, `You cannot capture this PaymentIntent. ${already}`);
  }
  const params = input.parameters;
  const amount = params.amount_to_capture ?? intent.amountCapturable;
  const isFinal = params.final_capture ?? true;
  refuseCapture(changes.rows, intent, { amount, isFinal });
  const metadata = params.metadata === undefined ? intent.metadata : mergeMetadata(intent.metadata, params.metadata);
  const taxCalculation = calculationAsked(changes.rows, intent, params);
  changes.patch('paymentIntent', intent.id, {
    captureRequested: amount,
    captureIsFinal: isFinal,
    hasWorkflow: true,
    taxCalculation,
    metadata,
  });
}

/**
 * @throws BillingError amount_too_large, parameter_invalid for a part of the currency's smallest charge, for a capture that is not the final one and
 * cannot be, or of nothing without one before
 */
function refuseCapture(rows: Rows, intent: PaymentIntent, { amount, isFinal }: { amount: number; isFinal: boolean }): void {
  if (amount > intent.amountCapturable) {
    const message = `The amount to capture is greater than the remaining authorized amount of ${String(intent.amountCapturable)}.`;
    throw new BillingError('amount_too_large', message, { param: 'amount_to_capture' });
  }
  refusePartOfStep(amount, { currency: intent.currency, param: 'amount_to_capture', most: intent.amountCapturable });
  if (amount === 0 && (!isFinal || intent.amountReceived === 0)) {
    throw new BillingError('parameter_invalid', 'This value must be greater than or equal to 1.', { param: 'amount_to_capture' });
  }
  const problem = isFinal ? null : whyNotSeveral(rows, intent, amount);
  if (problem !== null) throw new BillingError('parameter_invalid', problem, { param: 'final_capture' });
}

function whyNotSeveral(rows: Rows, { amountCapturable, captures, latestCharge }: PaymentIntent, amount: number): string | null {
  if (rows.find('charge', latestCharge)?.paymentMethodDetails.multicapture !== true) {
    return 'This PaymentIntent can be captured once: `final_capture` can only be false where multicapture is available.';
  }
  if (amount === amountCapturable) return "can't set final_capture as false when fully capturing a payment intent.";
  const { max } = LIMITS.capturesOfPayment;
  return captures + 1 < max ? null : `A PaymentIntent can be captured ${String(max)} times. The last time must be the final capture.`;
}

/** An authorization, or a debit that its bank has not decided, is first released at the processor. An invoice's intent can only be canceled through its invoice. */
export function cancelPayment(changes: ChangeSet, input: StepInput<CancelParameters>): void {
  const intent = changes.rows.get('paymentIntent', input.subject);
  const reason = input.parameters.cancellation_reason ?? null;
  if (intent.invoice !== null) {
    throw unexpectedIntentState(intent.id, 'You cannot cancel a PaymentIntent of an invoice. Void the invoice instead.');
  }
  if (intent.amountReceived > 0 && intent.status === 'requires_capture' && intent.captureRequested === null) {
    changes.patch('paymentIntent', intent.id, { ...RELEASED, hasWorkflow: true });
    return;
  }
  if (intent.status === 'requires_capture' || intent.debitedAt !== null) {
    changes.patch('paymentIntent', intent.id, { cancelRequested: true, cancellationReason: reason, hasWorkflow: true });
    return;
  }
  cancelIntent(changes, intent.id, reason);
}

/** Records that the bank has released the authorization because it was not captured in time. */
export function expireAuthorization(changes: ChangeSet, input: StepInput): void {
  releaseAuthorization(changes, input.subject, { event: 'charge.expired', reason: 'automatic' });
}

/** If the cardholder passed 3-D Secure, the same attempt continues. If not, another card is needed. */
export function finishAuthentication(changes: ChangeSet, input: StepInput<{ result: string }>): void {
  const attempt = currentAttempt(changes.rows, input.subject);
  if (attempt?.status !== 'requires_action') {
    throw unexpectedIntentState(input.subject, `${input.subject} does not wait for an authentication.`);
  }
  const { nextAction } = intentOf(changes.rows, attempt);
  if (nextAction?.type === 'verify_with_microdeposits') {
    throw unexpectedIntentState(input.subject, `${input.subject} waits for a verification with micro-deposits.`);
  }
  if (input.parameters.result === 'succeeded') {
    continueAttempt(changes, attempt, input.workflow);
    return;
  }
  const { kind } = attempt;
  ask(changes, attempt);
  const failed = changes.patch('paymentAttempt', attempt.id, { status: 'failed', threeDSecure: 'failed', answeredAt: changes.now });
  const error = notAuthenticated(kind, attempt.paymentMethod);
  if (kind === 'setup') failSetup(changes, failed, error);
  else failIntent(changes, failed, error, null);
}

/** The payer has done what was asked, and the processor is asked again. */
export function continueAttempt(changes: ChangeSet, attempt: PaymentAttempt, workflow: string): void {
  refuseDeletedCustomer(changes.rows, attempt.customer);
  ask(changes, attempt);
  changes.patch('paymentAttempt', attempt.id, { status: 'open', threeDSecure: 'authenticated', workflow, settlesAt: null });
}

const ask = (changes: ChangeSet, attempt: PaymentAttempt): void => {
  changeIntent(changes, attempt, { status: 'processing', nextAction: null, hasWorkflow: true });
};

export function confirmSetup(changes: ChangeSet, input: StepInput<ConfirmSetupParameters>): void {
  const intent = changes.rows.get('setupIntent', input.subject);
  const paymentMethod = input.target ?? intent.paymentMethod;
  if (paymentMethod === null) throw missingMethod(intent.id, 'SetupIntent');
  const returnUrl = input.parameters.return_url ?? intent.returnUrl;
  const allowedPaymentMethodTypes = input.parameters.allowed_payment_method_types ?? intent.allowedPaymentMethodTypes;
  const paymentMethodOptions = optionsOf(intent, input.parameters);
  changes.patch('setupIntent', intent.id, { returnUrl, allowedPaymentMethodTypes, paymentMethodOptions });
  const { mandate_data: mandate } = input.parameters;
  openSetupAttempt(changes, { intent: intent.id, paymentMethod, offSession: false, workflow: input.workflow, mandate });
}

export function cancelSetup(changes: ChangeSet, input: StepInput<CancelParameters>): void {
  cancelSetupIntent(changes, input.subject, input.parameters.cancellation_reason ?? null);
}

function missingMethod(intent: string, name: string): BillingError {
  const message = `You cannot confirm this ${name} because it's missing a payment method. Update it with a payment method, or confirm it with one.`;
  return unexpectedIntentState(intent, message, { param: 'payment_method' });
}
