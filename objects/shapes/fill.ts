/** Dunlin's own: how far the sandbox is filled with a sample company. */
import { z } from 'zod';
import { FILL_STATUSES } from '../../domain/rows/fill';
import { decimal, epoch, integer, listShape } from './parts';

export const fill = z
  .strictObject({
    id: z.string(),
    object: z.literal('test_helpers.fill'),
    created: epoch(),
    customers: integer(),
    ended_at: epoch().nullable(),
    failure: z.string().nullable(),
    livemode: z.boolean(),
    months: integer(),
    progress: z.strictObject({ doing: z.string().nullable(), parts: integer(), parts_left: integer(), percent: decimal() }),
    start: epoch(),
    status: z.enum(FILL_STATUSES),
    test_clock: z.string().nullable(),
  })
  .meta({ id: 'test_helpers.fill' });
export type WireFill = z.output<typeof fill>;
export const fills = listShape(fill);
