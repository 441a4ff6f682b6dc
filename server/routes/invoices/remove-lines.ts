import { planRemoveLines } from '../../../domain/invoice/draft-lines';
import { operation } from '../../http/operation';
import { array, id, metadata, object, oneOf, parameters } from '../../http/parameters';
import { changeLines } from './lines';
import { LIMITS } from '../../../domain/core/limits';

export const removeLinesParameters = parameters({
  invoice_metadata: metadata().optional(),
  lines: array(object({ behavior: oneOf(['delete', 'unassign']), id: id() }), { max: LIMITS.invoiceLines.max }),
});

/**
 * Removes lines from a draft; with `unassign` their items wait for another invoice.
 *
 * @throws BillingError resource_missing, invoice_not_editable, parameter_invalid, lock_timeout
 */
export const removeLines = operation({
  method: 'post',
  path: '/v1/invoices/:invoice/remove_lines',
  summary: 'Remove lines of a draft invoice',
  tag: 'Invoices',
  parameters: removeLinesParameters,
  shows: 'invoice',
  handle: (request) => {
    const { lines, invoice_metadata: notes } = request.parameters;
    return changeLines(request, 'removeLines', [], (changes, invoice) => {
      planRemoveLines(changes, invoice, lines, notes);
    });
  },
});
