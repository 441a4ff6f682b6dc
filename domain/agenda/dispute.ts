import type { Dispute } from '../rows/dispute';
import { isOpen } from '../payment/dispute-decisions';
import type { Rows } from '../rows/rows';
import { agendaItem, ENDED, type PendingCall, type EntityState } from '../core/entity-state';
import type { AgendaItem } from '../rows/workflow';

/** A dispute waits until its due date for the account's answer, then for the bank's decision, with which it ends unless the bank corrects it. */
export function disputeState(rows: Rows, subject: string): EntityState {
  const dispute = rows.find('dispute', subject);
  if (!dispute) return ENDED('missing');
  if (!isOpen(dispute) && dispute.decidesAt === null) return ENDED(dispute.status);
  return { status: dispute.status, pendingCall: callFor(rows, dispute), agenda: agendaOf(dispute), ended: false };
}

function agendaOf({ decidesAt, dueBy, status }: Dispute): AgendaItem[] {
  if (decidesAt !== null) return [agendaItem('decideDispute', decidesAt)];
  const isAwaited = status === 'needs_response' || status === 'warning_needs_response';
  return dueBy === null || !isAwaited ? [] : [agendaItem('expireDispute', dueBy)];
}

function callFor(rows: Rows, { id, pendingCall, charge, submissionCount }: Dispute): PendingCall | null {
  if (pendingCall === null) return null;
  const { gateway } = rows.get('charge', charge);
  return pendingCall === 'submit'
    ? {
        activity: 'submitEvidence',
        id,
        gateway,
        step: 'recordSubmission',
        commitKey: `submit/${id}/${String(submissionCount + 1)}`,
        summary: `submit evidence of ${id}`,
      }
    : { activity: 'closeDispute', id, gateway, step: 'recordClosing', commitKey: `close/${id}`, summary: `accept ${id} as lost` };
}
