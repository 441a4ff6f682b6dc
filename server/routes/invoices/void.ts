import { voidInvoiceUpdate } from '../../../workflows/contract';
import { changeInvoice } from '../../writes/entities';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Voids an invoice for good: it was never owed.
 *
 * @throws BillingError resource_missing, invoice_not_payable, payment_attempt_in_progress, lock_timeout
 */
export const voidInvoice = operation({
  method: 'post',
  path: '/v1/invoices/:invoice/void',
  summary: 'Void an invoice',
  tag: 'Invoices',
  parameters: parameters({}),
  shows: 'invoice',
  through: 'workflow',
  handle: (request) => changeInvoice(request, voidInvoiceUpdate),
});
