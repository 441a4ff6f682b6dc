import type Stripe from 'stripe';
import type { WebhookEndpoint } from '../domain/rows/event';
import type { Wire } from './wire';

type WireEndpoint = Wire<Stripe.WebhookEndpoint>;

/** Stripe's webhook endpoint. Its signing secret is shown only once, in the answer to its creation. */
export function toStripeWebhookEndpoint(endpoint: WebhookEndpoint, secret?: string): WireEndpoint {
  const wire: WireEndpoint = {
    id: endpoint.id,
    object: 'webhook_endpoint',
    api_version: endpoint.apiVersion,
    application: null,
    created: endpoint.created,
    description: endpoint.description,
    enabled_events: endpoint.enabledEvents,
    livemode: endpoint.livemode,
    metadata: endpoint.metadata,
    status: endpoint.status,
    url: endpoint.url,
  };
  if (secret !== undefined) wire.secret = secret;
  return wire;
}
