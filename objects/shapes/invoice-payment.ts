import type Stripe from 'stripe';
import { z } from 'zod';
import type { Wire } from '../wire';
import { currency, epoch, minorUnits } from './parts';

export const invoicePayment = z
  .strictObject({
    id: z.string(),
    object: z.literal('invoice_payment'),
    amount_paid: minorUnits().nullable(),
    amount_requested: minorUnits(),
    created: epoch(),
    currency: currency(),
    invoice: z.string(),
    is_default: z.boolean(),
    livemode: z.boolean(),
    payment: z.strictObject({
      payment_intent: z.string().optional(),
      payment_record: z.string().optional(),
      type: z.enum(['payment_intent', 'payment_record']),
    }),
    status: z.enum(['canceled', 'open', 'paid']),
    status_transitions: z.strictObject({ canceled_at: epoch().nullable(), paid_at: epoch().nullable() }),
  })
  .meta({ id: 'invoice_payment' }) satisfies z.ZodType<Wire<Stripe.InvoicePayment>>;
export type WireInvoicePayment = z.output<typeof invoicePayment>;
