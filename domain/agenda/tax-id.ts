import type { Rows } from '../rows/rows';
import { agendaItem, ENDED, type EntityState } from '../core/entity-state';

/** The registry of a tax id is asked, and asked again while it does not answer. A deleted tax id is not among the rows. */
export function taxIdState(rows: Rows, subject: string): EntityState {
  const taxId = rows.find('taxId', subject);
  if (!taxId) return ENDED('deleted');
  const { id, registry, checkingSince, nextCheckAt } = taxId;
  const status = taxId.verification ?? 'unavailable';
  const agenda = nextCheckAt === null ? [] : [agendaItem('checkTaxIdAgain', nextCheckAt)];
  if (registry === null || checkingSince === null) return { status, pendingCall: null, agenda, ended: nextCheckAt === null };
  const commitKey = `check/${id}/${String(checkingSince)}`;
  const summary = `ask ${registry} about ${id}`;
  const pendingCall = { activity: 'checkTaxId', id, gateway: registry, step: 'recordTaxIdCheck', commitKey, summary } as const;
  return { status, pendingCall, agenda, ended: false };
}
