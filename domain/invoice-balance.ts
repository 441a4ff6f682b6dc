/**
 * How a customer's balance meets an invoice. Credit (below zero) pays as much of it as it can, debt is added to it, and an
 * invoice below zero becomes credit: a total of 1000 with a balance of -1333 leaves nothing due and -333.
 */
import { negate } from './money';

export interface BalanceUse {
  /** What the balance changes by when the invoice is finalized. */
  applied: number;
  amountDue: number;
  endingBalance: number;
}

/** All signed minor units of the invoice's currency. */
export function balanceTowards(total: number, balance: number): BalanceUse {
  const wanted = total + balance;
  if (wanted < 0) return { applied: total, amountDue: 0, endingBalance: wanted };
  return { applied: negate(balance), amountDue: wanted, endingBalance: 0 };
}
