import type { BankAccount, BillingDetails, Card, MethodType, PaymentMethod } from './payment-method';
import type { Resource, Shipping } from './resource';

/** What a buyer has entered on a page, for one confirmation of an intent that the server makes later. */
export interface ConfirmationToken extends Resource {
  /** Half a day after it was made. */
  expiresAt: number;
  paymentMethod: string;
  /** What the server may know of the payment method before it confirms. In Stripe's snake_case. */
  preview: PaymentMethodPreview;
  returnUrl: string | null;
  setupFutureUsage: 'off_session' | 'on_session' | null;
  shipping: Shipping | null;
  /** The intent that was confirmed with it; both null: it is unused. */
  paymentIntent: string | null;
  setupIntent: string | null;
}

export interface PaymentMethodPreview {
  allow_redisplay: PaymentMethod['allowRedisplay'];
  billing_details: BillingDetails;
  card: Card | null;
  bank_account?: BankAccount;
  customer: string | null;
  /** Of a token from before there were bank accounts: a card. */
  type?: MethodType;
}
