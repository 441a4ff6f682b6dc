import type Stripe from 'stripe';
import { z } from 'zod';
import { CANCELLATION_REASONS, CUSTOMER_UPDATES, SCHEDULING_CONDITIONS, SUBSCRIPTION_UPDATES } from '../../domain/rows/portal';
import type { Wire } from '../wire';
import { epoch, integer, metadata } from './parts';

const features = () =>
  z.strictObject({
    customer_update: z.strictObject({ allowed_updates: z.array(z.enum(CUSTOMER_UPDATES)), enabled: z.boolean() }),
    invoice_history: z.strictObject({ enabled: z.boolean() }),
    payment_method_update: z.strictObject({ enabled: z.boolean(), payment_method_configuration: z.null() }),
    subscription_cancel: z.strictObject({
      cancellation_reason: z.strictObject({
        enabled: z.boolean(),
        feedback_options: z.null(),
        options: z.array(z.enum(CANCELLATION_REASONS)),
      }),
      enabled: z.boolean(),
      mode: z.enum(['at_period_end', 'immediately']),
      proration_behavior: z.enum(['create_prorations', 'none']),
    }),
    /** Of endive. Earlier releases have it as Dunlin's own. */
    subscription_pause: z.strictObject({
      duration: z.strictObject({
        interval_options: z.array(z.strictObject({ interval: z.enum(['day', 'week', 'month', 'year']), interval_count: integer() })),
        type: z.enum(['indefinite', 'interval_options']),
      }),
      enabled: z.boolean(),
    }),
    subscription_update: z.strictObject({
      billing_cycle_anchor: z.enum(['now', 'unchanged']).nullable(),
      default_allowed_updates: z.array(z.enum(SUBSCRIPTION_UPDATES)),
      enabled: z.boolean(),
      products: z
        .array(
          z.strictObject({
            adjustable_quantity: z.strictObject({ enabled: z.boolean(), maximum: integer().nullable(), minimum: integer() }),
            prices: z.array(z.string()),
            product: z.string(),
          }),
        )
        .optional(),
      proration_behavior: z.enum(['always_invoice', 'create_prorations', 'none']),
      schedule_at_period_end: z.strictObject({ conditions: z.array(z.strictObject({ type: z.enum(SCHEDULING_CONDITIONS) })) }),
      trial_update_behavior: z.enum(['continue_trial', 'end_trial']),
    }),
  });

export const portalConfiguration = z
  .strictObject({
    id: z.string(),
    object: z.literal('billing_portal.configuration'),
    active: z.boolean(),
    application: z.null(),
    business_profile: z.strictObject({
      headline: z.string().nullable(),
      privacy_policy_url: z.string().nullable(),
      terms_of_service_url: z.string().nullable(),
    }),
    created: epoch(),
    default_return_url: z.string().nullable(),
    features: features(),
    is_default: z.boolean(),
    livemode: z.boolean(),
    login_page: z.strictObject({ enabled: z.boolean(), url: z.string().nullable() }),
    metadata: metadata(),
    name: z.string().nullable(),
    updated: epoch(),
  })
  .meta({ id: 'billing_portal.configuration' }) satisfies z.ZodType<Wire<Stripe.BillingPortal.Configuration>>;
export type WirePortalConfiguration = z.output<typeof portalConfiguration>;
