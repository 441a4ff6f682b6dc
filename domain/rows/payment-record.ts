import type { Address, Metadata, Resource, Shipping } from './resource';

/** A payment that was made elsewhere, such as a bank transfer, as the caller reports it. Amounts are minor units of `currency`. */
export interface PaymentRecord extends Resource {
  customer: string | null;
  currency: string;
  /** Of the latest attempt. */
  status: 'initiated' | 'guaranteed' | 'failed' | 'canceled';
  amountRequested: number;
  /** All that was requested once the payment is guaranteed; 0 before. */
  amountGuaranteed: number;
  amountFailed: number;
  amountCanceled: number;
  amountRefunded: number;
  /** The id of the latest attempt. */
  latestAttempt: string;
  customerDetails: RecordCustomerDetails;
  customerPresence: 'on_session' | 'off_session' | null;
  description: string | null;
  paymentMethodDetails: RecordMethodDetails;
  /** The processor's own name for the payment. */
  paymentReference: string | null;
  shipping: Shipping | null;
  metadata: Metadata;
}

/** In Stripe's snake_case. */
export interface RecordCustomerDetails {
  email: string | null;
  name: string | null;
  phone: string | null;
}

/** In Stripe's snake_case. */
export interface RecordMethodDetails {
  billing_details: { address: Address; email: string | null; name: string | null; phone: string | null } | null;
  custom: { display_name: string; type: string | null };
  payment_method: string | null;
}
