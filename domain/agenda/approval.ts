import type { Rows } from '../rows/rows';
import { agendaItem, ENDED, type EntityState } from '../core/entity-state';

/** An approval waits for its deadline, unless somebody answers before. */
export function approvalState(rows: Rows, subject: string): EntityState {
  const task = rows.find('task', subject);
  if (!task) return ENDED('none');
  if (task.status !== 'open') return ENDED(task.status);
  return { status: 'open', pendingCall: null, agenda: [agendaItem('missApproval', task.answerBy)], ended: false };
}
