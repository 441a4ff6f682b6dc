import { render } from '../../../objects';
import { creditNote as shape, type WireCreditNote } from '../../../objects/shapes/credit-note';
import { linkToOf } from '../../http/dependencies';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { previewed } from './previewed';
import { creditNoteShape, UNSUPPORTED_OF_CREDIT_NOTES } from './schemas';

/**
 * The credit note that the same parameters would create. Its id names nothing, and refunds and balance transactions are shown only if they
 * exist already.
 *
 * @throws BillingError resource_missing, parameter_missing, parameter_invalid, parameters_exclusive, credit_note_exceeds_invoice,
 * payment_attempt_in_progress, charge_already_refunded, charge_disputed, refund_exceeds_charge, amount_too_large, lock_timeout
 */
export const previewCreditNote = operation({
  method: 'get',
  path: '/v1/credit_notes/preview',
  summary: 'Preview a credit note',
  tag: 'Credit notes',
  parameters: parameters(creditNoteShape),
  shows: 'creditNote',
  unsupported: UNSUPPORTED_OF_CREDIT_NOTES,
  answer: shape,
  async handle(request) {
    const { changes, note } = await previewed(request);
    const context = { now: changes.now, linkTo: linkToOf(request.deps) };
    const { refunds, ...body } = render('creditNote', note, changes.rows, context) as unknown as WireCreditNote;
    const existing = refunds.filter(({ refund }) => changes.base.find('refund', refund));
    // A preview is not a document.
    return { body: { ...body, pdf: '', customer_balance_transaction: null, refunds: existing } };
  },
});
