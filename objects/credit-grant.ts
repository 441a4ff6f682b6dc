import type { CreditBalanceTransaction, CreditGrant } from '../domain/rows/credit-grant';
import type { WireCreditBalanceTransaction, WireCreditGrant } from './shapes/credit-grant';

export function toStripeCreditGrant(grant: CreditGrant): WireCreditGrant {
  const { prices } = grant;
  return {
    id: grant.id,
    object: 'billing.credit_grant',
    amount: monetary(grant.amount, grant.currency),
    applicability_config: { scope: prices === null ? { price_type: 'metered' } : { prices: prices.map((id) => ({ id })) } },
    category: grant.category,
    created: grant.created,
    customer: grant.customer,
    customer_account: null,
    effective_at: grant.effectiveAt,
    expires_at: grant.expiresAt,
    livemode: grant.livemode,
    metadata: grant.metadata,
    name: grant.name,
    priority: grant.priority,
    test_clock: grant.testClock,
    updated: grant.updated,
    voided_at: grant.voidedAt,
  };
}

export function toStripeCreditBalanceTransaction(transaction: CreditBalanceTransaction): WireCreditBalanceTransaction {
  const { id, created, type, livemode } = transaction;
  return {
    id,
    object: 'billing.credit_balance_transaction',
    created,
    credit: type === 'credit' ? credit(transaction) : null,
    credit_grant: transaction.creditGrant,
    debit: type === 'debit' ? debit(transaction) : null,
    effective_at: transaction.effectiveAt,
    livemode,
    test_clock: transaction.testClock,
    type,
  };
}

export function monetary(value: number, currency: string): WireCreditGrant['amount'] {
  return { monetary: { currency, value }, type: 'monetary' };
}

function credit(transaction: CreditBalanceTransaction): WireCreditBalanceTransaction['credit'] {
  const { amount, currency, reason } = transaction;
  return { amount: monetary(amount, currency), credits_application_invoice_voided: lineOf(transaction), type: reason };
}

function debit(transaction: CreditBalanceTransaction): WireCreditBalanceTransaction['debit'] {
  const { amount, currency, reason } = transaction;
  return { amount: monetary(amount, currency), credits_applied: lineOf(transaction), type: reason };
}

/** Only transactions of an invoice have one. */
function lineOf({ invoice, invoiceLineItem: line }: CreditBalanceTransaction): { invoice: string; invoice_line_item: string } | null {
  return invoice === null || line === null ? null : { invoice, invoice_line_item: line };
}
