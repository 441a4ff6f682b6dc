/**
 * What is left of a customer's credit grants, and in which order they are used. Only a transaction changes a grant's balance, so
 * that the balance is always the sum of them.
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
  /** When it counts from, where that is not now. */
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

/** Throws where a grant would have less than nothing, or more than was granted: a programmer's mistake. */
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

/** What can pay an invoice in this currency now, in the order in which it is used. */
export function availableGrants(rows: Rows, customer: string, currency: string, now: number): CreditGrant[] {
  const isUsable = (grant: CreditGrant) => grant.customer === customer && grant.currency === currency && availableOf(grant, now) > 0;
  return rows.where('creditGrant', isUsable).sort(inOrder);
}

/** What of a grant can be used at an instant: nothing before it begins and from its end on. */
export function availableOf(grant: CreditGrant, now: number): number {
  return grant.effectiveAt <= now && !hasEnded(grant, now) ? grant.balance : 0;
}

/** It was voided or has expired, be that booked or not. */
export function hasEnded({ voidedAt, expiresAt }: CreditGrant, now: number): boolean {
  return voidedAt !== null || (expiresAt !== null && expiresAt <= now);
}

/** When what is left of each grant expires, to be booked then. Another end is another cause: one that was put off is booked later. */
export function creditExpiries(rows: Rows, customer: string): AgendaItem[] {
  const expiring = rows.where('creditGrant', (grant) => grant.customer === customer && grant.balance > 0 && grant.voidedAt === null);
  return expiring.flatMap(({ id, expiresAt }) => (expiresAt === null ? [] : [expiry(id, expiresAt)]));
}

const expiry = (grant: string, at: number): AgendaItem => ({
  step: 'expireCreditGrant',
  at,
  cause: `expireCreditGrant/${grant}/${String(at)}`,
  target: grant,
});

/** Stripe's order: priority, what expires sooner, what was given before what was paid, what began earlier, what is older. */
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
