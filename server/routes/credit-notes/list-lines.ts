import { listLinesOf } from '../../../db/invoice-lines';
import { cursorOf, missingCursor } from '../../http/list';
import { operation } from '../../http/operation';
import { pagination, parameters } from '../../http/parameters';

/**
 * Lists a credit note's lines in the order in which it shows them.
 *
 * @throws BillingError resource_missing, parameters_exclusive for two cursors
 */
export const listCreditNoteLines = operation({
  method: 'get',
  path: '/v1/credit_notes/:credit_note/lines',
  summary: 'List the lines of a credit note',
  tag: 'Credit notes',
  parameters: parameters(pagination),
  shows: 'creditNoteLineItem',
  handle: async (request) => {
    const { limit } = request.parameters;
    const cursor = cursorOf(request.parameters);
    const { id } = await request.find('creditNote', request.pathId('credit_note'));
    const page = await listLinesOf(request.deps.sql, 'creditNote', id, { cursor, limit });
    if (page) return { list: { kind: 'creditNoteLineItem', ...page } };
    return missingCursor('creditNoteLineItem', cursor);
  },
});
