import type Stripe from 'stripe';
import { z } from 'zod';
import type { Wire } from '../wire';
import { paymentMethod } from './payment-method';

export const paymentError = z
  .strictObject({
    advice_code: z.string().optional(),
    charge: z.string().optional(),
    code: z.string(),
    decline_code: z.string().optional(),
    doc_url: z.string().optional(),
    message: z.string(),
    payment_method: paymentMethod.optional(),
    type: z.enum(['api_error', 'card_error', 'invalid_request_error']),
  })
  .meta({ id: 'payment_error' }) satisfies z.ZodType<Wire<Stripe.PaymentIntent.LastPaymentError>>;
export type WirePaymentError = z.output<typeof paymentError>;
