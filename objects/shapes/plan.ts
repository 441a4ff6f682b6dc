import type Stripe from 'stripe';
import { z } from 'zod';
import type { Wire } from '../wire';
import { currency, decimal, epoch, integer, metadata, minorUnits } from './parts';

export const plan = z
  .strictObject({
    id: z.string(),
    object: z.literal('plan'),
    active: z.boolean(),
    amount: minorUnits().nullable(),
    amount_decimal: decimal().nullable(),
    billing_scheme: z.enum(['per_unit', 'tiered']),
    created: epoch(),
    currency: currency(),
    interval: z.enum(['day', 'month', 'week', 'year']),
    interval_count: integer(),
    livemode: z.boolean(),
    metadata: metadata(),
    meter: z.string().nullable(),
    nickname: z.string().nullable(),
    product: z.string(),
    tiers_mode: z.enum(['graduated', 'volume']).nullable(),
    transform_usage: z.strictObject({ divide_by: integer(), round: z.enum(['down', 'up']) }).nullable(),
    trial_period_days: integer().nullable(),
    usage_type: z.enum(['licensed', 'metered']),
  })
  .meta({ id: 'plan' }) satisfies z.ZodType<Wire<Stripe.Plan>>;
export type WirePlan = z.output<typeof plan>;
