/**
 * How a customer's balance meets an invoice. Credit (below zero) pays as much of it as it can, debt is added to it, and an
 * invoice below zero becomes credit: a total of 1000 with a balance of -1333 leaves nothing due and -333. What is left below the
 * least that a card can be charged is owed on the balance instead: 1000 with -990 leave nothing due, and 10 of debt.
 */
import { minimumCharge } from '../money/minimum-charge';
import { negate } from '../money/money';

export interface BalanceUse {
  /** What the balance changes by when the invoice is finalized. */
  applied: number;
  /** What of that is due and too little to be charged, so that it is debt. */
  tooSmall: number;
  amountDue: number;
  endingBalance: number;
}

/** All signed minor units of the invoice's currency. */
export function balanceTowards(total: number, balance: number, currency: string): BalanceUse {
  const wanted = total + balance;
  if (wanted < 0) return { applied: total, tooSmall: 0, amountDue: 0, endingBalance: wanted };
  if (wanted < minimumCharge(currency)) return { applied: total, tooSmall: wanted, amountDue: 0, endingBalance: wanted };
  return { applied: negate(balance), tooSmall: 0, amountDue: wanted, endingBalance: 0 };
}
