import { markInvoiceUncollectibleUpdate } from '../../../workflows/contract';
import { changeInvoice } from '../../writes/entities';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Gives an invoice up as bad debt; it can still be paid.
 *
 * @throws BillingError resource_missing, invoice_not_payable, lock_timeout
 */
export const markInvoiceUncollectible = operation({
  method: 'post',
  path: '/v1/invoices/:invoice/mark_uncollectible',
  summary: 'Mark an invoice as uncollectible',
  tag: 'Invoices',
  parameters: parameters({}),
  shows: 'invoice',
  through: 'workflow',
  handle: (request) => changeInvoice(request, markInvoiceUncollectibleUpdate),
});
