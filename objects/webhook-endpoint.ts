import type { WebhookEndpoint } from '../domain/rows/event';
import type { WireWebhookEndpoint } from './shapes/webhook-endpoint';

/** Stripe's webhook endpoint. Its signing secret is shown only once, in the answer to its creation. */
export function toStripeWebhookEndpoint(endpoint: WebhookEndpoint, secret?: string): WireWebhookEndpoint {
  const wire: WireWebhookEndpoint = {
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
