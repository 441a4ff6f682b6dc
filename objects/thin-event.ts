/** Events of Stripe's v2 API: the notification that a webhook carries, and the full event in the API. */
import type { BillingEvent } from '../domain/rows/event';
import { rfc3339 } from '../domain/meter/report';
import type { WireEventNotification, WireV2Event } from './shapes/thin-event';

/** Without data: the receiver fetches the event. */
export function toEventNotification({ id, created, livemode, type, objectId }: BillingEvent): WireEventNotification {
  const related = { id: objectId, type: 'billing.meter' as const, url: `/v1/billing/meters/${objectId}` };
  return {
    ...{ id, object: 'v2.core.event' as const, created: rfc3339(created), livemode, type, reason: null },
    ...(objectId === '' ? {} : { related_object: related }),
  };
}

export function toV2Event(event: BillingEvent): WireV2Event {
  return { ...toEventNotification(event), data: event.object };
}
