import { equals, list } from '../../http/list';
import { operation, type Operation } from '../../http/operation';
import { oneOf, pagination, parameters } from '../../http/parameters';
import type { Collection } from './paths';

/**
 * Lists a customer's card sources, newest first.
 *
 * @throws BillingError resource_missing, parameters_exclusive
 */
export const listSources = (collection: Collection): Operation =>
  operation({
    method: 'get',
    path: `/v1/customers/:customer/${collection}`,
    summary: "List a customer's sources",
    tag: 'Sources',
    parameters: parameters({ ...pagination, object: oneOf(['bank_account', 'card']).optional() }),
    shows: 'card',
    async handle(request) {
      const { id } = await request.find('customer', request.pathId('customer'));
      // Customers have no bank accounts in Dunlin.
      if (request.parameters.object === 'bank_account') return { list: { kind: 'card', keys: [], hasMore: false } };
      return list(request, 'card', [equals('customer', id), equals('isSource', true)]);
    },
  });
