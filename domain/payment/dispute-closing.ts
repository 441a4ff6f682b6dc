/** The end of a dispute or an inquiry, and what is still open. */
import type { ChangeSet } from '../core/change-set';
import { BillingError } from '../core/errors';
import type { Dispute, DisputeStatus } from '../rows/dispute';

const CLOSED: readonly DisputeStatus[] = ['won', 'lost', 'prevented', 'warning_closed'];

export const isOpen = ({ status }: Dispute): boolean => !CLOSED.includes(status);
export const isInquiry = ({ status }: Dispute): boolean => status.startsWith('warning_');
/** Whether the bank waits for the account's answer. */
export const isAwaited = ({ status }: Dispute): boolean => status === 'needs_response' || status === 'warning_needs_response';
/** Whether the bank has taken the money, or keeps it. An inquiry takes none, and a prevented dispute is no chargeback. */
export const takesMoney = ({ status }: Dispute): boolean => status === 'needs_response' || status === 'under_review' || status === 'lost';

/** @throws BillingError dispute_not_editable */
export function refuseUnanswerable(dispute: Dispute): void {
  if (isAwaited(dispute)) return;
  if (!isOpen(dispute)) throw new BillingError('dispute_not_editable', 'This dispute is already closed');
  const message = `This dispute is ${dispute.status.replaceAll('_', ' ')}: it can no longer be answered.`;
  throw new BillingError('dispute_not_editable', message);
}

export function closeAs(changes: ChangeSet, { id }: Dispute, status: DisputeStatus): void {
  changes.patch('dispute', id, {
    status,
    closedAt: changes.now,
    decidesAt: null,
    pendingCall: null,
    isChargeRefundable: status === 'warning_closed' || status === 'won',
  });
  changes.outcome = `${id}: ${status}`;
  changes.emit('charge.dispute.closed', 'dispute', id);
}

/** A full refund of the charge answers its inquiry. After a part of it the bank may still ask for the whole. */
export function closeInquiries(changes: ChangeSet, charge: string): void {
  if (!changes.rows.get('charge', charge).refunded) return;
  for (const dispute of changes.rows.where('dispute', (each) => each.charge === charge && isOpen(each) && isInquiry(each))) {
    closeAs(changes, dispute, 'warning_closed');
    changes.wake('dispute', dispute.id, { customer: dispute.customer });
  }
}
