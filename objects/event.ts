import type { ApiVersion } from '../domain/rows/api-version';
import type { BillingEvent } from '../domain/rows/event';
import type { WireEvent } from './shapes/event';
import type { WireEventNotification } from './shapes/thin-event';
import { toEventNotification } from './thin-event';
import { inVersion } from './version';

/**
 * The body of a webhook.
 *
 * @param version the release that the endpoint was created with; null: the release in which the event is stored
 */
export function toDelivered(event: BillingEvent, pendingWebhooks: number, version: ApiVersion | null): WireEvent | WireEventNotification {
  if (event.thin) return toEventNotification(event);
  return inVersion(toStripeEvent(event, pendingWebhooks), version ?? event.apiVersion);
}

/** Stripe's event. Its object was rendered when it happened and is never rendered again. */
export function toStripeEvent(event: BillingEvent, pendingWebhooks: number): WireEvent {
  const { object, previousAttributes } = event;
  return {
    id: event.id,
    object: 'event',
    api_version: event.apiVersion,
    created: event.created,
    data: previousAttributes === null ? { object } : { object, previous_attributes: previousAttributes },
    livemode: event.livemode,
    pending_webhooks: pendingWebhooks,
    request: { id: event.request, idempotency_key: event.idempotencyKey },
    type: event.type,
  };
}
