import { equals, list } from '../../http/list';
import { operation } from '../../http/operation';
import { id, pagination, parameters } from '../../http/parameters';

/**
 * Lists the changes of grants' balances, newest first.
 *
 * @throws BillingError resource_missing (the cursor), parameters_exclusive
 */
export const listCreditBalanceTransactions = operation({
  method: 'get',
  path: '/v1/billing/credit_balance_transactions',
  summary: 'List credit balance transactions',
  tag: 'Credits',
  parameters: parameters({ ...pagination, credit_grant: id().optional(), customer: id().optional() }),
  unsupported: ['customer_account'],
  shows: 'creditBalanceTransaction',
  handle(request) {
    const { credit_grant, customer } = request.parameters;
    return list(request, 'creditBalanceTransaction', [equals('creditGrant', credit_grant), equals('customer', customer)]);
  },
});
