import type { BankAccount, BillingDetails, Card, DebitType, RedirectType, VoucherType } from './payment-method';
import type { Exemption } from './payment-attempt';
import type { Metadata, Resource, Shipping } from './resource';
import type { Voucher } from './voucher';

export interface Charge extends Resource {
  customer: string | null;
  paymentIntent: string;
  /** The number of the attempt that made it; unique with the intent. */
  attempt: number;
  invoice: string | null;
  paymentMethod: string;
  paymentMethodDetails: ChargedMethod;
  billingDetails: BillingDetails;
  amount: number;
  amountCaptured: number;
  amountRefunded: number;
  currency: string;
  captured: boolean;
  paid: boolean;
  refunded: boolean;
  disputed: boolean;
  /** The first dispute of it. */
  dispute: string | null;
  status: 'succeeded' | 'pending' | 'failed';
  failureCode: string | null;
  failureMessage: string | null;
  outcome: ChargeOutcome | null;
  balanceTransaction: string | null;
  description: string | null;
  receiptEmail: string | null;
  statementDescriptor: string | null;
  statementDescriptorSuffix: string | null;
  shipping: Shipping | null;
  /** The processor that was asked, and its reference. */
  gateway: string;
  gatewayReference: string | null;
  /** The seller's own fraud report. */
  userReport: 'safe' | 'fraudulent' | null;
  /** The open review of it. */
  review: string | null;
  metadata: Metadata;
}

/** The payment method as it was charged: a card, the debit of a bank account, where the payer was sent, an account at Link, or the voucher that they got. */
export interface ChargedMethod {
  card: Card | null;
  three_d_secure: Authentication | null;
  /** The authorization can be captured in several parts. What is not captured is no refund then. */
  multicapture?: true;
  debit?: { type: DebitType; account: BankAccount; mandate: string | null };
  redirect?: RedirectType;
  link?: true;
  voucher?: Pick<Voucher, 'entity' | 'number'> & { type: VoucherType };
}

/** The result of 3-D Secure. `frictionless`: the bank did not ask the cardholder. */
export interface Authentication {
  authenticated: boolean;
  frictionless?: true;
  /** Nobody was authenticated, because the bank has accepted it. */
  exemption?: Exemption;
}

/** `charge.outcome`, in Stripe's snake_case because the API returns it unchanged. */
export interface ChargeOutcome {
  advice_code: string | null;
  network_advice_code: string | null;
  network_decline_code: string | null;
  network_status: string;
  reason: string | null;
  risk_level: string;
  risk_score: number;
  seller_message: string;
  type: 'authorized' | 'manual_review' | 'issuer_declined' | 'blocked' | 'invalid';
  rule?: string;
}

/**
 * What was given back of what was captured. `amountRefunded` also has what a partial capture released, unless there can be several captures: of 1000
 * authorized, 700 captured and 100 refunded, `amountRefunded` is 400, and 100 were given back.
 */
export function givenBack({ amount, amountCaptured, amountRefunded, paymentMethodDetails }: Charge): number {
  if (amountCaptured === 0) return 0;
  return paymentMethodDetails.multicapture ? amountRefunded : amountRefunded - (amount - amountCaptured);
}

/** Whether the payer gets a receipt: all that will be captured is. */
export const hasReceipt = ({ captured, paid }: Pick<Charge, 'captured' | 'paid'>): boolean => paid && captured;

/** The last letters and digits of the charge's id. */
export function receiptNumberOf({ id }: Pick<Charge, 'id'>): string {
  return `${id.slice(-8, -4)}-${id.slice(-4)}`;
}
