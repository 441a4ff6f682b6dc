/**
 * What remains of a final invoice is kept an amount that can be charged, as what is due at first is. What no charge can have goes to the customer's
 * balance. Of an invoice of 5120 kwd with a note of 2003, 3117 would remain; 3120 is due, and 3 is credit. Of 1000 usd with a note of 980, 20
 * would remain, which is less than the smallest charge; the invoice is paid, and 20 is debt.
 */
import type { ChangeSet } from '../core/change-set';
import { putBalanceTransaction } from '../customer/balance';
import { balanceTowards } from '../line/balance';
import type { Invoice } from '../rows/invoice';
import { postBalance, postRecovered } from './ledger';

/** After a credit note or a payment has changed what remains. What was rounded before is rounded anew, so that roundings never add up. */
export function keepChargeable(changes: ChangeSet, invoiceId: string): Invoice {
  const invoice = changes.rows.get('invoice', invoiceId);
  const { customer, currency, amountDue, amountRemaining } = invoice;
  // Where something is due, the balance has been used up, and what is on it since is what the amount due was rounded by.
  const rest = invoice.endingBalance ?? 0;
  const kept = balanceTowards(amountRemaining, rest, currency);
  const moved = amountRemaining - kept.amountDue;
  if (amountRemaining === 0 || moved === 0) return invoice;
  const type = kept.tooSmall > 0 ? 'invoice_too_small' : 'applied_to_invoice';
  putBalanceTransaction(changes, customer, { amount: moved, currency, type, invoice: invoiceId });
  if (invoice.status === 'uncollectible') postRecovered(changes, invoice, moved);
  postBalance(changes, invoice, moved);
  return changes.patch('invoice', invoiceId, {
    amountDue: amountDue - moved,
    amountRemaining: kept.amountDue,
    endingBalance: rest + moved,
  });
}
