import type Stripe from 'stripe';
import { z } from 'zod';
import type { Wire } from '../wire';
import { currency, epoch, integer, metadata, minorUnits } from './parts';

export const coupon = z
  .strictObject({
    id: z.string(),
    object: z.literal('coupon'),
    amount_off: minorUnits().nullable(),
    created: epoch(),
    currency: currency().nullable(),
    duration: z.enum(['forever', 'once', 'repeating']),
    duration_in_months: integer().nullable(),
    livemode: z.boolean(),
    max_redemptions: integer().nullable(),
    metadata: metadata(),
    name: z.string().nullable(),
    percent_off: z.number().nullable(),
    redeem_by: epoch().nullable(),
    times_redeemed: integer(),
    valid: z.boolean(),
  })
  .meta({ id: 'coupon' }) satisfies z.ZodType<Wire<Stripe.Coupon>>;
export type WireCoupon = z.output<typeof coupon>;
