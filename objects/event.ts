import type Stripe from 'stripe';
import type { BillingEvent } from '../domain/event';
import { toEventNotification, type ThinEvent } from './thin-event';
import type { Wire } from './wire';

type Unchanging = Omit<Stripe.EventBase, 'type' | 'data' | 'account' | 'context' | 'reason'>;
export type WireEvent = Wire<Unchanging> & {
  type: string;
  data: { object: Record<string, unknown>; previous_attributes?: Record<string, unknown> };
};

/** What a webhook carries of an event. */
export function toDelivered(event: BillingEvent, pendingWebhooks: number): WireEvent | ThinEvent {
  return event.thin ? toEventNotification(event) : toStripeEvent(event, pendingWebhooks);
}

/** Stripe's event. What it carries was rendered when it happened and is never rendered again. */
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
