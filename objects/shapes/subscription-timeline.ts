import { z } from 'zod';
import { epoch } from './parts';

/** Dunlin's own: a subscription's history and planned future. */
export const subscriptionTimeline = z
  .strictObject({
    object: z.literal('subscription_timeline'),
    done: z.array(
      z.strictObject({
        id: z.string(),
        at: epoch(),
        commit_key: z.string(),
        outcome: z.string().nullable(),
        sentence: z.string(),
        step: z.string(),
        workflow: z.string(),
      }),
    ),
    has_more: z.boolean(),
    livemode: z.boolean(),
    planned: z.array(
      z.strictObject({
        about: z.string().nullable(),
        at: epoch(),
        key: z.string(),
        sentence: z.string(),
        step: z.string(),
        workflow: z.string(),
      }),
    ),
    status: z.enum(['active', 'canceled', 'incomplete', 'incomplete_expired', 'past_due', 'paused', 'trialing', 'unpaid']),
    subscription: z.string(),
  })
  .meta({ id: 'subscription_timeline' });
