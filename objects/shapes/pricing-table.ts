import { z } from 'zod';
import { epoch, integer, metadata } from './parts';

/** Dunlin's own: Stripe's pricing tables are not in its API. */
export const pricingTable = z
  .strictObject({
    id: z.string(),
    object: z.literal('pricing_table'),
    active: z.boolean(),
    allow_promotion_codes: z.boolean(),
    automatic_tax: z.boolean(),
    created: epoch(),
    experiment: z.string().nullable(),
    livemode: z.boolean(),
    metadata: metadata(),
    products: z.array(z.strictObject({ highlighted: z.boolean(), prices: z.array(z.string()), product: z.string() })),
    success_url: z.string().nullable(),
    trial_period_days: integer().nullable(),
    url: z.string(),
  })
  .meta({ id: 'pricing_table' });
export type WirePricingTable = z.output<typeof pricingTable>;
