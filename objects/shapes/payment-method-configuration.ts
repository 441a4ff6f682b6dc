import type Stripe from 'stripe';
import { z } from 'zod';
import { CONFIGURABLE_METHODS, type ConfigurableMethod } from '../../domain/rows/payment-method-configuration';
import type { Wire } from '../wire';

const method = z.strictObject({
  available: z.boolean(),
  display_preference: z.strictObject({
    overridable: z.null(),
    preference: z.enum(['none', 'off', 'on']),
    value: z.enum(['off', 'on']),
  }),
});

/** Which ways to pay a seller offers. */
export const paymentMethodConfiguration = z
  .strictObject({
    id: z.string(),
    object: z.literal('payment_method_configuration'),
    active: z.boolean(),
    application: z.null(),
    is_default: z.boolean(),
    livemode: z.boolean(),
    name: z.string(),
    parent: z.null(),
    ...(Object.fromEntries(CONFIGURABLE_METHODS.map((name) => [name, method])) as Record<ConfigurableMethod, typeof method>),
  })
  .meta({ id: 'payment_method_configuration' }) satisfies z.ZodType<Wire<Stripe.PaymentMethodConfiguration>>;
export type WirePaymentMethodConfiguration = z.output<typeof paymentMethodConfiguration>;
