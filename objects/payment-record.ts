import type { PaymentRecord } from '../domain/rows/payment-record';
import type { WirePaymentRecord } from './shapes/payment-record';

/** The record of a payment that was made elsewhere. */
export function toStripePaymentRecord(record: PaymentRecord): WirePaymentRecord {
  const money = (value: number) => ({ currency: record.currency, value });
  return {
    id: record.id,
    object: 'payment_record',
    amount: money(record.amountRequested),
    amount_authorized: money(record.amountGuaranteed),
    amount_canceled: money(record.amountCanceled),
    amount_failed: money(record.amountFailed),
    amount_guaranteed: money(record.amountGuaranteed),
    amount_refunded: money(record.amountRefunded),
    amount_requested: money(record.amountRequested),
    application: null,
    created: record.created,
    customer_details: { customer: record.customer, ...record.customerDetails },
    customer_presence: record.customerPresence,
    description: record.description,
    latest_payment_attempt_record: record.latestAttempt,
    livemode: record.livemode,
    metadata: record.metadata,
    payment_method_details: { ...record.paymentMethodDetails, type: 'custom' },
    processor_details: { custom: { payment_reference: record.paymentReference }, type: 'custom' },
    reported_by: 'self',
    shipping_details: record.shipping && { address: record.shipping.address, name: record.shipping.name, phone: record.shipping.phone },
  };
}
