import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves a dispute.
 *
 * @throws BillingError resource_missing
 */
export const retrieveDispute = operation({
  method: 'get',
  path: '/v1/disputes/:dispute',
  summary: 'Retrieve a dispute',
  tag: 'Disputes',
  parameters: parameters({}),
  shows: 'dispute',
  async handle(request) {
    const { id } = await request.find('dispute', request.pathId('dispute'));
    return { kind: 'dispute', key: id };
  },
});
