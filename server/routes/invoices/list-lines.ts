import { listLinesOf } from '../../../db/invoice-lines';
import { findInvoice } from '../../writes/entities';
import { cursorOf, missingCursor } from '../../http/list';
import { operation } from '../../http/operation';
import { pagination, parameters } from '../../http/parameters';

/**
 * Lists an invoice's lines in the order in which the invoice shows them.
 *
 * @throws BillingError resource_missing, parameters_exclusive for two cursors
 */
export const listLines = operation({
  method: 'get',
  path: '/v1/invoices/:invoice/lines',
  summary: 'List the lines of an invoice',
  tag: 'Invoices',
  parameters: parameters(pagination),
  shows: 'invoiceLineItem',
  handle: async (request) => {
    const { limit } = request.parameters;
    const cursor = cursorOf(request.parameters);
    const { id } = await findInvoice(request);
    const page = await listLinesOf(request.deps.sql, 'invoice', id, { cursor, limit });
    if (page) return { list: { kind: 'invoiceLineItem', ...page } };
    return missingCursor('invoiceLineItem', cursor);
  },
});
