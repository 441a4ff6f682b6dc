import { sendInvoiceUpdate } from '../../../workflows/contract';
import { changeInvoice } from '../../entities';
import { operation } from '../../operation';
import { parameters } from '../../parameters';

/** Finalizes a draft, and says that it was sent. Errors: resource_missing, invoice_not_editable, lock_timeout. */
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
