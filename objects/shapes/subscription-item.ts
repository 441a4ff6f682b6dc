import type Stripe from 'stripe';
import { z } from 'zod';
import type { Wire } from '../wire';
import { epoch, integer, metadata } from './parts';
import { plan } from './plan';
import { price } from './price';
import { taxRate } from './tax-rate';

export const subscriptionItem = z
  .strictObject({
    id: z.string(),
    object: z.literal('subscription_item'),
    billing_thresholds: z.strictObject({ usage_gte: integer() }).nullable(),
    created: epoch(),
    current_period_end: epoch(),
    current_period_start: epoch(),
    current_trial: z.null(),
    discounts: z.array(z.string()),
    metadata: metadata(),
    plan,
    price,
    quantity: integer().optional(),
    subscription: z.string(),
    tax_rates: z.array(taxRate),
  })
  .meta({ id: 'subscription_item' }) satisfies z.ZodType<Wire<Stripe.SubscriptionItem>>;
export type WireSubscriptionItem = z.output<typeof subscriptionItem>;
