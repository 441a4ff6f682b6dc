import { planAddLines } from '../../../domain/invoice/draft-lines';
import { operation } from '../../http/operation';
import { array, id, metadata, object, parameters } from '../../http/parameters';
import { changeLines, checkLines, inList } from './lines';
import { inLines, lineShape, UNSUPPORTED_OF_LINES } from './schemas';
import { LIMITS } from '../../../domain/core/limits';

export const addLinesParameters = parameters({
  invoice_metadata: metadata().optional(),
  lines: array(object({ ...lineShape, invoice_item: id().optional() }), { max: LIMITS.invoiceLines.max }),
});

/**
 * Adds lines to a draft: amounts, prices times quantities, or pending items.
 *
 * @throws BillingError resource_missing, invoice_not_editable, too_many_items, currency_mismatch, parameter_missing, parameters_exclusive,
 * coupon_expired, lock_timeout
 */
export const addLines = operation({
  method: 'post',
  path: '/v1/invoices/:invoice/add_lines',
  summary: 'Add lines to a draft invoice',
  tag: 'Invoices',
  parameters: addLinesParameters,
  shows: 'invoice',
  unsupported: inLines(UNSUPPORTED_OF_LINES),
  handle: async (request) => {
    const { lines, invoice_metadata: notes } = request.parameters;
    await checkLines(request, lines, inList);
    return changeLines(request, 'addLines', lines, (changes, invoice) => {
      planAddLines(changes, invoice, lines, notes);
    });
  },
});
