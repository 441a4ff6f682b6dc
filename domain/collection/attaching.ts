/** Attaches a payment that was made apart from an invoice: it pays the invoice, wholly or in part. */
import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import { postAttached } from '../invoice/ledger';
import { isInFlight } from '../payment/intents';
import { refundable, refuseExcess } from '../payment/refunds';
import type { Invoice, InvoicePayment } from '../rows/invoice';
import type { PaymentIntent } from '../rows/payment-intent';
import type { Rows } from '../rows/rows';
import { receivePayment } from './receiving';

export interface AttachPaymentParameters {
  path: { invoice: string };
  payment_intent?: string;
}

/**
 * An intent that has succeeded pays the invoice at once, with what refunds have left of it. Another one pays when it succeeds.
 *
 * @throws BillingError invoice_not_payable unless the invoice is open or uncollectible, invoice_already_paid, resource_missing,
 * parameter_invalid if the payment is another customer's or has an invoice already, currency_mismatch, payment_intent_unexpected_state,
 * charge_already_refunded, charge_disputed, payment_attempt_in_progress while the invoice is being charged
 */
export function attachPayment(changes: ChangeSet, invoiceId: string, { payment_intent: id }: AttachPaymentParameters): void {
  const invoice = changes.rows.get('invoice', invoiceId);
  refuseUnpayable(changes.rows, invoice);
  const intent = changes.rows.find('paymentIntent', id ?? null);
  if (!intent) throw new BillingError('resource_missing', `No such payment_intent: '${id ?? ''}'`, { param: 'payment_intent' });
  refuseForeign(changes.rows, invoice, intent);
  const received = intent.status === 'succeeded' ? receivedBy(changes.rows, intent) : null;
  const payment = putPayment(changes, invoice, { paymentIntent: intent.id, amount: received ?? intent.amount });
  if (received === null) return changes.emitUpdated('invoice.updated', 'invoice', invoiceId);
  postAttached(changes, invoice, received);
  receivePayment(changes, payment, received);
}

function refuseUnpayable(rows: Rows, { id, status, paymentIntent }: Invoice): void {
  if (status === 'paid') throw new BillingError('invoice_already_paid', 'Invoice is already paid');
  if (status !== 'open' && status !== 'uncollectible') {
    throw new BillingError('invoice_not_payable', `Payments are attached to open or uncollectible invoices; ${id} is ${status}.`);
  }
  if (paymentIntent === null || !isInFlight(rows, paymentIntent)) return;
  throw new BillingError('payment_attempt_in_progress', `A payment of ${id} is being processed already. Please retry in a moment.`);
}

function refuseForeign(rows: Rows, invoice: Invoice, intent: PaymentIntent): void {
  const refused = (message: string): BillingError => new BillingError('parameter_invalid', message, { param: 'payment_intent' });
  if (intent.customer !== invoice.customer) throw refused(`PaymentIntent ${intent.id} does not belong to the customer of the invoice.`);
  if (intent.currency !== invoice.currency) {
    const message = `PaymentIntent ${intent.id} is in ${intent.currency}, and the invoice is in ${invoice.currency}.`;
    throw new BillingError('currency_mismatch', message, { param: 'payment_intent' });
  }
  const owner = intent.invoice ?? attachedTo(rows, intent.id)?.invoice;
  if (owner !== undefined) throw refused(`PaymentIntent ${intent.id} already pays invoice ${owner}.`);
  if (intent.status !== 'canceled') return;
  throw new BillingError('payment_intent_unexpected_state', `PaymentIntent ${intent.id} is canceled.`, { param: 'payment_intent' });
}

/** The living link of an intent to the invoice that it pays; a canceled one does not count. */
export const attachedTo = (rows: Rows, intent: string): InvoicePayment | undefined =>
  rows.first('invoicePayment', (payment) => payment.paymentIntent === intent && payment.status !== 'canceled');

/** What refunds have left of the money that an intent received. */
function receivedBy(rows: Rows, { latestCharge }: PaymentIntent): number {
  const charge = rows.get('charge', latestCharge ?? 'no charge');
  refuseExcess(rows, charge, { amount: 0, param: 'payment_intent' });
  return refundable(rows, charge);
}

function putPayment(
  changes: ChangeSet,
  invoice: Invoice,
  { paymentIntent, amount }: { paymentIntent: string; amount: number },
): InvoicePayment {
  return changes.put('invoicePayment', {
    ...changes.resource('inpay'),
    invoice: invoice.id,
    paymentIntent,
    paymentRecord: null,
    amountRequested: Math.min(amount, invoice.amountRemaining),
    amountPaid: null,
    currency: invoice.currency,
    isDefault: false,
    status: 'open',
    paidAt: null,
    canceledAt: null,
  });
}
