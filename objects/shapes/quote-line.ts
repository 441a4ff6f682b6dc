import type Stripe from 'stripe';
import { z } from 'zod';
import type { Wire } from '../wire';
import { currency, integer, minorUnits, type Fits } from './parts';
import { price } from './price';

export const quoteLine = z
  .strictObject({
    id: z.string(),
    object: z.literal('item'),
    adjustable_quantity: z.null(),
    amount_discount: minorUnits(),
    amount_subtotal: minorUnits(),
    amount_tax: minorUnits(),
    amount_total: minorUnits(),
    currency: currency(),
    description: z.string().nullable(),
    metadata: z.null(),
    price,
    quantity: integer().nullable(),
  })
  .meta({ id: 'item' });
export type WireQuoteLine = Fits<Omit<Wire<Stripe.LineItem>, 'price'>, z.output<typeof quoteLine>>;
