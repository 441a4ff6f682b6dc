import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { missing } from '../../http/request';

/**
 * Retrieves an invoice item.
 *
 * @throws BillingError resource_missing, also for one that was deleted
 */
export const retrieveInvoiceItem = operation({
  method: 'get',
  path: '/v1/invoiceitems/:invoiceitem',
  summary: 'Retrieve an invoice item',
  tag: 'Invoice items',
  parameters: parameters({}),
  shows: 'invoiceItem',
  async handle(request) {
    const { id, deleted } = await request.find('invoiceItem', request.pathId('invoiceitem'));
    return deleted ? missing('invoiceItem', id) : { kind: 'invoiceItem', key: id };
  },
});
