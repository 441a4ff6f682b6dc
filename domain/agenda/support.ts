import type { Rows } from '../rows/rows';
import { agendaItem, ENDED, type EntityState } from '../core/entity-state';

/** A message of the customer waits for its answer. Another one, later, starts the workflow again. */
export function supportState(rows: Rows, subject: string): EntityState {
  const ticket = rows.find('supportTicket', subject);
  if (!ticket) return ENDED('none');
  if (ticket.answerBy === null || ticket.missedAt !== null) return ENDED(ticket.status);
  return { status: ticket.status, pendingCall: null, agenda: [agendaItem('missAnswer', ticket.answerBy)], ended: false };
}
