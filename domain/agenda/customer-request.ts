import type { Rows } from '../rows/rows';
import { agendaItem, ENDED, type EntityState } from '../core/entity-state';

/** A request waits for its deadline, unless somebody answers before. */
export function customerRequestState(rows: Rows, subject: string): EntityState {
  const request = rows.find('customerRequest', subject);
  if (!request) return ENDED('none');
  const { status, dueAt, missedAt } = request;
  if (status !== 'open' || missedAt !== null) return ENDED(status);
  return { status, pendingCall: null, agenda: [agendaItem('missRequest', dueAt)], ended: false };
}
