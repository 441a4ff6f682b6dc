import type { CustomerBalanceTransaction } from '../../../domain/rows/customer';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { missing, type ApiRequest } from '../../http/request';

/**
 * Retrieves one change of a customer's balance.
 *
 * @throws BillingError resource_missing
 */
export const retrieveCustomerBalanceTransaction = operation({
  method: 'get',
  path: '/v1/customers/:customer/balance_transactions/:transaction',
  summary: "Retrieve a customer's balance transaction",
  tag: 'Customers',
  parameters: parameters({}),
  shows: 'customerBalanceTransaction',
  async handle(request) {
    const { id } = await findBalanceTransaction(request);
    return { kind: 'customerBalanceTransaction', key: id };
  },
});

/** The transaction in the path, which must belong to the customer in the path. */
export async function findBalanceTransaction(request: ApiRequest<unknown>): Promise<CustomerBalanceTransaction> {
  const id = request.pathId('transaction');
  const transaction = await request.find('customerBalanceTransaction', id);
  return transaction.customer === request.pathId('customer') ? transaction : missing('customerBalanceTransaction', id);
}
