import { z } from 'zod';
import { TASK_STATUSES, TASK_TYPES } from '../../domain/rows/task';
import { epoch } from './parts';

/** Dunlin's own: a decision that a person makes. */
export const task = z
  .strictObject({
    id: z.string(),
    object: z.literal('task'),
    about: z.string(),
    answer: z.string().nullable(),
    answer_by: epoch(),
    answered_at: epoch().nullable(),
    answered_by: z.string().nullable(),
    answers: z.array(z.string()),
    created: epoch(),
    customer: z.string().nullable(),
    default_answer: z.string(),
    livemode: z.boolean(),
    needs: z.string().nullable(),
    note: z.string().nullable(),
    owner: z.string().nullable(),
    status: z.enum(TASK_STATUSES),
    title: z.string(),
    type: z.enum(TASK_TYPES),
  })
  .meta({ id: 'task' });
export type WireTask = z.output<typeof task>;
