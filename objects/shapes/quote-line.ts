import type Stripe from 'stripe';
import { z } from 'zod';
import type { Wire } from '../wire';
import { currency, integer, metadata, minorUnits } from './parts';
import { price } from './price';

export const quoteLine = z
  .strictObject({
    id: z.string(),
    object: z.literal('item'),
    /** Of a checkout session alone. */
    adjustable_quantity: z.strictObject({ enabled: z.boolean(), maximum: integer().nullable(), minimum: integer().nullable() }).nullable(),
    amount_discount: minorUnits(),
    amount_subtotal: minorUnits(),
    amount_tax: minorUnits(),
    amount_total: minorUnits(),
    currency: currency(),
    description: z.string().nullable(),
    metadata: metadata().nullable(),
    price,
    quantity: integer().nullable(),
  })
  .meta({ id: 'item' }) satisfies z.ZodType<Omit<Wire<Stripe.LineItem>, 'price'>>;
export type WireQuoteLine = z.output<typeof quoteLine>;
