import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves a license policy.
 *
 * @throws BillingError resource_missing
 */
export const retrieveLicensePolicy = operation({
  method: 'get',
  path: '/v1/license_policies/:policy',
  summary: 'Retrieve a license policy',
  tag: 'Licenses',
  own: true,
  parameters: parameters({}),
  shows: 'licensePolicy',
  async handle(request) {
    const { id } = await request.find('licensePolicy', request.pathId('policy'));
    return { kind: 'licensePolicy', key: id };
  },
});
