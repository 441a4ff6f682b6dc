import type { Dunning } from '../rows/dunning';
import type { Plan } from '../core/change-set';
import { workflowId } from '../rows/workflow';

/** Ends the recovery of an invoice, if one runs; its workflow is told where it is not the one that commits this. */
export function endDunning(plan: Plan, invoiceId: string, status: Exclude<Dunning['status'], 'running'>): void {
  const dunning = plan.rows.find('dunning', invoiceId);
  if (dunning?.status !== 'running') return;
  plan.put('dunning', { ...dunning, status, nextRetryAt: null, endedAt: plan.now });
  if (plan.context.workflow !== workflowId('dunning', invoiceId)) plan.wake('dunning', invoiceId, dunning);
}
