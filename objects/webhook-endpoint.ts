import type { WebhookEndpoint } from '../domain/rows/event';
import type { WireWebhookEndpoint } from './shapes/webhook-endpoint';

/** Stripe's webhook endpoint, without its signing secret: only the answers that make a secret have it. */
export function toStripeWebhookEndpoint(endpoint: WebhookEndpoint): WireWebhookEndpoint {
  return {
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
}
