/** Whether an invoice comes to what can be charged and kept: more stays a draft. */
import { BillingError } from './errors';
import type { Invoice } from './invoice';
import { balanceTowards } from './invoice-balance';
import { LIMITS } from './limits';
import type { Rows } from './rows';

/**
 * What was charged already, before the invoice was final, is charged.
 *
 * @throws BillingError amount_too_large
 */
export function assertChargeable(rows: Rows, invoice: Invoice): void {
  if (invoice.paymentIntent === null) throwIf(unchargeable(rows, invoice));
}

/** Why the draft cannot become final; null where it can. */
export function unchargeable(rows: Rows, { id, total, amountDue, startingBalance }: Invoice): BillingError | null {
  const isBeyond = rows.where('invoiceLineItem', (line) => line.invoice === id).some(({ basis }) => basis?.beyond);
  if (isBeyond) return tooLarge(`Its usage is more than an invoice can bill: at most ${String(LIMITS.usageAmount.max)} a line.`);
  if (amountDue > LIMITS.chargeAmount.max) return tooLarge('The amount due is more than one charge can be.');
  const { endingBalance } = balanceTowards(total, startingBalance);
  const isKept = Math.abs(endingBalance) <= LIMITS.customerBalance.max;
  return isKept ? null : tooLarge("The customer's balance would be more than can be kept.");
}

const tooLarge = (message: string): BillingError => new BillingError('amount_too_large', message);

function throwIf(error: BillingError | null): void {
  if (error) throw error;
}
