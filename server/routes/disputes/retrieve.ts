import { operation, type Operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { pathDispute, type DisputePath } from './paths';

/**
 * Retrieves a dispute.
 *
 * @throws BillingError resource_missing
 */
export const retrieveDispute = (path: DisputePath): Operation =>
  operation({
    method: 'get',
    path,
    summary: 'Retrieve a dispute',
    tag: 'Disputes',
    parameters: parameters({}),
    shows: 'dispute',
    async handle(request) {
      const { id } = await pathDispute(request);
      return { kind: 'dispute', key: id };
    },
  });
