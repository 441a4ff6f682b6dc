import { sendInvoiceUpdate } from '../../../workflows/contract';
import { changeInvoice } from '../../writes/entities';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Finalizes a draft and emits `invoice.sent`.
 *
 * @throws BillingError resource_missing, invoice_not_editable, lock_timeout
 */
export const sendInvoice = operation({
  method: 'post',
  path: '/v1/invoices/:invoice/send',
  summary: 'Send an invoice',
  tag: 'Invoices',
  parameters: parameters({}),
  shows: 'invoice',
  through: 'workflow',
  handle: (request) => changeInvoice(request, sendInvoiceUpdate),
});
