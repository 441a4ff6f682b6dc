import type Stripe from 'stripe';
import { z } from 'zod';
import type { WireWithout } from '../wire';
import { requestThreeDSecure } from './cards';
import { methodOptions } from './intent-options';
import { nextAction } from './next-action';
import { currency, epoch, metadata, methodConfiguration, minorUnits, noManagedPayments, shipping } from './parts';
import { paymentError } from './payment-error';

export const paymentIntent = z
  .strictObject({
    id: z.string(),
    object: z.literal('payment_intent'),
    allowed_payment_method_types: z.array(z.string()).nullable(),
    amount: minorUnits(),
    amount_capturable: minorUnits(),
    amount_details: z.strictObject({ tip: z.strictObject({}) }),
    amount_received: minorUnits(),
    application: z.null(),
    application_fee_amount: z.null(),
    automatic_payment_methods: z.strictObject({ allow_redirects: z.enum(['always', 'never']), enabled: z.boolean() }).nullable(),
    canceled_at: epoch().nullable(),
    cancellation_reason: z.string().nullable(),
    capture_method: z.enum(['automatic', 'automatic_async', 'manual']),
    client_secret: z.string(),
    confirmation_method: z.enum(['automatic', 'manual']),
    created: epoch(),
    currency: currency(),
    customer: z.string().nullable(),
    customer_account: z.null(),
    description: z.string().nullable(),
    excluded_payment_method_types: z.null(),
    hooks: z.strictObject({ inputs: z.strictObject({ tax: z.strictObject({ calculation: z.string() }) }) }).optional(),
    last_payment_error: paymentError.nullable(),
    latest_charge: z.string().nullable(),
    livemode: z.boolean(),
    managed_payments: noManagedPayments(),
    metadata: metadata(),
    next_action: nextAction.nullable(),
    on_behalf_of: z.null(),
    payment_details: z.strictObject({ customer_reference: z.null(), order_reference: z.string().nullable() }),
    payment_method: z.string().nullable(),
    payment_method_configuration_details: methodConfiguration().nullable(),
    payment_method_options: z.strictObject({
      ...methodOptions,
      card: z.strictObject({
        installments: z.null(),
        mandate_options: z.null(),
        network: z.null(),
        request_multicapture: z.enum(['if_available', 'never']).optional(),
        request_three_d_secure: requestThreeDSecure(),
      }),
    }),
    payment_method_types: z.array(z.string()),
    payment_record: z.null(),
    processing: z.null(),
    receipt_email: z.string().nullable(),
    review: z.string().nullable(),
    setup_future_usage: z.enum(['off_session', 'on_session']).nullable(),
    shipping: shipping().nullable(),
    source: z.null(),
    statement_descriptor: z.string().nullable(),
    statement_descriptor_suffix: z.string().nullable(),
    status: z.enum([
      'canceled',
      'processing',
      'requires_action',
      'requires_capture',
      'requires_confirmation',
      'requires_payment_method',
      'succeeded',
    ]),
    transfer_data: z.null(),
    transfer_group: z.null(),
  })
  .meta({ id: 'payment_intent' }) satisfies z.ZodType<
  WireWithout<Stripe.PaymentIntent, 'allowed_payment_method_types' | 'payment_method_options'>
>;
export type WirePaymentIntent = z.output<typeof paymentIntent>;
