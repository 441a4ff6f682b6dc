/** Credit notes that were issued while a dispute was open, and given back out of band: if the dispute is lost, the bank gave that back. */
import type { ChangeSet } from '../core/change-set';
import { issuedNotes } from '../line/issued-notes';
import { entryOf } from '../invoice/ledger';
import { negate, sumOf } from '../money/money';
import type { Dispute } from '../rows/dispute';
import { lostApart } from './apart';

/** A note of 1200 during a dispute of 1200 that is lost: 1200 is neither paid out of band nor a loss any more. */
export function matchNotes(changes: ChangeSet, invoiceId: string, dispute: Dispute): void {
  const invoice = changes.rows.get('invoice', invoiceId);
  let left = Math.min(dispute.amount, sumOf(lostApart(changes.rows, invoice).map(({ amount }) => amount)));
  const entry = entryOf(invoice);
  for (const note of issuedNotes(changes.rows, invoiceId).filter(({ created }) => created >= dispute.created)) {
    const amount = Math.min(left, (note.outOfBandAmount ?? 0) - note.disputeAmount);
    if (amount <= 0) continue;
    left -= amount;
    changes.patch('creditNote', note.id, { disputeAmount: note.disputeAmount + amount });
    changes.post('credit_note_disputed', note.id, note.customer, [
      entry('out_of_band_payments', amount),
      entry('dispute_losses', negate(amount)),
    ]);
  }
}
