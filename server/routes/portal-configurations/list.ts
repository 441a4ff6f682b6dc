import { equals, list } from '../../http/list';
import { operation } from '../../http/operation';
import { boolean, pagination, parameters } from '../../http/parameters';

/**
 * Lists portal configurations, newest first.
 *
 * @throws BillingError resource_missing for an unknown cursor, parameters_exclusive
 */
export const listPortalConfigurations = operation({
  method: 'get',
  path: '/v1/billing_portal/configurations',
  summary: 'List portal configurations',
  tag: 'Customer portal',
  parameters: parameters({ ...pagination, active: boolean().optional(), is_default: boolean().optional() }),
  shows: 'portalConfiguration',
  handle: (request) => {
    const { active, is_default: isDefault } = request.parameters;
    return list(request, 'portalConfiguration', [equals('active', active), equals('isDefault', isDefault)]);
  },
});
