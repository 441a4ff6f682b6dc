/**
 * The ledger entries of credit grants. Prepaid credit is owed to the customer as usage. It becomes revenue when invoices use it, and when
 * it expires (breakage). The customer's payment for it is revenue of the invoice that sold it, or of another system; `prepaid_credit_sales`
 * takes it out of revenue. Promotional credit is not owed: usage that it pays is revenue at its price, less the same amount in
 * `promotional_credits`. Example: of 1000 prepaid an invoice uses 300 and the rest expires: sales +1000, owed -1000; owed +300, revenue
 * -300; owed +700, breakage -700.
 */
import type { CreditBalanceTransaction, CreditGrant, CreditReason } from '../rows/credit-grant';
import type { LedgerAccount } from '../core/ledger';
import { negate } from '../money/money';
import type { ChangeSet } from '../core/change-set';

/** By category: the debited account and the credited one. */
type Accounts = readonly [debit: LedgerAccount, credit: LedgerAccount];

const PAID: Record<CreditReason, Accounts> = {
  credits_granted: ['prepaid_credit_sales', 'prepaid_credits'],
  credits_applied: ['prepaid_credits', 'revenue'],
  credits_application_invoice_voided: ['revenue', 'prepaid_credits'],
  credits_expired: ['prepaid_credits', 'credit_breakage'],
  credits_voided: ['prepaid_credits', 'prepaid_credit_sales'],
};

const PROMOTIONAL: Partial<Record<CreditReason, Accounts>> = {
  credits_applied: ['promotional_credits', 'revenue'],
  credits_application_invoice_voided: ['revenue', 'promotional_credits'],
};

export function postCredit(changes: ChangeSet, { category }: CreditGrant, transaction: CreditBalanceTransaction): void {
  const { reason, amount, currency, invoice, customer, id } = transaction;
  const accounts = category === 'paid' ? PAID[reason] : PROMOTIONAL[reason];
  if (!accounts) return;
  const [debit, credit] = accounts;
  changes.post(reason, id, customer, [
    { ledgerAccount: debit, amount, currency, invoice },
    { ledgerAccount: credit, amount: negate(amount), currency, invoice },
  ]);
}
