import type Stripe from 'stripe';
import { z } from 'zod';
import type { Wire } from '../wire';
import { address, currency, epoch, metadata, minorUnits } from './parts';

const money = () => z.strictObject({ currency: currency(), value: minorUnits() });

export const paymentRecord = z
  .strictObject({
    id: z.string(),
    object: z.literal('payment_record'),
    amount: money(),
    amount_authorized: money(),
    amount_canceled: money(),
    amount_failed: money(),
    amount_guaranteed: money(),
    amount_refunded: money(),
    amount_requested: money(),
    application: z.null(),
    created: epoch(),
    customer_details: z.strictObject({
      customer: z.string().nullable(),
      email: z.string().nullable(),
      name: z.string().nullable(),
      phone: z.string().nullable(),
    }),
    customer_presence: z.enum(['off_session', 'on_session']).nullable(),
    description: z.string().nullable(),
    latest_payment_attempt_record: z.string(),
    livemode: z.boolean(),
    metadata: metadata(),
    payment_method_details: z.strictObject({
      billing_details: z
        .strictObject({
          address: address(),
          email: z.string().nullable(),
          name: z.string().nullable(),
          phone: z.string().nullable(),
        })
        .nullable(),
      custom: z.strictObject({ display_name: z.string(), type: z.string().nullable() }),
      payment_method: z.string().nullable(),
      type: z.literal('custom'),
    }),
    processor_details: z.strictObject({
      custom: z.strictObject({ payment_reference: z.string().nullable() }),
      type: z.literal('custom'),
    }),
    reported_by: z.literal('self'),
    shipping_details: z.strictObject({ address: address(), name: z.string().nullable(), phone: z.string().nullable() }).nullable(),
  })
  .meta({ id: 'payment_record' }) satisfies z.ZodType<Wire<Stripe.PaymentRecord>>;
export type WirePaymentRecord = z.output<typeof paymentRecord>;
