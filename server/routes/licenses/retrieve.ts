import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves a license.
 *
 * @throws BillingError resource_missing
 */
export const retrieveLicense = operation({
  method: 'get',
  path: '/v1/licenses/:license',
  summary: 'Retrieve a license',
  tag: 'Licenses',
  own: true,
  parameters: parameters({}),
  shows: 'license',
  async handle(request) {
    const { id } = await request.find('license', request.pathId('license'));
    return { kind: 'license', key: id };
  },
});
