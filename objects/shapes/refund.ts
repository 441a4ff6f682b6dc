import type Stripe from 'stripe';
import { z } from 'zod';
import type { Wire } from '../wire';
import { currency, epoch, metadata, minorUnits } from './parts';

export const refund = z
  .strictObject({
    id: z.string(),
    object: z.literal('refund'),
    amount: minorUnits(),
    balance_transaction: z.string().nullable(),
    charge: z.string(),
    created: epoch(),
    currency: currency(),
    customer: z.string().nullable(),
    customer_account: z.null(),
    destination_details: z
      .strictObject({
        card: z.strictObject({
          reference_status: z.literal('pending'),
          reference_type: z.literal('acquirer_reference_number'),
          type: z.literal('refund'),
        }),
        type: z.literal('card'),
      })
      .optional(),
    failure_balance_transaction: z.string().optional(),
    failure_reason: z.string().optional(),
    metadata: metadata(),
    payment_intent: z.string(),
    payment_method: z.string(),
    pending_reason: z.literal('processing').optional(),
    reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).nullable(),
    receipt_number: z.null(),
    source_transfer_reversal: z.null(),
    status: z.enum(['canceled', 'failed', 'pending', 'requires_action', 'succeeded']),
    transfer_reversal: z.null(),
  })
  .meta({ id: 'refund' }) satisfies z.ZodType<Wire<Stripe.Refund>>;
export type WireRefund = z.output<typeof refund>;
