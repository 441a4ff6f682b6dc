/** The accounts of the ledger, for people who do the books: what each holds, and on which side of a balance sheet or income statement. */
import type { LedgerAccount } from './ledger';

type Named = Exclude<LedgerAccount, `tax_payable:${string}`>;

interface AccountKind {
  name: string;
  type: 'asset' | 'liability' | 'revenue' | 'contra_revenue' | 'expense' | 'equity';
}

export const CHART: Record<Named, AccountKind> = {
  receivable: { name: 'Accounts receivable', type: 'asset' },
  cash_clearing: { name: 'Cash at the processor', type: 'asset' },
  out_of_band_payments: { name: 'Payments outside of the processor', type: 'asset' },
  disputes_withheld: { name: 'Withheld for disputes', type: 'asset' },
  deferred_revenue: { name: 'Deferred revenue', type: 'liability' },
  customer_balance: { name: 'Customer balances', type: 'liability' },
  prepaid_credits: { name: 'Prepaid credit', type: 'liability' },
  revenue: { name: 'Revenue', type: 'revenue' },
  credit_breakage: { name: 'Breakage of expired credit', type: 'revenue' },
  recoverables: { name: 'Recovered bad debt', type: 'revenue' },
  credit_notes: { name: 'Credit notes', type: 'contra_revenue' },
  voids: { name: 'Voids', type: 'contra_revenue' },
  refunds: { name: 'Refunds', type: 'contra_revenue' },
  dispute_losses: { name: 'Lost disputes', type: 'contra_revenue' },
  prepaid_credit_sales: { name: 'Sales of prepaid credit', type: 'contra_revenue' },
  promotional_credits: { name: 'Promotional credit used', type: 'contra_revenue' },
  bad_debt: { name: 'Bad debt', type: 'expense' },
  processor_fees: { name: 'Processor fees', type: 'expense' },
  adjustments: { name: 'Adjustments of customer balances', type: 'expense' },
};

/** What an account holds; null if the ledger has no such account. `tax_payable:DE` is the tax that is owed to Germany. */
export function accountKind(account: string): AccountKind | null {
  const [head, place] = account.split(/:(.*)/s);
  if (head === 'tax_payable' && place !== undefined) return { name: `Tax payable: ${place}`, type: 'liability' };
  return Object.hasOwn(CHART, account) ? CHART[account as Named] : null;
}

/** The first second of a month `2026-01` and of the next one, in UTC. */
export function monthOf(period: string): { start: number; end: number } {
  const [year = 0, month = 0] = period.split('-').map(Number);
  return { start: Date.UTC(year, month - 1) / 1000, end: Date.UTC(year, month) / 1000 };
}

/** The day of a time, in UTC: `2026-01-31`. */
export const dayOf = (at: number): string => new Date(at * 1000).toISOString().slice(0, 10);

/** The month of a time: `2026-01`. */
export const periodOf = (at: number): string => new Date(at * 1000).toISOString().slice(0, 7);
