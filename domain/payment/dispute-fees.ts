/** What a processor takes for a dispute. It may tell that later than the dispute: an estimate is booked until then. */
import type { ChangeSet } from '../core/change-set';
import type { Charge } from '../rows/charge';
import type { Dispute } from '../rows/dispute';
import { bookFeeCorrection, bookWithdrawal, disputeFee } from './balance';

/** A processor's dispute ends when the processor says so; the sandbox's by itself. */
export const endsByItself = ({ id, gatewayReference }: Pick<Dispute, 'gatewayReference' | 'id'>): boolean =>
  gatewayReference === null || gatewayReference === id;

/** Withdraws the disputed amount and the fee. @param of `fee` null: the processor has not told it yet, or it is the sandbox's */
export function withdraw(changes: ChangeSet, dispute: Dispute, of: { charge: Charge; fee: number | null }): void {
  const movement = bookWithdrawal(changes, dispute, of);
  changes.patch('dispute', dispute.id, {
    balanceTransactions: [...dispute.balanceTransactions, movement.id],
    estimatedFee: of.fee === null && !endsByItself(dispute) ? disputeFee(dispute.currency) : null,
  });
}

/** The processor has told its fee: what the estimate was wrong by is booked. */
export function correctFee(changes: ChangeSet, id: string, fee: number | null): void {
  const dispute = changes.rows.get('dispute', id);
  if (dispute.estimatedFee === null || fee === null) return;
  changes.patch('dispute', id, { estimatedFee: null });
  if (fee === dispute.estimatedFee) return;
  const charge = changes.rows.get('charge', dispute.charge);
  const movement = bookFeeCorrection(changes, dispute, { charge, fee: fee - dispute.estimatedFee });
  changes.patch('dispute', id, { balanceTransactions: [...dispute.balanceTransactions, movement.id] });
}
