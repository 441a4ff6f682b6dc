import { operation, type Operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import type { Collection } from './paths';

/**
 * Retrieves a movement of the account's funds.
 *
 * @throws BillingError resource_missing
 */
export const retrieveBalanceTransaction = (collection: Collection): Operation =>
  operation({
    method: 'get',
    path: `/v1/${collection}/:balance_transaction`,
    summary: 'Retrieve a balance transaction',
    tag: 'Balance',
    parameters: parameters({}),
    shows: 'balanceTransaction',
    async handle(request) {
      const { id } = await request.find('balanceTransaction', request.pathId('balance_transaction'));
      return { kind: 'balanceTransaction', key: id };
    },
  });
