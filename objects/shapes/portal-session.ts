import type Stripe from 'stripe';
import { z } from 'zod';
import type { Wire } from '../wire';
import { epoch, integer } from './parts';

const ofSubscription = () => z.strictObject({ subscription: z.string() });

const flow = () =>
  z.strictObject({
    after_completion: z.strictObject({
      hosted_confirmation: z.strictObject({ custom_message: z.string().nullable() }).nullable(),
      redirect: z.strictObject({ return_url: z.string() }).nullable(),
      type: z.enum(['hosted_confirmation', 'portal_homepage', 'redirect']),
    }),
    customer_update: z.strictObject({}).nullable(),
    subscription_cancel: ofSubscription().extend({ retention: z.null() }).nullable(),
    subscription_update: ofSubscription().nullable(),
    subscription_update_confirm: ofSubscription()
      .extend({
        discounts: z.null(),
        items: z.array(z.strictObject({ id: z.string(), price: z.string(), quantity: integer().optional() })),
      })
      .nullable(),
    type: z.enum(['customer_update', 'payment_method_update', 'subscription_cancel', 'subscription_update', 'subscription_update_confirm']),
  });

export const portalSession = z
  .strictObject({
    id: z.string(),
    object: z.literal('billing_portal.session'),
    configuration: z.string(),
    created: epoch(),
    customer: z.string(),
    customer_account: z.null(),
    flow: flow().nullable(),
    livemode: z.boolean(),
    locale: z.string().nullable(),
    on_behalf_of: z.null(),
    return_url: z.string().nullable(),
    url: z.string(),
  })
  .meta({ id: 'billing_portal.session' }) satisfies z.ZodType<Wire<Stripe.BillingPortal.Session>>;
export type WirePortalSession = z.output<typeof portalSession>;
