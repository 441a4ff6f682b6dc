import type { BankAccount, BillingDetails, Card } from './payment-method';

/** A payment method that a processor stores, made there by the seller's app: its card number never reached Dunlin. */
export interface StoredMethod {
  /** The processor's name in `payment_methods.gateway`. */
  processor: string;
  /** The processor's own name of the payment method. */
  method: string;
  /** The processor's own name of the customer whose it is or becomes. Null: the processor makes one. */
  customer: string | null;
}

interface Kept {
  outcome: 'stored';
  gatewayReference: string;
  billingDetails: BillingDetails;
}

/** What a processor says of a payment method that it is asked to keep for later payments. */
export type StoredMethodAnswer =
  | (Kept & { type: 'card'; card: Card })
  /** `number`: of the account, from which its fingerprint is made. It is not kept. */
  | (Kept & { type: 'sepa_debit'; account: Omit<BankAccount, 'fingerprint'>; number: string })
  | { outcome: 'declined'; code: string; declineCode: string | null; message: string }
  | { outcome: 'refused'; part: 'processor' | 'payment_method' | 'customer'; message: string }
  | { outcome: 'unavailable'; message: string };
