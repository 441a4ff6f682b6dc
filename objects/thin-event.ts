/** Events of Stripe's v2 API: the notification that a webhook carries, and the full event in the API. */
import type { BillingEvent } from '../domain/rows/event';
import { rfc3339 } from '../domain/meter/report';

export interface ThinEvent {
  id: string;
  object: 'v2.core.event';
  created: string;
  livemode: boolean;
  type: string;
  reason: null;
  related_object?: { id: string; type: string; url: string };
}

/** Without data: the receiver fetches the event. */
export function toEventNotification({ id, created, livemode, type, objectId }: BillingEvent): ThinEvent {
  const related = { id: objectId, type: 'billing.meter', url: `/v1/billing/meters/${objectId}` };
  return {
    ...{ id, object: 'v2.core.event' as const, created: rfc3339(created), livemode, type, reason: null },
    ...(objectId === '' ? {} : { related_object: related }),
  };
}

export function toV2Event(event: BillingEvent): ThinEvent & { data: Record<string, unknown> } {
  return { ...toEventNotification(event), data: event.object };
}
