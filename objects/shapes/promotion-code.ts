import type Stripe from 'stripe';
import { z } from 'zod';
import type { Wire } from '../wire';
import { epoch, integer, metadata, minorUnits } from './parts';

export const promotionCode = z
  .strictObject({
    id: z.string(),
    object: z.literal('promotion_code'),
    active: z.boolean(),
    code: z.string(),
    created: epoch(),
    customer: z.string().nullable(),
    customer_account: z.null(),
    expires_at: epoch().nullable(),
    livemode: z.boolean(),
    max_redemptions: integer().nullable(),
    metadata: metadata(),
    promotion: z.strictObject({ coupon: z.string(), type: z.literal('coupon') }),
    restrictions: z.strictObject({
      first_time_transaction: z.boolean(),
      minimum_amount: minorUnits().nullable(),
      minimum_amount_currency: z.string().nullable(),
    }),
    times_redeemed: integer(),
  })
  .meta({ id: 'promotion_code' }) satisfies z.ZodType<Wire<Stripe.PromotionCode>>;
export type WirePromotionCode = z.output<typeof promotionCode>;
