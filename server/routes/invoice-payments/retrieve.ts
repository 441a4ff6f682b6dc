import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves an invoice payment.
 *
 * @throws BillingError resource_missing
 */
export const retrieveInvoicePayment = operation({
  method: 'get',
  path: '/v1/invoice_payments/:payment',
  summary: 'Retrieve an invoice payment',
  tag: 'Invoice payments',
  parameters: parameters({}),
  shows: 'invoicePayment',
  handle: async (request) => {
    const { id } = await request.find('invoicePayment', request.pathId('payment'));
    return { kind: 'invoicePayment', key: id };
  },
});
