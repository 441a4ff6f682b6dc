import { planUpdateLine } from '../../../domain/invoice/draft-lines';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { changeLines, checkLines } from './lines';
import { lineShape, UNSUPPORTED_OF_LINES } from './schemas';

const updateLineParameters = parameters(lineShape);

/**
 * Changes one line of a draft, and returns the line.
 *
 * @throws BillingError resource_missing, invoice_not_editable, currency_mismatch, parameter_invalid, parameters_exclusive, coupon_expired,
 * lock_timeout
 */
export const updateLine = operation({
  method: 'post',
  path: '/v1/invoices/:invoice/lines/:line',
  summary: 'Update a line of a draft invoice',
  tag: 'Invoices',
  parameters: updateLineParameters,
  shows: 'invoiceLineItem',
  unsupported: UNSUPPORTED_OF_LINES,
  handle: async (request) => {
    const line = { ...request.parameters, id: request.pathId('line') };
    await checkLines(request, [line], (_index, field) => field);
    await changeLines(request, 'updateLine', [line], (changes, invoice) => {
      planUpdateLine(changes, invoice, line);
    });
    return { kind: 'invoiceLineItem', key: line.id };
  },
});
