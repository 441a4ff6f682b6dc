/** Whether an invoice's amount can be charged and stored. An invoice with more stays a draft. */
import { BillingError } from '../core/errors';
import type { Invoice } from '../rows/invoice';
import { balanceTowards } from './balance';
import { LIMITS } from '../core/limits';
import type { Rows } from '../rows/rows';

/**
 * Refuses an invoice that is too large for one charge. An invoice that was charged before it was final passes. `param` is the parameter
 * that requested it.
 *
 * @throws BillingError amount_too_large
 */
export function assertChargeable(rows: Rows, invoice: Invoice, param?: string): void {
  const refused = invoice.paymentIntent === null ? unchargeable(rows, invoice) : null;
  if (refused) throw new BillingError(refused.code, refused.message, param === undefined ? {} : { param });
}

/** Why the draft cannot become final; null if it can. */
export function unchargeable(rows: Rows, { id, total, amountDue, currency, startingBalance }: Invoice): BillingError | null {
  const beyond = rows.first('invoiceLineItem', (line) => line.invoice === id && line.basis?.beyond === true);
  if (beyond)
    return tooLarge(`The usage of ${beyond.invoiceItem ?? beyond.subscriptionItem ?? beyond.id} is more than an invoice can bill.`);
  if (amountDue > LIMITS.chargeAmount.max) return tooLarge('The amount due is more than one charge can be.');
  const { endingBalance } = balanceTowards(total, startingBalance, currency);
  const isKept = Math.abs(endingBalance) <= LIMITS.customerBalance.max;
  return isKept ? null : tooLarge("The customer's balance would be more than can be kept.");
}

const tooLarge = (message: string): BillingError => new BillingError('amount_too_large', message);
