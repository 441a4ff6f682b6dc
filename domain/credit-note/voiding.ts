import { BillingError } from '../core/errors';
import type { ChangeSet } from '../core/change-set';
import { recordAtProvider } from '../invoice/tax-records';
import { raiseAmountDue } from './amount-due';
import { postVoided } from './ledger';

/**
 * Voids a credit note for good: what it took off the amount due is due again.
 *
 * @throws BillingError credit_note_not_voidable if it is void, or its invoice is not open any more; payment_attempt_in_progress
 */
export function voidCreditNote(changes: ChangeSet, id: string): void {
  const note = changes.rows.get('creditNote', id);
  const invoice = changes.rows.get('invoice', note.invoice);
  if (note.status === 'void') throw new BillingError('credit_note_not_voidable', `Credit note ${id} is void already.`);
  if (invoice.status !== 'open') {
    const message = `You can only void credit notes of open invoices; invoice ${invoice.id} is ${invoice.status}.`;
    throw new BillingError('credit_note_not_voidable', message);
  }
  postVoided(changes, note, invoice);
  recordAtProvider(changes, invoice.id, 'restored', { creditNote: id });
  changes.patch('creditNote', id, { status: 'void', voidedAt: changes.now });
  raiseAmountDue(changes, invoice.id, note.prePaymentAmount);
  changes.emit('credit_note.voided', 'creditNote', id);
  changes.emitUpdated('invoice.updated', 'invoice', invoice.id);
}
