import type Stripe from 'stripe';
import { z } from 'zod';
import { PORTAL_FLOWS } from '../../domain/rows/portal';
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
    subscription_cancel: ofSubscription()
      .extend({
        retention: z
          .strictObject({ coupon_offer: z.strictObject({ coupon: z.string() }).nullable(), type: z.literal('coupon_offer') })
          .nullable(),
      })
      .nullable(),
    /** Of endive. Earlier releases have it as Dunlin's own. */
    subscription_pause: ofSubscription().nullable(),
    subscription_update: ofSubscription().nullable(),
    subscription_update_confirm: ofSubscription()
      .extend({
        discounts: z.array(z.strictObject({ coupon: z.string().nullable(), promotion_code: z.string().nullable() })).nullable(),
        items: z.array(z.strictObject({ id: z.string(), price: z.string(), quantity: integer().optional() })),
      })
      .nullable(),
    type: z.enum(PORTAL_FLOWS),
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
