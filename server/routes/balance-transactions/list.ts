import { equals, list, rangeFilter } from '../../http/list';
import { operation, type Operation } from '../../http/operation';
import { currency, id, name, pagination, parameters, range } from '../../http/parameters';
import type { Collection } from './paths';

/**
 * Lists the movements of the account's funds, newest first.
 *
 * @throws BillingError resource_missing (the cursor), parameters_exclusive
 */
export const listBalanceTransactions = (collection: Collection): Operation =>
  operation({
    method: 'get',
    path: `/v1/${collection}`,
    summary: 'List balance transactions',
    tag: 'Balance',
    parameters: parameters({
      ...pagination,
      created: range().optional(),
      currency: currency().optional(),
      source: id().optional(),
      type: name({ max: 100 }).optional(),
    }),
    shows: 'balanceTransaction',
    unsupported: ['payout'],
    handle(request) {
      const { created, currency, source, type } = request.parameters;
      return list(request, 'balanceTransaction', [
        rangeFilter('created', created),
        equals('currency', currency),
        equals('source', source),
        equals('type', type),
      ]);
    },
  });
