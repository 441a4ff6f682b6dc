import type Stripe from 'stripe';
import { z } from 'zod';
import type { Wire } from '../wire';
import { epoch } from './parts';

export const discount = z
  .strictObject({
    id: z.string(),
    object: z.literal('discount'),
    checkout_session: z.null(),
    customer: z.string().nullable(),
    customer_account: z.null(),
    end: epoch().nullable(),
    invoice: z.string().nullable(),
    invoice_item: z.string().nullable(),
    promotion_code: z.string().nullable(),
    source: z.strictObject({ coupon: z.string(), type: z.literal('coupon') }),
    start: epoch(),
    subscription: z.string().nullable(),
    subscription_item: z.string().nullable(),
  })
  .meta({ id: 'discount' }) satisfies z.ZodType<Wire<Stripe.Discount>>;
export type WireDiscount = z.output<typeof discount>;

/** A removed discount: all fields but its end. */
export const deletedDiscount = discount
  .omit({ end: true })
  .extend({ deleted: z.literal(true) })
  .meta({ id: 'deleted_discount' }) satisfies z.ZodType<Wire<Stripe.DeletedDiscount>>;
export type WireDeletedDiscount = z.output<typeof deletedDiscount>;
