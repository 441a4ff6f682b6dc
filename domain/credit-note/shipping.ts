/** A credit of an invoice's shipping cost: always all that earlier notes have left of it. */
import { BillingError } from '../core/errors';
import { linesOf } from '../line/draft';
import { isShipping } from '../line/shipping';
import type { Invoice } from '../rows/invoice';
import type { Rows } from '../rows/rows';
import type { NewCreditLine } from './by-lines';
import { restOf } from './line-credits';
import type { CreditNoteParameters } from './parameters';

/** @throws BillingError parameter_missing, parameter_invalid unless the invoice has that shipping rate, credit_note_exceeds_invoice */
export function creditShipping(
  rows: Rows,
  invoice: Invoice,
  { shipping_rate: rate }: NonNullable<CreditNoteParameters['shipping_cost']>,
): NewCreditLine {
  const param = 'shipping_cost[shipping_rate]';
  if (rate === undefined) throw new BillingError('parameter_missing', `Missing required param: ${param}.`, { param });
  const line = linesOf(rows, invoice.id).find((each) => isShipping(each) && each.basis?.shipping === rate);
  if (!line) {
    throw new BillingError('parameter_invalid', `Invoice ${invoice.id} has no shipping cost of the shipping rate ${rate}.`, { param });
  }
  const rest = restOf(rows, line);
  if (rest.amount === 0) {
    throw new BillingError('credit_note_exceeds_invoice', `Of the shipping cost of invoice ${invoice.id}, nothing can still be credited.`, {
      param,
    });
  }
  const { description, unitAmountDecimal } = line;
  return { ...rest, type: 'shipping_cost', invoiceLineItem: line.id, description, quantity: null, unitAmountDecimal, metadata: {} };
}
