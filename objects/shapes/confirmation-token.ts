import type Stripe from 'stripe';
import { z } from 'zod';
import type { Wire } from '../wire';
import { bankAccounts, methodType } from './bank-accounts';
import { redirects } from './redirects';
import { paymentMethod } from './payment-method';
import { address, epoch } from './parts';

const preview = () =>
  z.strictObject({
    allow_redisplay: paymentMethod.shape.allow_redisplay,
    billing_details: paymentMethod.shape.billing_details,
    ...bankAccounts(),
    ...redirects(),
    card: paymentMethod.shape.card,
    customer: z.string().nullable(),
    customer_account: z.null(),
    type: methodType(),
  });

export const confirmationToken = z
  .strictObject({
    id: z.string(),
    object: z.literal('confirmation_token'),
    created: epoch(),
    expires_at: epoch(),
    livemode: z.boolean(),
    mandate_data: z.null(),
    metadata: z.null(),
    payment_intent: z.string().nullable(),
    payment_method_options: z.null(),
    payment_method_preview: preview(),
    return_url: z.string().nullable(),
    setup_future_usage: z.enum(['off_session', 'on_session']).nullable(),
    setup_intent: z.string().nullable(),
    shipping: z.strictObject({ address: address(), name: z.string(), phone: z.string().nullable() }).nullable(),
    use_stripe_sdk: z.literal(true),
  })
  .meta({ id: 'confirmation_token' }) satisfies z.ZodType<Wire<Stripe.ConfirmationToken>>;
export type WireConfirmationToken = z.output<typeof confirmationToken>;
