import { planUpdateLines } from '../../../domain/invoice/draft-lines';
import { operation } from '../../http/operation';
import { array, id, metadata, object, parameters } from '../../http/parameters';
import { changeLines, checkLines, inList } from './lines';
import { inLines, lineShape, UNSUPPORTED_OF_LINES } from './schemas';
import { LIMITS } from '../../../domain/core/limits';

const updateLinesParameters = parameters({
  invoice_metadata: metadata().optional(),
  lines: array(object({ ...lineShape, id: id() }), { max: LIMITS.invoiceLines.max }),
});

/**
 * Changes several lines of a draft at once: all of them, or none.
 *
 * @throws BillingError resource_missing, invoice_not_editable, currency_mismatch, parameter_invalid, parameters_exclusive, coupon_expired,
 * lock_timeout
 */
export const updateLines = operation({
  method: 'post',
  path: '/v1/invoices/:invoice/update_lines',
  summary: 'Update lines of a draft invoice',
  tag: 'Invoices',
  parameters: updateLinesParameters,
  shows: 'invoice',
  unsupported: inLines(UNSUPPORTED_OF_LINES),
  handle: async (request) => {
    const { lines, invoice_metadata: notes } = request.parameters;
    await checkLines(request, lines, inList);
    return changeLines(request, 'updateLines', lines, (changes, invoice) => {
      planUpdateLines(changes, invoice, lines, notes);
    });
  },
});
