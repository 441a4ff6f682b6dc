import type { CustomerBalanceTransaction } from './customer';
import type { Plan } from './plan';

export interface BalanceChange {
  /** Signed minor units: negative gives credit, positive takes it or adds debt. */
  amount: number;
  currency: string;
  type: CustomerBalanceTransaction['type'];
  invoice?: string | null;
  description?: string | null;
  metadata?: CustomerBalanceTransaction['metadata'];
}

/** Changes a customer's balance, with the transaction that explains it. */
export function putBalanceTransaction(plan: Plan, customerId: string, change: BalanceChange): CustomerBalanceTransaction {
  const { balance, currency } = plan.rows.get('customer', customerId);
  const endingBalance = balance + change.amount;
  plan.patch('customer', customerId, { balance: endingBalance, currency: currency ?? change.currency });
  return plan.put('customerBalanceTransaction', {
    ...plan.resource('cbtxn'),
    customer: customerId,
    amount: change.amount,
    currency: change.currency,
    endingBalance,
    type: change.type,
    invoice: change.invoice ?? null,
    description: change.description ?? null,
    metadata: change.metadata ?? {},
  });
}
