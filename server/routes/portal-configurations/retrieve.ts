import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves a portal configuration.
 *
 * @throws BillingError resource_missing
 */
export const retrievePortalConfiguration = operation({
  method: 'get',
  path: '/v1/billing_portal/configurations/:configuration',
  summary: 'Retrieve a portal configuration',
  tag: 'Customer portal',
  parameters: parameters({}),
  shows: 'portalConfiguration',
  handle: async (request) => {
    const { id } = await request.find('portalConfiguration', request.pathId('configuration'));
    return { kind: 'portalConfiguration', key: id };
  },
});
