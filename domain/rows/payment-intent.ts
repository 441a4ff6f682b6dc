import type { MandateSchedule } from './mandate';
import type { VoucherType } from './payment-method';
import type { Metadata, Resource, Shipping } from './resource';

export const PAYMENT_INTENT_STATUSES = [
  'canceled',
  'processing',
  'requires_action',
  'requires_capture',
  'requires_confirmation',
  'requires_payment_method',
  'succeeded',
] as const;
export type PaymentIntentStatus = (typeof PAYMENT_INTENT_STATUSES)[number];

/** What an intent asks of each type of payment method, in Stripe's snake_case. */
export interface IntentOptions {
  acss_debit?: CanadianOptions | undefined;
  bacs_debit?: MandateOptions | undefined;
  boleto?: { expires_after_days?: number | undefined } | undefined;
  card?:
    | {
        /** `if_available`: an authorization may be captured in several parts. */
        request_multicapture?: 'if_available' | 'never' | undefined;
        request_three_d_secure?: 'any' | 'automatic' | 'challenge' | undefined;
      }
    | undefined;
  konbini?: KonbiniOptions | undefined;
  oxxo?: { expires_after_days?: number | undefined } | undefined;
  sepa_debit?: MandateOptions | undefined;
  us_bank_account?: AccountOptions | undefined;
}

/** `microdeposits`: the account is not debited before its holder has told which small deposits it has got. */
interface AccountOptions {
  verification_method?: 'automatic' | 'instant' | 'microdeposits' | undefined;
}

interface CanadianOptions extends AccountOptions {
  /** In which the account pays. Of what is set up. */
  currency?: 'cad' | 'usd' | undefined;
  mandate_options?: { [K in keyof MandateSchedule]?: MandateSchedule[K] | undefined } | undefined;
}

interface MandateOptions {
  /** How the mandate's reference begins. */
  mandate_options?: { reference_prefix?: string | undefined } | undefined;
}

export interface KonbiniOptions {
  /** Ten or eleven digits that the shop asks for. */
  confirmation_number?: string | null | undefined;
  expires_after_days?: number | null | undefined;
  /** Epoch seconds. */
  expires_at?: number | null | undefined;
  product_description?: string | null | undefined;
}

export interface PaymentIntent extends Resource {
  customer: string | null;
  invoice: string | null;
  clientSecret: string;
  amount: number;
  amountCapturable: number;
  amountReceived: number;
  currency: string;
  status: PaymentIntentStatus;
  captureMethod: 'automatic' | 'automatic_async' | 'manual';
  confirmationMethod: 'automatic' | 'manual';
  paymentMethod: string | null;
  paymentMethodTypes: string[];
  /** The configuration that decided them; null if the request named them. */
  paymentMethodConfiguration: string | null;
  /** The types that the payer may choose from; null if the caller did not limit them. */
  allowedPaymentMethodTypes: string[] | null;
  automaticPaymentMethods: { enabled: boolean; allow_redirects: 'always' | 'never' } | null;
  paymentMethodOptions: IntentOptions | null;
  setupFutureUsage: 'on_session' | 'off_session' | null;
  /** The payer was told that what pays the invoice now also pays what its subscriptions cost later. */
  becomesDefault: boolean;
  latestCharge: string | null;
  /** The open review of its charge. */
  review: string | null;
  /** The number of attempts so far; the next attempt's number is one more. */
  attempts: number;
  lastPaymentError: PaymentError | null;
  nextAction: NextAction | null;
  returnUrl: string | null;
  description: string | null;
  receiptEmail: string | null;
  shipping: Shipping | null;
  statementDescriptor: string | null;
  statementDescriptorSuffix: string | null;
  cancellationReason: string | null;
  canceledAt: number | null;
  /** When an uncaptured authorization lapses, seven days after it. Epoch seconds. */
  captureBefore: number | null;
  /** The pending call to the processor: the amount to capture, or the release of the authorization. */
  captureRequested: number | null;
  /** Whether that capture releases what is left. */
  captureIsFinal: boolean;
  /** How often was captured. */
  captures: number;
  cancelRequested: boolean;
  /** The requested tax calculation that is recorded when it is paid. */
  taxCalculation: string | null;
  /** What was recorded of that, in its order. */
  taxAttempts: TaxAttempt[];
  /** The checkout session that it was made for. */
  checkoutSession: string | null;
  /** Since when a bank collects it, and has not decided. Epoch seconds. */
  debitedAt: number | null;
  /** A `paymentWorkflow` was started for it. It is woken when another workflow completes the intent. */
  hasWorkflow: boolean;
  metadata: Metadata;
}

/** A transaction of the tax that was collected, or its reversal. */
export interface TaxAttempt {
  /** The payment intent, or a refund. */
  source: string;
  /** Null: it was not recorded, for this reason. */
  transaction: string | null;
  reason: TaxAttemptProblem | null;
}

export type TaxAttemptProblem =
  | 'another_payment_associated_with_calculation'
  | 'calculation_expired'
  | 'currency_mismatch'
  | 'original_transaction_voided'
  | 'unique_reference_violation';

/** Stripe's error object as stored on an intent; `payment_method` is an id here and an object in the API. */
export interface PaymentError {
  type: 'card_error' | 'invalid_request_error' | 'api_error';
  code: string;
  decline_code: string | null;
  message: string;
  payment_method: string | null;
  charge: string | null;
}

/** What the payer does next, on the gateway's page. */
export type NextAction = Authenticate | PayVoucher | VerifyDeposits;

interface Authenticate {
  type: 'redirect_to_url' | 'use_stripe_sdk';
  url: string;
  return_url: string | null;
}

export interface VerifyDeposits {
  type: 'verify_with_microdeposits';
  url: string;
  /** When the deposits are there. Epoch seconds. */
  arrival_date: number;
  /** What the holder tells: both amounts, or the code in the text of the one deposit. */
  microdeposit_type: 'amounts' | 'descriptor_code';
  wrong_answers: number;
}

export interface PayVoucher {
  type: 'pay_voucher';
  method: VoucherType;
  url: string;
  number: string;
  entity: string | null;
  confirmation: string | null;
  /** Epoch seconds. */
  expires_at: number;
}

export interface SetupIntent extends Resource {
  customer: string | null;
  clientSecret: string;
  paymentMethod: string | null;
  status: 'requires_payment_method' | 'requires_confirmation' | 'requires_action' | 'processing' | 'canceled' | 'succeeded';
  usage: 'on_session' | 'off_session';
  description: string | null;
  cancellationReason: string | null;
  lastSetupError: PaymentError | null;
  nextAction: NextAction | null;
  paymentMethodTypes: string[];
  /** The configuration that decided them; null if the request named them. */
  paymentMethodConfiguration: string | null;
  /** The types that the payer may choose from; null if the caller did not limit them. */
  allowedPaymentMethodTypes: string[] | null;
  automaticPaymentMethods: { enabled: boolean; allow_redirects: 'always' | 'never' } | null;
  paymentMethodOptions: IntentOptions | null;
  attempts: number;
  /** What the holder of the bank account has agreed to. */
  mandate: string | null;
  returnUrl: string | null;
  subscription: string | null;
  /** The checkout session that it was made for. */
  checkoutSession: string | null;
  hasWorkflow: boolean;
  metadata: Metadata;
}
