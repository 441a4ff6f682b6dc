import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves a charge.
 *
 * @throws BillingError resource_missing
 */
export const retrieveCharge = operation({
  method: 'get',
  path: '/v1/charges/:charge',
  summary: 'Retrieve a charge',
  tag: 'Charges',
  parameters: parameters({}),
  shows: 'charge',
  async handle(request) {
    const { id } = await request.find('charge', request.pathId('charge'));
    return { kind: 'charge', key: id };
  },
});
