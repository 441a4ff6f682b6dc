import { equals, list, rangeFilter } from '../../http/list';
import { operation } from '../../http/operation';
import { boolean, id, pagination, parameters, range } from '../../http/parameters';

/**
 * Lists invoice items, newest first.
 *
 * @throws BillingError resource_missing (the cursor), parameters_exclusive
 */
export const listInvoiceItems = operation({
  method: 'get',
  path: '/v1/invoiceitems',
  summary: 'List invoice items',
  tag: 'Invoice items',
  parameters: parameters({
    ...pagination,
    created: range().optional(),
    customer: id().optional(),
    invoice: id().optional(),
    pending: boolean().optional(),
  }),
  shows: 'invoiceItem',
  unsupported: ['customer_account'],
  handle(request) {
    const { created, customer, invoice, pending } = request.parameters;
    return list(request, 'invoiceItem', [
      rangeFilter('created', created),
      equals('customer', customer),
      equals('invoice', invoice),
      pending === undefined ? null : { column: 'invoice', isNull: pending },
    ]);
  },
});
