/**
 * The remaining credit of a customer's grants, and the order in which they are used. Only a transaction changes a grant's balance, so the
 * balance is always the sum of its transactions.
 */
import type { CreditBalanceTransaction, CreditGrant } from '../rows/credit-grant';
import { postCredit } from './ledger';
import type { ChangeSet } from '../core/change-set';
import type { Rows } from '../rows/rows';
import type { AgendaItem } from '../rows/workflow';

export interface CreditChange {
  reason: CreditBalanceTransaction['reason'];
  /** Minor units, above zero. */
  amount: number;
  /** When it takes effect, if not now. Epoch seconds. */
  effectiveAt?: number;
  invoice?: string;
  invoiceLineItem?: string;
}

const TYPES: Record<CreditChange['reason'], CreditBalanceTransaction['type']> = {
  credits_granted: 'credit',
  credits_application_invoice_voided: 'credit',
  credits_applied: 'debit',
  credits_expired: 'debit',
  credits_voided: 'debit',
};

/** @throws Error if a grant would have a negative balance, or more than was granted, which is a programming error */
export function putCreditTransaction(changes: ChangeSet, grantId: string, change: CreditChange): CreditBalanceTransaction {
  const grant = changes.rows.get('creditGrant', grantId);
  const { reason, amount, effectiveAt = changes.now, invoice = null, invoiceLineItem = null } = change;
  const type = TYPES[reason];
  const balance = grant.balance + (type === 'credit' ? amount : -amount);
  if (amount <= 0 || balance < 0 || balance > grant.amount) {
    throw new Error(`${reason} of ${String(amount)} leaves ${String(balance)} of ${grantId}`);
  }
  changes.patch('creditGrant', grantId, { balance });
  const { customer, testClock, currency } = grant;
  const of = { customer, testClock, creditGrant: grantId, type, reason, amount, currency, effectiveAt, invoice, invoiceLineItem };
  const transaction = changes.put('creditBalanceTransaction', { ...changes.resource('cbtxn'), ...of });
  postCredit(changes, grant, transaction);
  changes.emit('billing.credit_balance_transaction.created', 'creditBalanceTransaction', transaction.id);
  return transaction;
}

/** The grants that can pay an invoice in this currency now, in the order of use. */
export function availableGrants(rows: Rows, customer: string, currency: string, now: number): CreditGrant[] {
  const isUsable = (grant: CreditGrant) => grant.customer === customer && grant.currency === currency && availableOf(grant, now) > 0;
  return rows.where('creditGrant', isUsable).sort(inOrder);
}

/** The credit of a grant that can be used at `now`: none before the grant begins and none from its end on. */
export function availableOf(grant: CreditGrant, now: number): number {
  return grant.effectiveAt <= now && !hasEnded(grant, now) ? grant.balance : 0;
}

/** Whether it was voided or has expired, even if the expiry is not booked yet. */
export function hasEnded({ voidedAt, expiresAt }: CreditGrant, now: number): boolean {
  return voidedAt !== null || (expiresAt !== null && expiresAt <= now);
}

/** When the rest of each grant expires, to be booked then. The key contains the end, so an expiry that was postponed is booked later. */
export function creditExpiries(rows: Rows, customer: string): AgendaItem[] {
  const expiring = rows.where('creditGrant', (grant) => grant.customer === customer && grant.balance > 0 && grant.voidedAt === null);
  return expiring.flatMap(({ id, expiresAt }) => (expiresAt === null ? [] : [expiry(id, expiresAt)]));
}

const expiry = (grant: string, at: number): AgendaItem => ({
  step: 'expireCreditGrant',
  at,
  key: `expireCreditGrant/${grant}/${String(at)}`,
  target: grant,
});

/** Stripe's order: priority, earlier expiry, promotional before paid, earlier start, earlier creation. */
function inOrder(a: CreditGrant, b: CreditGrant): number {
  return (
    a.priority - b.priority ||
    compare(a.expiresAt ?? Infinity, b.expiresAt ?? Infinity) ||
    Number(a.category === 'paid') - Number(b.category === 'paid') ||
    a.effectiveAt - b.effectiveAt ||
    a.created - b.created
  );
}

const compare = (a: number, b: number): number => (a === b ? 0 : a - b);
