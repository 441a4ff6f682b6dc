import { deleteInvoiceUpdate } from '../../../workflows/contract';
import { changeInvoice } from '../../writes/entities';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Deletes a draft that was made by hand; its items wait for another invoice.
 *
 * @throws BillingError resource_missing, invoice_not_editable, lock_timeout
 */
export const deleteInvoice = operation({
  method: 'delete',
  path: '/v1/invoices/:invoice',
  summary: 'Delete a draft invoice',
  tag: 'Invoices',
  parameters: parameters({}),
  shows: 'invoice',
  through: 'workflow',
  handle: (request) => changeInvoice(request, deleteInvoiceUpdate),
});
