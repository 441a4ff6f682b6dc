/** The effect of credit notes on what an invoice still collects. */
import { leftToCredit } from '../invoice/credited';
import { postBalance } from '../invoice/ledger';
import { releasePayments } from '../invoice/voiding';
import { collectRemaining } from '../collection/receiving';
import type { ChangeSet } from '../core/change-set';
import { putBalanceTransaction } from '../customer/balance';
import { roundedRest } from '../money/charge-steps';
import { cancelPurchase } from '../invoice/credit-purchase-settlement';
import { settlePaid } from '../invoice/settlement';

/**
 * Lowers what is due; if nothing is left, the invoice is paid, with all that follows. Credit that it sold is then not granted, because
 * nobody has paid for it.
 *
 * @throws BillingError payment_attempt_in_progress
 */
export function lowerAmountDue(changes: ChangeSet, invoiceId: string, by: number): void {
  changeAmountDue(changes, invoiceId, -by);
  if (by > 0) giveRoundingBack(changes, invoiceId);
  const invoice = changes.rows.get('invoice', invoiceId);
  if (by === 0 || invoice.amountRemaining > 0) return collectRemaining(changes, invoice);
  releasePayments(changes, invoice);
  cancelPurchase(changes, invoiceId);
  settlePaid(changes, invoiceId);
}

/**
 * A whole invoice was credited, and only what its amount due was rounded by is left of that: the balance, which had got it, gives it back. An
 * invoice of 15_547 kwd was due as 15_550, with 3 of credit; credited to zero, nothing is due, and there is no credit.
 */
function giveRoundingBack(changes: ChangeSet, invoiceId: string): void {
  const invoice = changes.rows.get('invoice', invoiceId);
  const { currency, customer, amountDue, amountRemaining, endingBalance } = invoice;
  const rounding = roundedRest(amountRemaining, currency);
  if (rounding === 0 || leftToCredit(changes.rows, invoice).total !== 0) return;
  changes.patch('invoice', invoiceId, {
    amountDue: amountDue - rounding,
    amountRemaining: amountRemaining - rounding,
    endingBalance: (endingBalance ?? 0) + rounding,
  });
  putBalanceTransaction(changes, customer, { amount: rounding, currency, type: 'applied_to_invoice', invoice: invoiceId });
  postBalance(changes, invoice, rounding);
}

/** The note that lowered it is void. */
export function raiseAmountDue(changes: ChangeSet, invoiceId: string, by: number): void {
  changeAmountDue(changes, invoiceId, by);
  collectRemaining(changes, changes.rows.get('invoice', invoiceId));
}

function changeAmountDue(changes: ChangeSet, invoiceId: string, by: number): void {
  const { amountDue, amountRemaining, prePaymentCreditNotesAmount } = changes.rows.get('invoice', invoiceId);
  changes.patch('invoice', invoiceId, {
    amountDue: amountDue + by,
    amountRemaining: amountRemaining + by,
    prePaymentCreditNotesAmount: prePaymentCreditNotesAmount - by,
  });
}
