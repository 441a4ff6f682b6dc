import { z } from 'zod';
import { WORKFLOW_KINDS } from '../../domain/rows/workflow';
import { epoch, integer } from './parts';

/** Dunlin's own: an entity that is held because of a bug in Dunlin. Times are real, not a test clock's. */
export const held = z
  .strictObject({
    id: z.string(),
    object: z.literal('held'),
    commit_key: z.string(),
    created: epoch(),
    customer: z.string().nullable(),
    failed_in_version: z.string(),
    failure: z.strictObject({ message: z.string(), name: z.string(), where: z.string().nullable() }),
    kind: z.enum(WORKFLOW_KINDS),
    livemode: z.boolean(),
    reason: z.enum(['failed', 'refused', 'repeating', 'stuck']),
    released_at: epoch().nullable(),
    retries_at: epoch().nullable(),
    step: z.string(),
    subject: z.string(),
    test_clock: z.string().nullable(),
    times_failed: integer(),
    workflow: z.string(),
  })
  .meta({ id: 'held' });
export type WireHeld = z.output<typeof held>;
