/** What paid an invoice: its own payment, and those that were attached to it. */
import type { Charge } from '../rows/charge';
import type { InvoicePayment } from '../rows/invoice';
import type { Rows } from '../rows/rows';

/** The payments that brought money, in the order in which they did. */
export function paymentsOf(rows: Rows, invoice: string): InvoicePayment[] {
  const paid = rows.where('invoicePayment', (each) => each.invoice === invoice && each.status === 'paid');
  return paid.sort((one, other) => (one.paidAt ?? 0) - (other.paidAt ?? 0));
}

/** The charge that brought the money of a payment; undefined for the record of a payment that was made elsewhere. */
export function chargeOf(rows: Rows, { paymentIntent }: Pick<InvoicePayment, 'paymentIntent'>): Charge | undefined {
  if (paymentIntent === null) return undefined;
  return rows.first('charge', (each) => each.paymentIntent === paymentIntent && each.paid && each.captured);
}
