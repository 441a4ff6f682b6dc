/** Attaches a payment that was made apart from an invoice: it pays the invoice, wholly or in part. */
import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import { postAttached } from '../invoice/ledger';
import { invoiceOf, isInFlight } from '../payment/intents';
import { refundable, refuseExcess } from '../payment/refunds';
import type { Invoice, InvoicePayment } from '../rows/invoice';
import type { PaymentIntent } from '../rows/payment-intent';
import type { Rows } from '../rows/rows';
import { receivedByRecord, receiveRecord, recordsPayment } from './payment-records';
import { receivePayment } from './receiving';

export interface AttachPaymentParameters {
  path: { invoice: string };
  payment_intent?: string;
  payment_record?: string;
}

/**
 * An intent that has succeeded, or a record that is guaranteed, pays the invoice at once, with what refunds have left of it. Another one pays
 * when it succeeds.
 *
 * @throws BillingError invoice_not_payable unless the invoice is open or uncollectible, invoice_already_paid, resource_missing,
 * parameter_invalid if the payment is another customer's or has an invoice already, currency_mismatch, payment_intent_unexpected_state,
 * charge_already_refunded, charge_disputed, payment_attempt_in_progress while the invoice is being charged
 */
export function attachPayment(changes: ChangeSet, invoiceId: string, params: AttachPaymentParameters): void {
  const invoice = changes.rows.get('invoice', invoiceId);
  refuseUnpayable(changes.rows, invoice);
  if (params.payment_record === undefined) attachIntent(changes, invoice, params.payment_intent ?? '');
  else attachRecord(changes, invoice, params.payment_record);
}

function attachIntent(changes: ChangeSet, invoice: Invoice, id: string): void {
  const intent = changes.rows.find('paymentIntent', id);
  if (!intent) throw new BillingError('resource_missing', `No such payment_intent: '${id}'`, { param: 'payment_intent' });
  refuseForeign(invoice, intent, {
    name: 'PaymentIntent',
    param: 'payment_intent',
    owner: invoiceOf(changes.rows, intent),
  });
  if (intent.status === 'canceled') {
    throw new BillingError('payment_intent_unexpected_state', `PaymentIntent ${id} is canceled.`, { param: 'payment_intent' });
  }
  const received = intent.status === 'succeeded' ? receivedBy(changes.rows, intent) : null;
  const payment = putPayment(changes, invoice, { paymentIntent: id, paymentRecord: null, amount: received ?? intent.amount });
  if (received === null) return;
  postAttached(changes, invoice, received);
  receivePayment(changes, payment, received);
}

function attachRecord(changes: ChangeSet, invoice: Invoice, id: string): void {
  const record = changes.rows.find('paymentRecord', id);
  if (!record) throw new BillingError('resource_missing', `No such payment_record: '${id}'`, { param: 'payment_record' });
  const owner = recordsPayment(changes.rows, id)?.invoice ?? null;
  refuseForeign(invoice, record, { name: 'Payment record', param: 'payment_record', owner });
  const received = record.status === 'guaranteed' ? receivedByRecord(record) : null;
  if (received === 0) {
    throw new BillingError('charge_already_refunded', `Payment record ${id} was refunded.`, { param: 'payment_record' });
  }
  const payment = putPayment(changes, invoice, { paymentIntent: null, paymentRecord: id, amount: received ?? record.amountRequested });
  if (received !== null) receiveRecord(changes, payment, received);
}

function refuseUnpayable(rows: Rows, { id, status, paymentIntent }: Invoice): void {
  if (status === 'paid') throw new BillingError('invoice_already_paid', 'Invoice is already paid');
  if (status !== 'open' && status !== 'uncollectible') {
    throw new BillingError('invoice_not_payable', `Payments are attached to open or uncollectible invoices; ${id} is ${status}.`);
  }
  if (paymentIntent === null || !isInFlight(rows, paymentIntent)) return;
  throw new BillingError('payment_attempt_in_progress', `A payment of ${id} is being processed already. Please retry in a moment.`);
}

interface Attached {
  name: string;
  param: string;
  /** The invoice that it pays already. */
  owner: string | null;
}

function refuseForeign(
  invoice: Invoice,
  of: { id: string; customer: string | null; currency: string },
  { name, param, owner }: Attached,
): void {
  const { id, customer, currency } = of;
  const refused = (message: string): BillingError => new BillingError('parameter_invalid', message, { param });
  if (customer !== invoice.customer) throw refused(`${name} ${id} does not belong to the customer of the invoice.`);
  if (currency !== invoice.currency) {
    throw new BillingError('currency_mismatch', `${name} ${id} is in ${currency}, and the invoice is in ${invoice.currency}.`, { param });
  }
  if (owner !== null) throw refused(`${name} ${id} already pays invoice ${owner}.`);
}

/** What refunds have left of the money that an intent received. */
function receivedBy(rows: Rows, { latestCharge }: PaymentIntent): number {
  const charge = rows.get('charge', latestCharge ?? 'no charge');
  refuseExcess(rows, charge, { amount: 0, param: 'payment_intent' });
  return refundable(rows, charge);
}

type NewPayment = Pick<InvoicePayment, 'paymentIntent' | 'paymentRecord'> & { amount: number };

function putPayment(changes: ChangeSet, invoice: Invoice, { amount, ...of }: NewPayment): InvoicePayment {
  return changes.put('invoicePayment', {
    ...changes.resource('inpay'),
    invoice: invoice.id,
    ...of,
    amountRequested: Math.min(amount, invoice.amountRemaining),
    amountPaid: null,
    currency: invoice.currency,
    isDefault: false,
    status: 'open',
    paidAt: null,
    canceledAt: null,
  });
}
