import type { Metadata, Resource } from './resource';

/** Credit of a customer for metered usage, in one currency: prepaid, or given. An invoice uses it when it is finalized. */
export interface CreditGrant extends Resource {
  updated: number;
  customer: string;
  testClock: string | null;
  name: string | null;
  category: 'paid' | 'promotional';
  currency: string;
  /** Minor units. */
  amount: number;
  /** What is left: what its transactions have credited, less what they have debited. */
  balance: number;
  /** 0 is used first, 100 last. */
  priority: number;
  /** Whose usage it pays; null: that of every metered price. */
  prices: string[] | null;
  effectiveAt: number;
  /** From this instant on it pays nothing, whether the end has been booked or not. */
  expiresAt: number | null;
  voidedAt: number | null;
  metadata: Metadata;
}

/** What changed the balance of a grant. */
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
  /** Of what was applied to an invoice, or given back by it. */
  invoice: string | null;
  invoiceLineItem: string | null;
}

export type CreditReason =
  'credits_granted' | 'credits_application_invoice_voided' | 'credits_applied' | 'credits_expired' | 'credits_voided';
