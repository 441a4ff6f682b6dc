import { equals, list, rangeFilter } from '../../http/list';
import { operation } from '../../http/operation';
import { id as idParameter, pagination, parameters, range } from '../../http/parameters';

/**
 * Lists the changes of a customer's balance, newest first.
 *
 * @throws BillingError resource_missing, parameters_exclusive
 */
export const listCustomerBalanceTransactions = operation({
  method: 'get',
  path: '/v1/customers/:customer/balance_transactions',
  summary: "List a customer's balance transactions",
  tag: 'Customers',
  parameters: parameters({ ...pagination, created: range().optional(), invoice: idParameter().optional() }),
  shows: 'customerBalanceTransaction',
  async handle(request) {
    const { id } = await request.find('customer', request.pathId('customer'));
    const { created, invoice } = request.parameters;
    return list(request, 'customerBalanceTransaction', [
      equals('customer', id),
      rangeFilter('created', created),
      equals('invoice', invoice),
    ]);
  },
});
