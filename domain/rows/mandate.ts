import type { Resource } from './resource';

/** The consent of an account's holder to debits. A debit needs one that is active. */
export interface Mandate extends Resource {
  customer: string | null;
  paymentMethod: string;
  status: 'active' | 'inactive' | 'pending';
  /** Of a `single_use` mandate: the one payment that it covers, in minor units. */
  type: 'multi_use' | 'single_use';
  amount: number | null;
  currency: string | null;
  acceptance: MandateAcceptance;
  /** What the bank and the holder know it by. */
  reference: string;
  /** Null for other accounts than `acss_debit`. */
  schedule: MandateSchedule | null;
}

/** When a Canadian account may be debited, and for whom. In Stripe's snake_case. */
export interface MandateSchedule {
  /** In the seller's words; null if debits are sporadic. */
  interval_description: string | null;
  payment_schedule: 'combined' | 'interval' | 'sporadic';
  transaction_type: 'business' | 'personal';
}

/** When and how the holder has agreed. In Stripe's snake_case. */
export interface MandateAcceptance {
  accepted_at: number;
  type: 'offline' | 'online';
  online?: { ip_address: string | null; user_agent: string | null };
}
