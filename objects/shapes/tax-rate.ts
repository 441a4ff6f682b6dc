import type Stripe from 'stripe';
import { z } from 'zod';
import type { Wire } from '../wire';
import { epoch, metadata } from './parts';

export const taxRate = z
  .strictObject({
    id: z.string(),
    object: z.literal('tax_rate'),
    active: z.boolean(),
    country: z.string().nullable(),
    created: epoch(),
    description: z.string().nullable(),
    display_name: z.string(),
    effective_percentage: z.number(),
    flat_amount: z.null(),
    inclusive: z.boolean(),
    jurisdiction: z.string().nullable(),
    jurisdiction_level: z.null(),
    livemode: z.boolean(),
    metadata: metadata(),
    percentage: z.number(),
    rate_type: z.literal('percentage'),
    state: z.string().nullable(),
    tax_type: z.string().nullable(),
  })
  .meta({ id: 'tax_rate' }) satisfies z.ZodType<Wire<Stripe.TaxRate>>;
export type WireTaxRate = z.output<typeof taxRate>;
