import type Stripe from 'stripe';
import { z } from 'zod';
import type { Wire } from '../wire';
import { bankAccounts, methodType } from './bank-accounts';
import { billingDetails, cardChecks, funding } from './cards';
import { redirects } from './redirects';
import { wallet } from './wallet';
import { epoch, integer, metadata } from './parts';

export const paymentMethod = z
  .strictObject({
    id: z.string(),
    object: z.literal('payment_method'),
    allow_redisplay: z.enum(['always', 'limited', 'unspecified']),
    billing_details: billingDetails(),
    ...bankAccounts(),
    ...redirects(),
    card: z
      .strictObject({
        brand: z.string(),
        checks: cardChecks(),
        country: z.string(),
        display_brand: z.string(),
        exp_month: integer(),
        exp_year: integer(),
        fingerprint: z.string(),
        funding: funding(),
        generated_from: z.null(),
        last4: z.string(),
        networks: z.strictObject({ available: z.array(z.string()), preferred: z.null() }),
        regulated_status: z.literal('unregulated'),
        three_d_secure_usage: z.strictObject({ supported: z.boolean() }),
        wallet: wallet(),
      })
      .optional(),
    created: epoch(),
    customer: z.string().nullable(),
    customer_account: z.null(),
    livemode: z.boolean(),
    metadata: metadata(),
    type: methodType(),
  })
  .meta({ id: 'payment_method' }) satisfies z.ZodType<Wire<Stripe.PaymentMethod>>;
export type WirePaymentMethod = z.output<typeof paymentMethod>;
