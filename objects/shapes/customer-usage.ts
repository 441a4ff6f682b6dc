import { z } from 'zod';
import { lineRule, ratedTier } from './line-basis';
import { currency, decimal, epoch, integer, minorUnits, period } from './parts';

const part = () => z.strictObject({ amount: minorUnits(), quantity: decimal() });

/** Usage of one price in one span of time. */
const spanUsage = z
  .strictObject({
    amount: minorUnits(),
    beyond: z.literal(true).optional(),
    billed: part(),
    dimension_filters: z.record(z.string(), z.string()),
    events: integer(),
    groups: z
      .array(z.strictObject({ dimensions: z.record(z.string(), z.string().nullable()), events: integer(), quantity: decimal() }))
      .optional(),
    meter: z.string(),
    period: period(),
    price: z.string(),
    product: z.string(),
    quantity: decimal(),
    rule: lineRule(),
    running: z.boolean(),
    subscription_item: z.string(),
    tiers: z.array(ratedTier).optional(),
    unbilled: part(),
  })
  .meta({ id: 'usage_of_span' });
export type WireSpanUsage = z.output<typeof spanUsage>;

const subscriptionUsage = z
  .strictObject({
    advance_amount: minorUnits(),
    currency: currency(),
    current_period_end: epoch(),
    current_period_start: epoch(),
    items: z.array(spanUsage),
    late: z.array(spanUsage),
    maximum_spend: z.strictObject({ amount: minorUnits(), reduction: minorUnits() }).nullable(),
    minimum_commitment: z.strictObject({ amount: minorUnits(), missing: minorUnits() }).nullable(),
    status: z.enum(['active', 'canceled', 'incomplete', 'incomplete_expired', 'past_due', 'paused', 'trialing', 'unpaid']),
    subscription: z.string(),
    total_amount: minorUnits(),
    usage_amount: minorUnits(),
  })
  .meta({ id: 'usage_of_subscription' });
export type WireSubscriptionUsage = z.output<typeof subscriptionUsage>;

/** Dunlin's own: a customer's usage so far and its amount. */
export const customerUsage = z
  .strictObject({
    object: z.literal('customer_usage'),
    as_of: epoch(),
    credits: z.array(z.strictObject({ currency: currency(), left: minorUnits().nullable() })),
    customer: z.string(),
    livemode: z.boolean(),
    subscriptions: z.array(subscriptionUsage),
    unpriced: z.strictObject({
      period: period(),
      usage: z.array(
        z.strictObject({
          cost: decimal().nullable(),
          dimensions: z.record(z.string(), z.string().nullable()),
          events: integer(),
          meter: z.string(),
          quantity: decimal(),
        }),
      ),
    }),
  })
  .meta({ id: 'customer_usage' });
