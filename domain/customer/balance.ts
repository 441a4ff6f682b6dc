/**
 * A customer's balance, separate for each currency: 500 of credit in euro pays nothing of an invoice in dollars. Below zero it is credit
 * that the next invoice of its currency uses; above zero it is debt that the invoice adds.
 */
import { BillingError } from '../core/errors';
import { LIMITS } from '../core/limits';
import type { Customer, CustomerBalanceTransaction } from '../rows/customer';
import type { ChangeSet } from '../core/change-set';

export interface BalanceChange {
  /** Signed minor units: negative gives credit, positive takes it or adds debt. */
  amount: number;
  currency: string;
  type: CustomerBalanceTransaction['type'];
  invoice?: string | null;
  creditNote?: string | null;
  description?: string | null;
  metadata?: CustomerBalanceTransaction['metadata'];
}

type Balances = Pick<Customer, 'balance' | 'currency' | 'otherBalances'>;

export function balanceIn({ balance, currency: own, otherBalances }: Balances, currency: string): number {
  return own === null || own === currency ? balance : (otherBalances[currency] ?? 0);
}

/** @throws BillingError amount_too_large if the balance would be more than can be kept */
export function assertBalance(balance: number, param: string): void {
  const { max } = LIMITS.customerBalance;
  if (Math.abs(balance) <= max) return;
  throw new BillingError('amount_too_large', `A balance can be at most ${String(max)}, either way.`, { param });
}

/** Changes a customer's balance in one currency. If the customer has no own currency yet, this becomes it. */
export function putBalanceTransaction(changes: ChangeSet, customerId: string, change: BalanceChange): CustomerBalanceTransaction {
  const customer = changes.rows.get('customer', customerId);
  const own = customer.currency ?? change.currency;
  const endingBalance = balanceIn(customer, change.currency) + change.amount;
  changes.patch('customer', customerId, { currency: own, ...withBalance(customer, own, change.currency, endingBalance) });
  return changes.put('customerBalanceTransaction', {
    ...changes.resource('cbtxn'),
    customer: customerId,
    amount: change.amount,
    currency: change.currency,
    endingBalance,
    type: change.type,
    invoice: change.invoice ?? null,
    creditNote: change.creditNote ?? null,
    description: change.description ?? null,
    metadata: change.metadata ?? {},
  });
}

function withBalance({ otherBalances }: Balances, own: string, currency: string, balance: number): Partial<Balances> {
  return own === currency ? { balance } : { otherBalances: { ...otherBalances, [currency]: balance } };
}
