import { amountInWords } from '../money/currency';
import type { Refund } from '../rows/refund';
import { sendingSuffix } from '../rows/waiting';
import type { Rows } from '../rows/rows';
import { agendaItem, ENDED, type PendingCall, type EntityState } from '../core/entity-state';

/** A refund is sent (or queried, if its answer was lost). Then it waits for the bank, unless that has settled it at once. */
export function refundState(rows: Rows, subject: string): EntityState {
  const refund = rows.find('refund', subject);
  if (!refund) return ENDED('missing');
  const { status, settlesAt, sendsAt } = refund;
  const pendingCall = callFor(rows, refund);
  const agenda = [
    ...(sendsAt === null ? [] : [agendaItem('sendWaitingRefund', sendsAt)]),
    ...(settlesAt === null ? [] : [agendaItem('settleRefund', settlesAt)]),
  ];
  // A pending refund without a date waits for its bank's answer.
  const ended = pendingCall === null && settlesAt === null && status !== 'pending';
  return { status, pendingCall, agenda, ended };
}

function callFor(rows: Rows, refund: Refund): PendingCall | null {
  const { id, pendingCall, charge, amount, currency } = refund;
  if (pendingCall === null || refund.waitingFor !== null) return null;
  const { gateway } = rows.get('charge', charge);
  return {
    activity: pendingCall === 'send' ? 'sendRefund' : 'resolveRefund',
    id,
    gateway,
    step: 'recordRefund',
    commitKey: `${pendingCall}/${id}${sendingSuffix(refund)}`,
    summary: `${pendingCall === 'send' ? 'refund' : 'ask about'} ${amountInWords(amount, currency)} of ${charge}`,
  };
}
