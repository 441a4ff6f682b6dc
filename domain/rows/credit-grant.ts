import type { Metadata, Resource } from './resource';

/** A customer's credit for metered usage, in one currency: prepaid or promotional. An invoice uses it when it is finalized. */
export interface CreditGrant extends Resource {
  updated: number;
  customer: string;
  testClock: string | null;
  name: string | null;
  category: 'paid' | 'promotional';
  currency: string;
  /** Minor units. */
  amount: number;
  /** What is left, minor units: the credits of its transactions less their debits. */
  balance: number;
  /** 0 is used first, 100 last. */
  priority: number;
  /** The prices whose usage it pays; null: every metered price. */
  prices: string[] | null;
  effectiveAt: number;
  /** From this instant on it pays nothing, even if the expiry is not booked yet. */
  expiresAt: number | null;
  voidedAt: number | null;
  metadata: Metadata;
}

/** One change of a grant's balance. */
export interface CreditBalanceTransaction extends Resource {
  customer: string;
  testClock: string | null;
  creditGrant: string;
  type: 'credit' | 'debit';
  reason: CreditReason;
  /** Minor units, above zero. */
  amount: number;
  currency: string;
  effectiveAt: number;
  /** The invoice that used the credit or gave it back. */
  invoice: string | null;
  invoiceLineItem: string | null;
}

export type CreditReason =
  'credits_granted' | 'credits_application_invoice_voided' | 'credits_applied' | 'credits_expired' | 'credits_voided';
