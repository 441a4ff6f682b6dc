import type Stripe from 'stripe';
import { z } from 'zod';
import { API_VERSIONS } from '../../domain/rows/api-version';
import type { Wire } from '../wire';
import { epoch, metadata } from './parts';

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
    status: z.enum(['disabled', 'enabled']),
    url: z.string(),
  })
  .meta({ id: 'webhook_endpoint' }) satisfies z.ZodType<Wire<Stripe.WebhookEndpoint>>;
export type WireWebhookEndpoint = z.output<typeof webhookEndpoint>;

/** The answers to its creation and to the roll of its secret are the only ones that have the secret. */
export const webhookEndpointWithSecret = webhookEndpoint.extend({ secret: z.string() }).meta({ id: 'webhook_endpoint_with_secret' });
