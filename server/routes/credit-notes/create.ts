import { createCreditNoteUpdate } from '../../../workflows/contract';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { invoiceEntity, madeBy } from '../../writes/entities';
import { invoiceNamed } from './invoice-named';
import { creditNoteShape, UNSUPPORTED_OF_CREDIT_NOTES } from './schemas';

/**
 * Takes back a part of a final invoice. It lowers what is due first. The rest gives back what was paid: by a refund, to the customer's
 * balance, or out of band. The customer is mailed, unless `email_type` is `none`.
 *
 * @throws BillingError resource_missing, parameter_missing, parameter_invalid, parameters_exclusive, credit_note_exceeds_invoice,
 * payment_attempt_in_progress, charge_already_refunded, charge_disputed, refund_exceeds_charge, amount_too_large, lock_timeout
 */
export const createCreditNote = operation({
  method: 'post',
  path: '/v1/credit_notes',
  summary: 'Create a credit note',
  tag: 'Credit notes',
  parameters: parameters(creditNoteShape),
  shows: 'creditNote',
  through: 'workflow',
  unsupported: UNSUPPORTED_OF_CREDIT_NOTES,
  async handle(request) {
    const invoice = await invoiceNamed(request);
    const { entity, target } = await invoiceEntity(request, invoice);
    await request.changeThroughWorkflow(entity, createCreditNoteUpdate, target);
    return { kind: 'creditNote', key: madeBy(request, entity, 'cn') };
  },
});
