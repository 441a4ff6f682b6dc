import type { Dunning } from '../rows/dunning';
import type { ChangeSet } from '../core/change-set';
import { workflowId } from '../rows/workflow';

/** Ends the dunning of an invoice, if one runs, and wakes its workflow unless that workflow runs this commit. */
export function endDunning(changes: ChangeSet, invoiceId: string, status: Exclude<Dunning['status'], 'running'>): void {
  const dunning = changes.rows.find('dunning', invoiceId);
  if (dunning?.status !== 'running') return;
  changes.put('dunning', { ...dunning, status, dueAt: null, nextRetryAt: null, endedAt: changes.now });
  if (changes.context.workflow !== workflowId('dunning', invoiceId)) changes.wake('dunning', invoiceId, dunning);
}
