import type { Dispute } from '../rows/dispute';
import { isAwaited, isOpen } from '../payment/dispute-closing';
import { endsByItself } from '../payment/dispute-fees';
import { INQUIRY_ENDS_AFTER } from '../payment/dispute-decisions';
import type { Rows } from '../rows/rows';
import { agendaItem, byTime, ENDED, type PendingCall, type EntityState } from '../core/entity-state';
import type { AgendaItem } from '../rows/workflow';

/** A dispute waits until its due date for the account's answer, then for the bank's decision, with which it ends unless the bank corrects it. */
export function disputeState(rows: Rows, subject: string): EntityState {
  const dispute = rows.find('dispute', subject);
  if (!dispute) return ENDED('missing');
  if (!isOpen(dispute) && dispute.decidesAt === null) return ENDED(dispute.status);
  return { status: dispute.status, pendingCall: callFor(rows, dispute), agenda: agendaOf(dispute), ended: false };
}

function agendaOf(dispute: Dispute): AgendaItem[] {
  const { answersAt, created, decidesAt, draftedAt, dueBy, status } = dispute;
  if (decidesAt !== null) return [agendaItem('decideDispute', decidesAt)];
  const expires = (at: number): AgendaItem[] => (endsByItself(dispute) ? [agendaItem('expireDispute', at)] : []);
  if (status === 'warning_under_review') return expires(created + INQUIRY_ENDS_AFTER);
  if (!isAwaited(dispute)) return [];
  return byTime([
    ...(draftedAt === null ? [agendaItem('draftEvidence', created)] : []),
    ...(answersAt === null ? [] : [agendaItem('answerDispute', answersAt)]),
    ...(dueBy === null ? [] : expires(dueBy)),
  ]);
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
