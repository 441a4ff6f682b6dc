import { loadWithNamed } from '../../../db/named-facts';
import { deleteInvoiceItem } from '../../../domain/invoice/items';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { present } from '../../http/request';

/**
 * Deletes an invoice item, and its line if it is on a draft.
 *
 * @throws BillingError resource_missing, invoice_not_editable, lock_timeout
 */
export const deleteInvoiceItemOperation = operation({
  method: 'delete',
  path: '/v1/invoiceitems/:invoiceitem',
  summary: 'Delete an invoice item',
  tag: 'Invoice items',
  parameters: parameters({}),
  shows: 'invoiceItem',
  async handle(request) {
    const { id, customer, invoice } = await request.find('invoiceItem', request.pathId('invoiceitem'));
    await request.change({
      step: 'deleteInvoiceItem',
      customer,
      load: (tx) => loadWithNamed(tx, request.scope, { customer, invoice, named: { invoiceItem: [id] } }),
      plan: (changes) => {
        present(changes, 'invoiceItem', id);
        deleteInvoiceItem(changes, id);
      },
    });
    return { kind: 'invoiceItem', key: id };
  },
});
