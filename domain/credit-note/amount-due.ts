/** The effect of credit notes on what an invoice still collects. */
import { keepChargeable } from '../invoice/remaining';
import { releasePayments } from '../invoice/voiding';
import { collectRemaining } from '../collection/receiving';
import type { ChangeSet } from '../core/change-set';
import { cancelPurchase } from '../invoice/credit-purchase-settlement';
import { settlePaid } from '../invoice/settlement';

/**
 * Lowers what is due, and keeps what remains an amount that can be charged. If nothing is left, the invoice is paid, with all that follows, but
 * credit that it sold is not granted, because nobody has paid for it.
 *
 * @throws BillingError payment_attempt_in_progress
 */
export function lowerAmountDue(changes: ChangeSet, invoiceId: string, by: number): void {
  changeAmountDue(changes, invoiceId, -by);
  if (by === 0) return collectRemaining(changes, changes.rows.get('invoice', invoiceId));
  const invoice = keepChargeable(changes, invoiceId);
  if (invoice.amountRemaining > 0) return collectRemaining(changes, invoice);
  releasePayments(changes, invoice);
  cancelPurchase(changes, invoiceId);
  settlePaid(changes, invoiceId);
}

/** The note that lowered it is void. */
export function raiseAmountDue(changes: ChangeSet, invoiceId: string, by: number): void {
  changeAmountDue(changes, invoiceId, by);
  collectRemaining(changes, keepChargeable(changes, invoiceId));
}

function changeAmountDue(changes: ChangeSet, invoiceId: string, by: number): void {
  const { amountDue, amountRemaining, prePaymentCreditNotesAmount } = changes.rows.get('invoice', invoiceId);
  changes.patch('invoice', invoiceId, {
    amountDue: amountDue + by,
    amountRemaining: amountRemaining + by,
    prePaymentCreditNotesAmount: prePaymentCreditNotesAmount - by,
  });
}
