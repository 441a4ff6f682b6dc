/**
 * Money that arrives for an invoice, from each of its payments: the intent that was made with it, intents and records that were attached. An
 * invoice of 1000 that receives 400 is open with 600 remaining; if 700 follow, it is paid, and 100 are credit of the customer.
 */
import type { ChangeSet } from '../core/change-set';
import { putBalanceTransaction } from '../customer/balance';
import { postOverpaid, postRecovered } from '../invoice/ledger';
import { keepChargeable } from '../invoice/remaining';
import { settlePaid } from '../invoice/settlement';
import { cancelIntent, changeAmount, isInFlight } from '../payment/intents';
import { receiptNumberOf } from '../rows/charge';
import type { Invoice, InvoicePayment } from '../rows/invoice';

/**
 * Applies what a payment brought: to what remains of the invoice first, and the rest is credited to the customer. So nothing is lost if the
 * invoice was paid, or voided, while the payment was on its way. The money itself has been posted.
 *
 * @param amount minor units
 */
export function receivePayment(changes: ChangeSet, payment: InvoicePayment, amount: number): void {
  const before = changes.rows.get('invoice', payment.invoice);
  const isOwed = before.status === 'open' || before.status === 'uncollectible';
  const applied = isOwed ? Math.min(amount, before.amountRemaining) : 0;
  if (before.status === 'uncollectible') postRecovered(changes, before, applied);
  changes.patch('invoicePayment', payment.id, { status: 'paid', paidAt: changes.now, amountPaid: applied });
  const invoice = changes.patch('invoice', before.id, {
    amountPaid: before.amountPaid + applied,
    amountRemaining: before.amountRemaining - applied,
    amountPaidOffStripe: before.amountPaidOffStripe + (payment.paymentRecord === null ? 0 : applied),
    receiptNumber: receiptNumberFor(changes, payment) ?? before.receiptNumber,
  });
  if (amount > applied) creditOverpaid(changes, invoice, amount - applied);
  changes.emit('invoice_payment.paid', 'invoicePayment', payment.id);
  if (!isOwed) return;
  const { amountRemaining: left } = keepChargeable(changes, invoice.id);
  followRemaining(changes, invoice.id);
  if (left === 0) settlePaid(changes, invoice.id);
  else changes.emitUpdated('invoice.updated', 'invoice', invoice.id);
}

function receiptNumberFor({ rows }: ChangeSet, { paymentIntent }: InvoicePayment): string | null {
  const charge = rows.find('paymentIntent', paymentIntent)?.latestCharge ?? null;
  return charge === null ? null : receiptNumberOf({ id: charge });
}

function creditOverpaid(changes: ChangeSet, invoice: Invoice, over: number): void {
  const { id, customer, currency, amountOverpaid } = invoice;
  changes.patch('invoice', id, { amountOverpaid: amountOverpaid + over });
  putBalanceTransaction(changes, customer, { amount: -over, currency, type: 'invoice_overpaid', invoice: id });
  postOverpaid(changes, invoice, over);
  changes.emit('invoice.overpaid', 'invoice', id);
}

/**
 * The invoice's own intent collects what remains, and is canceled if nothing does. An attempt that has no answer yet goes on with its amount;
 * if it succeeds, what is then too much is credited to the customer, and if it fails, the intent follows.
 */
export function followRemaining(changes: ChangeSet, invoiceId: string): void {
  const invoice = changes.rows.get('invoice', invoiceId);
  if (invoice.status === 'draft' || invoice.status === 'void') return;
  const intent = changes.rows.find('paymentIntent', invoice.paymentIntent);
  if (!intent || intent.status === 'canceled' || intent.status === 'succeeded' || isInFlight(changes.rows, intent.id)) return;
  if (invoice.amountRemaining === 0) cancelIntent(changes, intent.id, 'automatic');
  else collectRemaining(changes, invoice);
}

/**
 * The intent and its invoice payment collect what remains of the invoice.
 *
 * @throws BillingError payment_attempt_in_progress
 */
export function collectRemaining(changes: ChangeSet, { id, amountRemaining, paymentIntent }: Invoice): void {
  const intent = changes.rows.find('paymentIntent', paymentIntent);
  if (!intent || intent.amount === amountRemaining || amountRemaining === 0) return;
  changeAmount(changes, intent.id, amountRemaining);
  for (const { id: payment } of changes.rows.where('invoicePayment', (each) => each.invoice === id && isOpenDefault(each))) {
    changes.patch('invoicePayment', payment, { amountRequested: amountRemaining });
  }
}

const isOpenDefault = ({ isDefault, status }: InvoicePayment): boolean => isDefault && status === 'open';
