import type Stripe from 'stripe';
import { z } from 'zod';
import type { Wire } from '../wire';
import { currency, epoch, integer, minorUnits } from './parts';

const filters = () => z.array(z.strictObject({ customer: z.string(), type: z.literal('customer') })).nullable();

/** Stripe has no alerts by spend. */
export const alert = z
  .strictObject({
    id: z.string(),
    object: z.literal('billing.alert'),
    alert_type: z.enum(['spend_threshold', 'usage_threshold']),
    livemode: z.boolean(),
    spend_threshold: z
      .strictObject({ currency: currency(), filters: filters(), gte: minorUnits(), recurrence: z.literal('billing_period') })
      .nullable(),
    status: z.enum(['active', 'archived', 'inactive']),
    title: z.string(),
    usage_threshold: z
      .strictObject({ filters: filters(), gte: integer(), meter: z.string(), recurrence: z.literal('one_time') })
      .nullable(),
  })
  .meta({ id: 'billing.alert' }) satisfies z.ZodType<Omit<Wire<Stripe.Billing.Alert>, 'alert_type'>>;
export type WireAlert = z.output<typeof alert>;

export const alertTriggered = z
  .strictObject({
    object: z.literal('billing.alert_triggered'),
    alert,
    created: epoch(),
    customer: z.string(),
    livemode: z.boolean(),
    value: z.number(),
  })
  .meta({ id: 'billing.alert_triggered' }) satisfies z.ZodType<Omit<Wire<Stripe.Billing.AlertTriggered>, 'alert'>>;
export type WireAlertTriggered = z.output<typeof alertTriggered>;
