import { findInvoice } from '../../writes/entities';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves an invoice.
 *
 * @throws BillingError resource_missing
 */
export const retrieveInvoice = operation({
  method: 'get',
  path: '/v1/invoices/:invoice',
  summary: 'Retrieve an invoice',
  tag: 'Invoices',
  parameters: parameters({}),
  shows: 'invoice',
  handle: async (request) => {
    const { id } = await findInvoice(request);
    return { kind: 'invoice', key: id };
  },
});
