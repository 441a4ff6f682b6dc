import type Stripe from 'stripe';
import { z } from 'zod';
import type { Wire } from '../wire';
import { epoch, integer, metadata } from './parts';

export const product = z
  .strictObject({
    id: z.string(),
    object: z.literal('product'),
    active: z.boolean(),
    created: epoch(),
    default_price: z.string().nullable(),
    description: z.string().nullable(),
    images: z.array(z.string()),
    livemode: z.boolean(),
    marketing_features: z.array(z.strictObject({ name: z.string() })),
    metadata: metadata(),
    name: z.string(),
    package_dimensions: z
      .strictObject({
        height: integer(),
        length: integer(),
        weight: integer(),
        width: integer(),
      })
      .nullable(),
    shippable: z.boolean().nullable(),
    statement_descriptor: z.string().nullable(),
    tax_code: z.string().nullable(),
    type: z.enum(['good', 'service']),
    unit_label: z.string().nullable(),
    updated: epoch(),
    url: z.string().nullable(),
  })
  .meta({ id: 'product' }) satisfies z.ZodType<Wire<Stripe.Product>>;
export type WireProduct = z.output<typeof product>;
