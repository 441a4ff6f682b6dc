/** Events of Stripe's v2 API. */
import { z } from 'zod';
import { instant, integer } from './parts';

/** As it was stored: the shape says what the types do not. */
export interface WireEventNotification {
  id: string;
  object: 'v2.core.event';
  created: string;
  livemode: boolean;
  reason: null;
  related_object?: { id: string; type: 'billing.meter'; url: string };
  type: string;
}
export type WireV2Event = WireEventNotification & { data: Record<string, unknown> };

/** What a webhook carries of one: without its data, which the receiver asks for. */
export const eventNotification = z
  .strictObject({
    id: z.string(),
    object: z.literal('v2.core.event'),
    created: instant(),
    livemode: z.boolean(),
    reason: z.null(),
    related_object: z.strictObject({ id: z.string(), type: z.literal('billing.meter'), url: z.string() }).optional(),
    type: z.enum(['v1.billing.meter.error_report_triggered', 'v1.billing.meter.no_meter_found']),
  })
  .meta({ id: 'v2.core.event_notification' });

const refusedEvents = () =>
  z.strictObject({
    code: z.string(),
    error_count: integer(),
    sample_errors: z.array(z.strictObject({ error_message: z.string(), request: z.strictObject({ identifier: z.string() }) })),
  });

/** An event with its data: the refused events of a meter, and the reasons. */
export const v2Event: z.ZodType<WireV2Event> = eventNotification
  .extend({
    data: z.strictObject({
      developer_message_summary: z.string(),
      reason: z.strictObject({ error_count: integer(), error_types: z.array(refusedEvents()) }),
      validation_end: instant(),
      validation_start: instant(),
    }),
  })
  .meta({ id: 'v2.core.event' });
