import { z } from 'zod';
import { decimal, epoch, integer } from './parts';

/** Whether a customer may use a feature, and how much of its limit is left. Dunlin's own. */
export const entitlementCheck = z
  .strictObject({
    object: z.literal('entitlements.check'),
    allowed: z.boolean(),
    customer: z.string(),
    feature: z.string(),
    limit: integer().nullable(),
    livemode: z.boolean(),
    lookup_key: z.string(),
    meter: z.string().nullable(),
    remaining: decimal().nullable(),
    resets_at: epoch().nullable(),
    used: decimal().nullable(),
  })
  .meta({ id: 'entitlements.check' });
