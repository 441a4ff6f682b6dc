/**
 * Double entry: a fact is a transaction whose entries sum to zero per currency, debits positive, credits negative.
 * An invoice of 1200 with 200 tax: receivable +1200, revenue -1000, tax payable -200; its payment: cash clearing +1200, receivable -1200.
 */
export type LedgerAccount =
  | 'receivable'
  | 'cash_clearing'
  | 'revenue'
  | 'deferred_revenue'
  | `tax_payable:${string}`
  | 'customer_balance'
  | 'prepaid_credits'
  | 'prepaid_credit_sales'
  | 'promotional_credits'
  | 'credit_breakage'
  | 'credit_notes'
  | 'voids'
  | 'refunds'
  | 'dispute_losses'
  | 'disputes_withheld'
  | 'processor_fees'
  | 'bad_debt'
  | 'recoverables'
  | 'out_of_band_payments'
  | 'adjustments';

export interface LedgerEntry {
  ledgerAccount: LedgerAccount;
  /** Minor units. */
  amount: number;
  currency: string;
  invoice: string | null;
  /** Only of tax: the rate, the amount that it taxes or does not tax (signed as the entry), and why. Such an entry may be zero. */
  taxRate?: string | null;
  taxableAmount?: number | null;
  taxabilityReason?: string | null;
}

/**
 * What moves from `deferred_revenue` to `revenue` as time passes: `amount`, evenly by the second from `startsAt` to `endsAt`, as far as it
 * is earned after `countsFrom`. Schedules add up; one with the opposite amount ends another at its `countsFrom`.
 */
export interface RevenueSchedule {
  invoice: string;
  invoiceLineItem: string;
  currency: string;
  /** Minor units, never zero. */
  amount: number;
  startsAt: number;
  endsAt: number;
  countsFrom: number;
}

export interface LedgerTransaction {
  id: string;
  account: string;
  livemode: boolean;
  created: number;
  type: string;
  source: string;
  customer: string | null;
  workflow: string;
  commitKey: string;
}

/** An entry as an account statement shows it: with its transaction, and the balance of the account after it. */
export interface StatementEntry {
  id: string;
  transaction: string;
  ledgerAccount: string;
  currency: string;
  amount: number;
  /** From the opening balance on. */
  running: number;
  posted: number;
  created: number;
  type: string;
  source: string;
  customer: string | null;
  invoice: string | null;
  invoiceLineItem: string | null;
  /** When the invoice that it is about became final. */
  invoicedAt: number | null;
}
