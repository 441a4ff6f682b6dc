import type Stripe from 'stripe';
import { z } from 'zod';
import type { WireWithout } from '../wire';
import { requestThreeDSecure } from './cards';
import { setupOptions } from './intent-options';
import { nextAction } from './next-action';
import { epoch, metadata, methodConfiguration, noManagedPayments } from './parts';
import { paymentError } from './payment-error';

export const setupIntent = z
  .strictObject({
    id: z.string(),
    object: z.literal('setup_intent'),
    allowed_payment_method_types: z.array(z.string()).nullable(),
    application: z.null(),
    automatic_payment_methods: z.strictObject({ allow_redirects: z.enum(['always', 'never']), enabled: z.boolean() }).nullable(),
    cancellation_reason: z.string().nullable(),
    client_secret: z.string(),
    created: epoch(),
    customer: z.string().nullable(),
    customer_account: z.null(),
    description: z.string().nullable(),
    excluded_payment_method_types: z.null(),
    flow_directions: z.null(),
    last_setup_error: paymentError.nullable(),
    latest_attempt: z.string().nullable(),
    livemode: z.boolean(),
    managed_payments: noManagedPayments(),
    mandate: z.string().nullable(),
    metadata: metadata(),
    next_action: nextAction.nullable(),
    on_behalf_of: z.null(),
    payment_method: z.string().nullable(),
    payment_method_configuration_details: methodConfiguration().nullable(),
    payment_method_options: z.strictObject({
      ...setupOptions,
      card: z.strictObject({ mandate_options: z.null(), network: z.null(), request_three_d_secure: requestThreeDSecure() }),
    }),
    payment_method_types: z.array(z.string()),
    single_use_mandate: z.null(),
    status: z.enum(['canceled', 'processing', 'requires_action', 'requires_confirmation', 'requires_payment_method', 'succeeded']),
    usage: z.enum(['off_session', 'on_session']),
  })
  .meta({ id: 'setup_intent' }) satisfies z.ZodType<
  WireWithout<Stripe.SetupIntent, 'allowed_payment_method_types' | 'payment_method_options'>
>;
export type WireSetupIntent = z.output<typeof setupIntent>;
