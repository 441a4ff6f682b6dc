import { z } from 'zod';
import { integer } from './parts';

/** Dunlin's own: a fault that the sandbox will simulate. */
export const sandboxFault = z
  .strictObject({
    object: z.literal('sandbox.fault'),
    count: integer(),
    kind: z.enum(['decline', 'fail_before', 'lose_answer', 'outage']),
    livemode: z.literal(false),
    match: z.string().nullable(),
    processor: z.string().nullable(),
  })
  .meta({ id: 'sandbox.fault' });

/** The sandbox works again. */
export const clearedSandboxFaults = z
  .strictObject({ object: z.literal('sandbox.fault'), deleted: z.literal(true), livemode: z.literal(false) })
  .meta({ id: 'deleted_sandbox.fault' });
