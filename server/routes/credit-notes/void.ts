import { voidCreditNoteUpdate } from '../../../workflows/contract';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { invoiceEntity } from '../../writes/entities';

/**
 * Voids a credit note of an open invoice for good: its amount is due again.
 *
 * @throws BillingError resource_missing, credit_note_not_voidable, payment_attempt_in_progress, lock_timeout
 */
export const voidCreditNote = operation({
  method: 'post',
  path: '/v1/credit_notes/:credit_note/void',
  summary: 'Void a credit note',
  tag: 'Credit notes',
  parameters: parameters({}),
  shows: 'creditNote',
  through: 'workflow',
  async handle(request) {
    const note = await request.find('creditNote', request.pathId('credit_note'));
    const { entity, target } = await invoiceEntity(request, await request.find('invoice', note.invoice));
    await request.changeThroughWorkflow(entity, voidCreditNoteUpdate, target);
    return { kind: 'creditNote', key: note.id };
  },
});
