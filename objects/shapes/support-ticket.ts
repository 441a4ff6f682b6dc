import { z } from 'zod';
import { SUPPORT_ROUTES, TICKET_SOURCES } from '../../domain/rows/support-ticket';
import { epoch, integer, metadata } from './parts';

/** Dunlin's own. */
export const supportTicket = z
  .strictObject({
    id: z.string(),
    object: z.literal('support_ticket'),
    answer_by: epoch().nullable(),
    closed_at: epoch().nullable(),
    created: epoch(),
    customer: z.string().nullable(),
    email: z.string().nullable(),
    first_answer_by: epoch(),
    first_answered_at: epoch().nullable(),
    invoice: z.string().nullable(),
    livemode: z.boolean(),
    metadata: metadata(),
    missed_at: epoch().nullable(),
    owner: z.string().nullable(),
    route: z.enum(SUPPORT_ROUTES),
    source: z.enum(TICKET_SOURCES),
    status: z.enum(['answered', 'closed', 'open']),
    subject: z.string(),
  })
  .meta({ id: 'support_ticket' });
export type WireSupportTicket = z.output<typeof supportTicket>;

/** Dunlin's own. */
export const supportMessage = z
  .strictObject({
    id: z.string(),
    object: z.literal('support_message'),
    author: z.enum(['customer', 'seller']),
    created: epoch(),
    livemode: z.boolean(),
    message: z.string(),
    name: z.string().nullable(),
    ticket: z.string(),
  })
  .meta({ id: 'support_message' });
export type WireSupportMessage = z.output<typeof supportMessage>;

const answerTimes = {
  closed_unanswered: integer(),
  median_first_answer_seconds: integer().nullable(),
  met: integer(),
  missed: integer(),
  tickets: integer(),
  waiting: integer(),
};

export const supportReport = z
  .strictObject({
    object: z.literal('support_report'),
    ...answerTimes,
    from: epoch(),
    livemode: z.boolean(),
    routes: z.array(z.strictObject({ route: z.enum(SUPPORT_ROUTES), ...answerTimes })),
    to: epoch(),
  })
  .meta({ id: 'support_report' });
export type WireSupportReport = z.output<typeof supportReport>;
