import { cancelTask } from '../recovery/tasks';
import type { Dunning } from '../rows/dunning';
import type { ChangeSet } from '../core/change-set';
import { workflowId } from '../rows/workflow';

/** Ends the dunning of an invoice, if one runs, and wakes its workflow unless that workflow runs this commit. */
export function endDunning(changes: ChangeSet, invoiceId: string, status: Exclude<Dunning['status'], 'running'>): void {
  const dunning = changes.rows.find('dunning', invoiceId);
  if (dunning?.status !== 'running') return;
  const cause = status === 'recovered' ? causeOf(changes, dunning) : {};
  cancelTask(changes, dunning.task);
  changes.put('dunning', { ...dunning, ...cause, status, dueAt: null, nextRetryAt: null, endedAt: changes.now });
  if (changes.context.workflow !== workflowId('dunning', invoiceId)) changes.wake('dunning', invoiceId, dunning);
}

/** What has paid the invoice in this commit. Only the recovery's own charges are its work. */
function causeOf({ base, rows }: ChangeSet, { invoice, triedStep }: Dunning): Pick<Dunning, 'recoveredBy' | 'recoveredStep'> {
  const own = rows.where('paymentAttempt', (each) => each.invoice === invoice && each.workflow === workflowId('dunning', invoice));
  const isPaidByIt = own.some(({ id, status }) => status === 'succeeded' && base.find('paymentAttempt', id)?.status !== 'succeeded');
  if (!isPaidByIt) return { recoveredBy: 'payment', recoveredStep: null };
  return { recoveredBy: triedStep === null ? 'new_card' : 'retry', recoveredStep: triedStep };
}
