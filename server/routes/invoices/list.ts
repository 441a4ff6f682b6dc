import { contains, equals, list, rangeFilter } from '../../http/list';
import { operation } from '../../http/operation';
import { id, name, oneOf, orderedAs, pagination, parameters, range } from '../../http/parameters';
import { collectionMethod } from '../../schemas/subscription';

const listParameters = parameters({
  ...pagination,
  ...orderedAs('invoices'),
  collection_method: collectionMethod().optional(),
  created: range().optional(),
  customer: id().optional(),
  due_date: range().optional(),
  number: name({ max: 100 }).optional(),
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
      contains('number', params.number),
      equals('status', params.status),
      params.subscription === undefined ? null : { billing: params.subscription },
      rangeFilter('created', params.created),
      rangeFilter('dueDate', params.due_date),
    ]);
  },
});
