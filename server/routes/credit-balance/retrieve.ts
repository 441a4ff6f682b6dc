import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves a credit balance transaction.
 *
 * @throws BillingError resource_missing
 */
export const retrieveCreditBalanceTransaction = operation({
  method: 'get',
  path: '/v1/billing/credit_balance_transactions/:transaction',
  summary: 'Retrieve a credit balance transaction',
  tag: 'Credits',
  parameters: parameters({}),
  shows: 'creditBalanceTransaction',
  async handle(request) {
    const { id } = await request.find('creditBalanceTransaction', request.pathId('transaction'));
    return { kind: 'creditBalanceTransaction', key: id };
  },
});
