import type Stripe from 'stripe';
import { z } from 'zod';
import type { Wire } from '../wire';
import { epoch } from './parts';

export const testClock = z
  .strictObject({
    id: z.string(),
    object: z.literal('test_helpers.test_clock'),
    created: epoch(),
    deletes_after: epoch(),
    frozen_time: epoch(),
    held: z.array(z.string()),
    livemode: z.boolean(),
    name: z.string().nullable(),
    status: z.enum(['advancing', 'internal_failure', 'ready']),
    status_details: z.strictObject({
      advancing: z
        .strictObject({
          progress: z.number().min(0).max(1),
          started_frozen_time: epoch(),
          target_frozen_time: epoch(),
          waiting_for: z.array(z.string()),
        })
        .optional(),
      internal_failure: z.strictObject({ reason: z.string() }).optional(),
    }),
  })
  .meta({ id: 'test_helpers.test_clock' }) satisfies z.ZodType<Wire<Stripe.TestHelpers.TestClock>>;
export type WireTestClock = z.output<typeof testClock>;
