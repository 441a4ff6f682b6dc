import { equals, list, rangeFilter } from '../../http/list';
import { operation } from '../../http/operation';
import { id, oneOf, pagination, parameters, range } from '../../http/parameters';
import { collectionMethod } from '../../schemas/subscription';

const listParameters = parameters({
  ...pagination,
  collection_method: collectionMethod().optional(),
  created: range().optional(),
  customer: id().optional(),
  due_date: range().optional(),
  status: oneOf(['draft', 'open', 'paid', 'uncollectible', 'void']).optional(),
  subscription: id().optional(),
});

/**
 * Lists invoices, newest first.
 *
 * @throws BillingError resource_missing for an unknown cursor, parameters_exclusive for two
 */
export const listInvoices = operation({
  method: 'get',
  path: '/v1/invoices',
  summary: 'List invoices',
  tag: 'Invoices',
  parameters: listParameters,
  shows: 'invoice',
  unsupported: ['customer_account'],
  handle: (request) => {
    const params = request.parameters;
    return list(request, 'invoice', [
      equals('collectionMethod', params.collection_method),
      equals('customer', params.customer),
      equals('status', params.status),
      params.subscription === undefined ? null : { billing: params.subscription },
      rangeFilter('created', params.created),
      rangeFilter('dueDate', params.due_date),
    ]);
  },
});
