import { equals, list, rangeFilter } from '../../http/list';
import { operation } from '../../http/operation';
import { id, orderedAs, pagination, parameters, range } from '../../http/parameters';

/**
 * Lists credit notes, newest first.
 *
 * @throws BillingError resource_missing (the cursor), parameters_exclusive
 */
export const listCreditNotes = operation({
  method: 'get',
  path: '/v1/credit_notes',
  summary: 'List credit notes',
  tag: 'Credit notes',
  parameters: parameters({
    ...pagination,
    ...orderedAs('credit_notes'),
    created: range().optional(),
    customer: id().optional(),
    invoice: id().optional(),
  }),
  shows: 'creditNote',
  unsupported: ['customer_account'],
  handle(request) {
    const { created, customer, invoice } = request.parameters;
    return list(request, 'creditNote', [rangeFilter('created', created), equals('customer', customer), equals('invoice', invoice)]);
  },
});
