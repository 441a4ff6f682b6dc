import { finalizeInvoiceUpdate } from '../../../workflows/contract';
import { changeInvoice } from '../../writes/entities';
import { operation } from '../../http/operation';
import { boolean, parameters } from '../../http/parameters';

/**
 * Finalizes a draft: it gets its number and its payment.
 *
 * @throws BillingError resource_missing, invoice_already_finalized, lock_timeout
 */
export const finalizeInvoice = operation({
  method: 'post',
  path: '/v1/invoices/:invoice/finalize',
  summary: 'Finalize an invoice',
  tag: 'Invoices',
  parameters: parameters({ auto_advance: boolean().optional() }),
  shows: 'invoice',
  through: 'workflow',
  handle: (request) => changeInvoice(request, finalizeInvoiceUpdate),
});
