import type Stripe from 'stripe';
import { z } from 'zod';
import type { Wire } from '../wire';
import { integer, listShape, metadata } from './parts';

/** Something that customers can have access to. */
export const entitlementFeature = z
  .strictObject({
    id: z.string(),
    object: z.literal('entitlements.feature'),
    active: z.boolean(),
    livemode: z.boolean(),
    lookup_key: z.string(),
    metadata: metadata(),
    name: z.string(),
  })
  .meta({ id: 'entitlements.feature' }) satisfies z.ZodType<Wire<Stripe.Entitlements.Feature>>;
export type WireEntitlementFeature = z.output<typeof entitlementFeature>;

/** A product gives access to a feature. The limit is Dunlin's own. */
export const productFeature = z
  .strictObject({
    id: z.string(),
    object: z.literal('product_feature'),
    entitlement_feature: entitlementFeature,
    livemode: z.boolean(),
    usage_limit: z.strictObject({ amount: integer(), meter: z.string().nullable(), per_quantity: z.boolean() }).optional(),
  })
  .meta({ id: 'product_feature' }) satisfies z.ZodType<Wire<Stripe.ProductFeature>>;
export type WireProductFeature = z.output<typeof productFeature>;

/** A customer has access to a feature. The limit is Dunlin's own. */
export const activeEntitlement = z
  .strictObject({
    id: z.string(),
    object: z.literal('entitlements.active_entitlement'),
    feature: z.string(),
    livemode: z.boolean(),
    lookup_key: z.string(),
    usage_limit: z.strictObject({ amount: integer(), meter: z.string().nullable() }).optional(),
  })
  .meta({ id: 'entitlements.active_entitlement' }) satisfies z.ZodType<Wire<Stripe.Entitlements.ActiveEntitlement>>;
export type WireActiveEntitlement = z.output<typeof activeEntitlement>;

/** What a customer has access to, in an event: the first ten entitlements. */
export const activeEntitlementSummary = z
  .strictObject({
    object: z.literal('entitlements.active_entitlement_summary'),
    customer: z.string(),
    entitlements: listShape(activeEntitlement),
    livemode: z.boolean(),
  })
  .meta({ id: 'entitlements.active_entitlement_summary' }) satisfies z.ZodType<Wire<Stripe.Entitlements.ActiveEntitlementSummary>>;
