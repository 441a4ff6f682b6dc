import type Stripe from 'stripe';
import { z } from 'zod';
import type { Wire } from '../wire';
import { currency, epoch } from './parts';

export const meter = z
  .strictObject({
    id: z.string(),
    object: z.literal('billing.meter'),
    cost_settings: z.strictObject({ currency: currency(), event_payload_key: z.string() }).nullable(),
    created: epoch(),
    customer_mapping: z.strictObject({ event_payload_key: z.string(), type: z.literal('by_id') }),
    default_aggregation: z.strictObject({ formula: z.enum(['count', 'last', 'max', 'sum', 'unique']) }),
    dimension_payload_keys: z.array(z.string()),
    display_name: z.string(),
    event_name: z.string(),
    event_time_window: z.enum(['day', 'hour']).nullable(),
    livemode: z.boolean(),
    status: z.enum(['active', 'inactive']),
    status_transitions: z.strictObject({ deactivated_at: epoch().nullable() }),
    updated: epoch(),
    value_settings: z.strictObject({ event_payload_key: z.string() }),
  })
  .meta({ id: 'billing.meter' }) satisfies z.ZodType<Wire<Stripe.Billing.Meter>>;
export type WireMeter = z.output<typeof meter>;
