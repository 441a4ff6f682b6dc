import { equals, list } from '../../http/list';
import { operation } from '../../http/operation';
import { pagination, parameters } from '../../http/parameters';

/**
 * Lists the machines that use a license, newest first.
 *
 * @throws BillingError resource_missing, parameters_exclusive
 */
export const listLicenseActivations = operation({
  method: 'get',
  path: '/v1/licenses/:license/activations',
  summary: 'List the activations of a license',
  tag: 'Licenses',
  own: true,
  parameters: parameters({ ...pagination }),
  shows: 'licenseActivation',
  async handle(request) {
    const { id } = await request.find('license', request.pathId('license'));
    return list(request, 'licenseActivation', [equals('license', id)]);
  },
});
