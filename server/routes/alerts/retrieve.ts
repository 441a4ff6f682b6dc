import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves an alert.
 *
 * @throws BillingError resource_missing
 */
export const retrieveAlert = operation({
  method: 'get',
  path: '/v1/billing/alerts/:alert',
  summary: 'Retrieve an alert',
  tag: 'Metering',
  parameters: parameters({}),
  shows: 'alert',
  async handle(request) {
    const { id } = await request.find('alert', request.pathId('alert'));
    return { kind: 'alert', key: id };
  },
});
