import type Stripe from 'stripe';
import { z } from 'zod';
import type { Wire } from '../wire';
import { epoch } from './parts';
import { subscriptionItem } from './subscription-item';

/** A change that waits for the payment of its invoice, with the items as they would become. */
export const pendingUpdate = z.strictObject({
  billing_cycle_anchor: epoch().nullable(),
  discount: z.null(),
  discounts: z.null(),
  expires_at: epoch(),
  metadata: z.null(),
  subscription_items: z.array(subscriptionItem).nullable(),
  trial_end: epoch().nullable(),
  trial_from_plan: z.null(),
}) satisfies z.ZodType<StripesUpdate>;
type StripesUpdate = Omit<Wire<Stripe.Subscription.PendingUpdate>, 'subscription_items'>;
export type WirePendingUpdate = z.output<typeof pendingUpdate>;
