import type { Charge } from '../domain/rows/charge';
import type { Refund } from '../domain/rows/refund';
import type { Rows } from '../domain/rows/rows';
import type { WireRefund } from './shapes/refund';

/** At Stripe, the bank assigns its own number to a refund later. The sandbox's bank assigns none. */
const DESTINATION = { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' } as const;

/** Stripe's refund. A failure reason or a pending reason is present only while it applies. */
export function toStripeRefund(refund: Refund, rows: Rows): WireRefund {
  const wire: WireRefund = {
    id: refund.id,
    object: 'refund',
    amount: refund.amount,
    balance_transaction: refund.balanceTransaction,
    charge: refund.charge,
    created: refund.created,
    currency: refund.currency,
    customer: refund.customer,
    customer_account: null,
    ...destinationOf(rows.get('charge', refund.charge)),
    metadata: refund.metadata,
    payment_intent: refund.paymentIntent,
    payment_method: rows.get('charge', refund.charge).paymentMethod,
    reason: refund.reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: refund.status,
    transfer_reversal: null,
  };
  if (refund.failureBalanceTransaction !== null) wire.failure_balance_transaction = refund.failureBalanceTransaction;
  if (refund.failureReason !== null) wire.failure_reason = refund.failureReason;
  if (refund.status === 'pending') wire.pending_reason = 'processing';
  return wire;
}

/** Nothing is known of the transfer to a bank account. */
function destinationOf({ paymentMethodDetails: { card } }: Charge): Pick<WireRefund, 'destination_details'> {
  return card === null ? {} : { destination_details: { card: DESTINATION, type: 'card' } };
}
