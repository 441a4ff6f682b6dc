import { render } from '../../../objects';
import { creditNoteLineItem, type WireCreditNoteLineItem } from '../../../objects/shapes/credit-note-line-item';
import { listShape } from '../../../objects/shapes/parts';
import { listOf } from '../../../objects/wire';
import { pageOf } from '../../http/list';
import { linkToOf } from '../../http/dependencies';
import { operation } from '../../http/operation';
import { pagination, parameters } from '../../http/parameters';
import { previewed } from './previewed';
import { creditNoteShape, UNSUPPORTED_OF_CREDIT_NOTES } from './schemas';

/**
 * The lines of the credit note that the same parameters would create.
 *
 * @throws BillingError as previewing the note does
 */
export const previewCreditNoteLines = operation({
  method: 'get',
  path: '/v1/credit_notes/preview/lines',
  summary: 'Preview the lines of a credit note',
  tag: 'Credit notes',
  parameters: parameters({ ...creditNoteShape, ...pagination }),
  shows: 'creditNoteLineItem',
  unsupported: UNSUPPORTED_OF_CREDIT_NOTES,
  answer: listShape(creditNoteLineItem),
  async handle(request) {
    const { changes, note } = await previewed(request);
    const context = { now: changes.now, linkTo: linkToOf(request.deps) };
    const lines = changes.rows.where('creditNoteLineItem', (line) => line.creditNote === note && line.type !== 'shipping_cost');
    const { shown, hasMore } = pageOf(lines, request.parameters, 'line item');
    const data = shown.map(({ id }) => render('creditNoteLineItem', id, changes.rows, context) as unknown as WireCreditNoteLineItem);
    return { body: listOf(data, '/v1/credit_notes/preview/lines', hasMore) };
  },
});
