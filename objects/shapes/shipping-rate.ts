import type Stripe from 'stripe';
import { z } from 'zod';
import type { Wire } from '../wire';
import { currency, epoch, integer, metadata, minorUnits } from './parts';

const time = () => z.strictObject({ unit: z.enum(['business_day', 'day', 'hour', 'month', 'week']), value: integer() }).nullable();
const behavior = () => z.enum(['exclusive', 'inclusive', 'unspecified']);

/** What the delivery of goods costs. */
export const shippingRate = z
  .strictObject({
    id: z.string(),
    object: z.literal('shipping_rate'),
    active: z.boolean(),
    created: epoch(),
    delivery_estimate: z.strictObject({ maximum: time(), minimum: time() }).nullable(),
    display_name: z.string(),
    fixed_amount: z.strictObject({
      amount: minorUnits(),
      currency: currency(),
    }),
    livemode: z.boolean(),
    metadata: metadata(),
    tax_behavior: behavior(),
    tax_code: z.string().nullable(),
    type: z.literal('fixed_amount'),
  })
  .meta({ id: 'shipping_rate' }) satisfies z.ZodType<Wire<Stripe.ShippingRate>>;
export type WireShippingRate = z.output<typeof shippingRate>;
