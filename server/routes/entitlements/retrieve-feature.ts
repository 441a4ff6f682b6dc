import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves a feature.
 *
 * @throws BillingError resource_missing
 */
export const retrieveEntitlementFeature = operation({
  method: 'get',
  path: '/v1/entitlements/features/:feature',
  summary: 'Retrieve a feature',
  tag: 'Entitlements',
  parameters: parameters({}),
  shows: 'entitlementFeature',
  async handle(request) {
    const { id } = await request.find('entitlementFeature', request.pathId('feature'));
    return { kind: 'entitlementFeature', key: id };
  },
});
