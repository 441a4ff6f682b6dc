import type Stripe from 'stripe';
import { z } from 'zod';
import { API_VERSIONS } from '../../domain/rows/api-version';
import type { Wire } from '../wire';
import { epoch, metadata, type Fits } from './parts';

export const webhookEndpoint = z
  .strictObject({
    id: z.string(),
    object: z.literal('webhook_endpoint'),
    api_version: z.enum(API_VERSIONS).nullable(),
    application: z.null(),
    created: epoch(),
    description: z.string().nullable(),
    enabled_events: z.array(z.string()),
    livemode: z.boolean(),
    metadata: metadata(),
    secret: z.string().optional(),
    status: z.enum(['disabled', 'enabled']),
    url: z.string(),
  })
  .meta({ id: 'webhook_endpoint' });
export type WireWebhookEndpoint = Fits<Wire<Stripe.WebhookEndpoint>, z.output<typeof webhookEndpoint>>;
