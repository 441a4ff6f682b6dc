/** Disputes that a real processor's bank has opened: the processor tells how they stand, and Dunlin's books follow. */
import type { ChangeSet } from '../core/change-set';
import type { ToldDispute } from '../rows/processor-event';
import { settleAs } from './dispute-decisions';
import { correctFee } from './dispute-fees';
import { openDispute } from './disputes';

/** Opens the dispute that is told of for the first time, and brings it to how it stands. What is told twice or late changes nothing. */
export function followDisputeAt(changes: ChangeSet, chargeId: string, told: ToldDispute): void {
  const { amountCaptured } = changes.rows.get('charge', chargeId);
  const { reference, status, dueBy, fee, ...of } = told;
  const known = changes.rows.first('dispute', (each) => each.charge === chargeId && each.gatewayReference === reference);
  const amount = Math.min(of.amount, amountCaptured);
  const { id } = known ?? openDispute(changes, chargeId, { ...of, amount, told: { reference, dueBy, fee } });
  settleAs(changes, changes.rows.get('dispute', id), { status, dueBy, fee });
  correctFee(changes, id, fee);
}
