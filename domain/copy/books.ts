/** The books of a copy open with what those of its original say of it, against `adjustments`: nothing was sold or paid in the sandbox. */
import type { ChangeSet } from '../core/change-set';
import type { LedgerAccount, LedgerEntry } from '../core/ledger';
import { negate, sumOf } from '../money/money';
import type { CreditGrant } from '../rows/credit-grant';
import type { Customer } from '../rows/customer';
import { follow, type Ids } from './references';
import type { CopySource } from './source';

/** What the ledger has of each copied invoice. */
export function openInvoices(changes: ChangeSet, source: CopySource, ids: Ids, customer: string): void {
  for (const invoice of new Set(source.entries.map((entry) => entry.invoice))) {
    if (!ids.has(invoice)) continue;
    const isOf = (of: { invoice: string }): boolean => of.invoice === invoice;
    const entries = follow(source.entries.filter(isOf), ids);
    changes.post('customer_copied', follow(invoice, ids), customer, {
      entries: [...entries, ...oppositesOf(entries)],
      schedules: follow(source.schedules.filter(isOf), ids),
    });
  }
}

function oppositesOf(entries: LedgerEntry[]): LedgerEntry[] {
  const currencies = [...new Set(entries.map(({ currency }) => currency))];
  return currencies.map((currency) => {
    const amount = negate(sumOf(entries.filter((entry) => entry.currency === currency).map((entry) => entry.amount)));
    return { ledgerAccount: 'adjustments', amount, currency, invoice: null };
  });
}

/** The balance in each currency, as the first transaction of the copy. */
export function openBalances(changes: ChangeSet, { id: customer, balance, currency: own, otherBalances }: Customer): void {
  const balances = { ...(own === null ? {} : { [own]: balance }), ...otherBalances };
  for (const [currency, amount] of Object.entries(balances)) {
    if (amount === 0) continue;
    changes.put('customerBalanceTransaction', {
      ...changes.resource('cbtxn'),
      ...{ amount, creditNote: null, currency, customer, description: null, endingBalance: amount, invoice: null, metadata: {} },
      type: 'initial',
    });
    changes.post('customer_copied', customer, customer, move('customer_balance', amount, currency));
  }
}

/** What is left of each grant, and what the copied invoices have taken of it. */
export function openCredit(changes: ChangeSet, grants: readonly CreditGrant[]): void {
  for (const grant of grants) {
    const { id: creditGrant, balance, category, currency, customer, effectiveAt, testClock } = grant;
    const taken = sumOf(
      changes.rows
        .where('creditBalanceTransaction', (each) => each.creditGrant === creditGrant)
        .map(({ amount, type }) => (type === 'debit' ? amount : negate(amount))),
    );
    if (balance + taken > 0) {
      changes.put('creditBalanceTransaction', {
        ...changes.resource('cbtxn'),
        ...{ amount: balance + taken, creditGrant, currency, customer, effectiveAt, invoice: null, invoiceLineItem: null, testClock },
        ...{ reason: 'credits_granted', type: 'credit' },
      });
    }
    if (category === 'paid') changes.post('customer_copied', creditGrant, customer, move('prepaid_credits', negate(balance), currency));
  }
}

const move = (ledgerAccount: LedgerAccount, amount: number, currency: string): LedgerEntry[] => [
  { ledgerAccount, amount, currency, invoice: null },
  { ledgerAccount: 'adjustments', amount: negate(amount), currency, invoice: null },
];
