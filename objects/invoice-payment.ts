import type { InvoicePayment } from '../domain/rows/invoice';
import type { WireInvoicePayment } from './shapes/invoice-payment';

/** Links an invoice to the payment intent, or the record of a payment made elsewhere, that pays it. */
export function toStripeInvoicePayment(payment: InvoicePayment): WireInvoicePayment {
  return {
    id: payment.id,
    object: 'invoice_payment',
    amount_paid: payment.amountPaid,
    amount_requested: payment.amountRequested,
    created: payment.created,
    currency: payment.currency,
    invoice: payment.invoice,
    is_default: payment.isDefault,
    livemode: payment.livemode,
    payment: paidBy(payment),
    status: payment.status,
    status_transitions: { canceled_at: payment.canceledAt, paid_at: payment.paidAt },
  };
}

function paidBy({ paymentIntent, paymentRecord }: InvoicePayment): WireInvoicePayment['payment'] {
  if (paymentIntent !== null) return { payment_intent: paymentIntent, type: 'payment_intent' };
  return { payment_record: paymentRecord ?? '', type: 'payment_record' };
}
