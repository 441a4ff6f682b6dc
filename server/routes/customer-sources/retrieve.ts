import { operation, type Operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { pathSource, type Collection } from './paths';

/**
 * Retrieves one of a customer's sources.
 *
 * @throws BillingError resource_missing
 */
export const retrieveSource = (collection: Collection): Operation =>
  operation({
    method: 'get',
    path: `/v1/customers/:customer/${collection}/:id`,
    summary: "Retrieve a customer's source",
    tag: 'Sources',
    parameters: parameters({}),
    shows: 'card',
    async handle(request) {
      const { id } = await pathSource(request);
      return { kind: 'card', key: id };
    },
  });
