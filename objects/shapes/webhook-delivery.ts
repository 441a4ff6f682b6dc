import { z } from 'zod';
import { epoch, integer } from './parts';

/** Dunlin's own: a delivery to a webhook endpoint, with every attempt. */
export const webhookDelivery = z
  .strictObject({
    id: z.string(),
    object: z.literal('webhook_delivery'),
    attempts: z.array(
      z.strictObject({
        at: epoch(),
        duration_milliseconds: integer(),
        error: z.string().nullable(),
        status: integer().nullable(),
      }),
    ),
    created: epoch(),
    delivered_at: epoch().nullable(),
    event: z.string(),
    event_type: z.string(),
    next_attempt_at: epoch().nullable(),
    status: z.enum(['canceled', 'delivered', 'failed', 'pending']),
  })
  .meta({ id: 'webhook_delivery' });
export type WireWebhookDelivery = z.output<typeof webhookDelivery>;
