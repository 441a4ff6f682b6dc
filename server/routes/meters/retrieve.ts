import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves a meter.
 *
 * @throws BillingError resource_missing
 */
export const retrieveMeter = operation({
  method: 'get',
  path: '/v1/billing/meters/:meter',
  summary: 'Retrieve a meter',
  tag: 'Metering',
  parameters: parameters({}),
  shows: 'meter',
  async handle(request) {
    const { id } = await request.find('meter', request.pathId('meter'));
    return { kind: 'meter', key: id };
  },
});
