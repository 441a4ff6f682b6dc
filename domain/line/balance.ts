/**
 * How a customer's balance applies to an invoice. Credit (below zero) pays as much as it can, debt is added, and a negative invoice becomes
 * credit: a total of 1000 with a balance of -1333 leaves nothing due and -333. If less than the minimum charge is left, it becomes debt on
 * the balance: 1000 with -990 leaves nothing due, and 10 of debt. What cannot be charged of the last step of a currency goes there, too: of
 * 5124 kwd 5120 is due, and 4 is debt.
 */
import { nearestCharge } from '../money/charge-steps';
import { minimumCharge } from '../money/minimum-charge';
import type { Invoice } from '../rows/invoice';
import type { Rows } from '../rows/rows';
import { isCreditedWhole } from './issued-notes';

export interface BalanceUse {
  /** The change of the balance when the invoice is finalized. */
  applied: number;
  /** The part of it that is due and too small to charge, and so becomes debt. */
  tooSmall: number;
  amountDue: number;
  endingBalance: number;
}

/** All signed minor units of the invoice's currency. */
export function balanceTowards(total: number, balance: number, currency: string): BalanceUse {
  const wanted = total + balance;
  if (wanted < 0) return { applied: total, tooSmall: 0, amountDue: 0, endingBalance: wanted };
  const amountDue = wanted < minimumCharge(currency) ? 0 : nearestCharge(wanted, currency);
  if (amountDue === 0) return { applied: total, tooSmall: wanted, amountDue, endingBalance: wanted };
  const endingBalance = wanted - amountDue;
  return { applied: endingBalance - balance, tooSmall: 0, amountDue, endingBalance };
}

/** What the balance gets back of the invoice that a draft revises, because that will be void. One that was credited gives nothing back again. */
export function balanceOfRevised(rows: Rows, { fromInvoice }: Invoice): number {
  const original = rows.find('invoice', fromInvoice);
  return original === undefined || isCreditedWhole(rows, original)
    ? 0
    : original.total - original.amountDue - original.prePaymentCreditNotesAmount;
}
