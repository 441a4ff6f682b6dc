import type Stripe from 'stripe';
import { z } from 'zod';
import type { Wire } from '../wire';
import { address } from './parts';

export const taxSettings = z
  .strictObject({
    object: z.literal('tax.settings'),
    defaults: z.strictObject({
      provider: z.literal('stripe'),
      tax_behavior: z.enum(['exclusive', 'inclusive', 'inferred_by_currency']).nullable(),
      tax_code: z.string().nullable(),
    }),
    head_office: z.strictObject({ address: address() }).nullable(),
    livemode: z.boolean(),
    status: z.enum(['active', 'pending']),
    status_details: z.strictObject({
      active: z.strictObject({}).optional(),
      pending: z.strictObject({ missing_fields: z.array(z.literal('head_office')) }).optional(),
    }),
  })
  .meta({ id: 'tax.settings' }) satisfies z.ZodType<Wire<Stripe.Tax.Settings>>;
export type WireTaxSettings = z.output<typeof taxSettings>;
