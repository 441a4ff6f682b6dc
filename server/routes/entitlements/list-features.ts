import { equals, list } from '../../http/list';
import { operation } from '../../http/operation';
import { boolean, name, pagination, parameters } from '../../http/parameters';

/**
 * Lists features, newest first: active ones, or with `archived=true` the archived ones.
 *
 * @throws BillingError resource_missing (the cursor), parameters_exclusive
 */
export const listEntitlementFeatures = operation({
  method: 'get',
  path: '/v1/entitlements/features',
  summary: 'List features',
  tag: 'Entitlements',
  parameters: parameters({ ...pagination, archived: boolean().default(false), lookup_key: name({ max: 80 }).optional() }),
  shows: 'entitlementFeature',
  handle: (request) =>
    list(request, 'entitlementFeature', [
      equals('active', !request.parameters.archived),
      equals('lookupKey', request.parameters.lookup_key),
    ]),
});
