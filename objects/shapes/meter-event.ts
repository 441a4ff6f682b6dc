/** Usage events and their operations, in Stripe's v1 and v2 APIs. */
import type Stripe from 'stripe';
import { z } from 'zod';
import type { Wire } from '../wire';
import { epoch, instant } from './parts';

export const meterEvent = z
  .strictObject({
    object: z.literal('billing.meter_event'),
    created: epoch(),
    event_name: z.string(),
    identifier: z.string(),
    livemode: z.boolean(),
    payload: z.record(z.string(), z.string()),
    timestamp: epoch(),
  })
  .meta({ id: 'billing.meter_event' }) satisfies z.ZodType<Wire<Stripe.Billing.MeterEvent>>;

export const meterEventAdjustment = z
  .strictObject({
    object: z.literal('billing.meter_event_adjustment'),
    cancel: z.strictObject({ identifier: z.string() }),
    event_name: z.string(),
    livemode: z.boolean(),
    status: z.literal('complete'),
    type: z.literal('cancel'),
  })
  .meta({ id: 'billing.meter_event_adjustment' }) satisfies z.ZodType<Wire<Stripe.Billing.MeterEventAdjustment>>;

export const meterEventSummary = z
  .strictObject({
    id: z.string(),
    object: z.literal('billing.meter_event_summary'),
    aggregated_value: z.number(),
    dimensions: z.record(z.string(), z.string().nullable()).optional(),
    end_time: epoch(),
    livemode: z.boolean(),
    meter: z.string(),
    start_time: epoch(),
  })
  .meta({ id: 'billing.meter_event_summary' }) satisfies z.ZodType<Wire<Stripe.Billing.MeterEventSummary>>;

export const meterEventV2 = meterEvent
  .extend({ object: z.literal('v2.billing.meter_event'), created: instant(), timestamp: instant() })
  .meta({ id: 'v2.billing.meter_event' });

export const meterEventAdjustmentV2 = meterEventAdjustment
  .extend({ id: z.string(), object: z.literal('v2.billing.meter_event_adjustment'), created: instant() })
  .meta({ id: 'v2.billing.meter_event_adjustment' });

export const meterEventSession = z
  .strictObject({
    id: z.string(),
    object: z.literal('v2.billing.meter_event_session'),
    authentication_token: z.string(),
    created: instant(),
    expires_at: instant(),
    livemode: z.boolean(),
  })
  .meta({ id: 'v2.billing.meter_event_session' });

/** The stream's answer: it only means that the events are stored. */
export const meterEventStream = z.strictObject({}).meta({ id: 'v2.billing.meter_event_stream' });
