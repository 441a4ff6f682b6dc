import { z } from 'zod';
import { epoch, integer, listShape } from './parts';

/** Dunlin's own: a processor of this installation, for the account and mode of the key. `all` stands for all of them. `events.missed`: no webhook has brought them. */
export const processor = z
  .strictObject({
    object: z.literal('processor'),
    charges_per_second: integer(),
    events: z.strictObject({ error: z.string().nullable(), missed: integer(), read_at: epoch().nullable() }),
    failures: integer(),
    livemode: z.boolean(),
    name: z.string(),
    paused_at: epoch().nullable(),
    paused_by: z.enum(['failures', 'operator']).nullable(),
    reason: z.string().nullable(),
    status: z.enum(['paused', 'running']),
    waiting: z.strictObject({ captures: integer(), charges: integer(), refunds: integer(), since: epoch().nullable() }),
  })
  .meta({ id: 'processor' });
export type WireProcessor = z.output<typeof processor>;

export const processors = listShape(processor);

/** Who has paused or resumed a processor. `api_key` is null where Dunlin did it. */
const operatorAction = z
  .strictObject({
    id: z.string(),
    object: z.literal('operator_action'),
    action: z.enum(['pause', 'resume']),
    api_key: z.string().nullable(),
    charges_per_second: integer().nullable(),
    created: epoch(),
    livemode: z.boolean(),
    processor: z.string(),
    reason: z.string().nullable(),
  })
  .meta({ id: 'operator_action' });

export const operatorActions = listShape(operatorAction);
