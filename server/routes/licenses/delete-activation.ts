import { deactivate } from '../../../domain/access/activations';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { missing } from '../../http/request';
import { changeLicense } from './change';

/**
 * Deactivates a machine, so that another one can use the license. The machine may run until its certificate ends.
 *
 * @throws BillingError resource_missing, lock_timeout
 */
export const deleteLicenseActivation = operation({
  method: 'delete',
  path: '/v1/licenses/:license/activations/:activation',
  summary: 'Deactivate a machine',
  tag: 'Licenses',
  own: true,
  parameters: parameters({}),
  shows: 'licenseActivation',
  async handle(request) {
    const license = await request.find('license', request.pathId('license'));
    const id = request.pathId('activation');
    const activation = await request.find('licenseActivation', id);
    if (activation.license !== license.id || activation.deleted) return missing('licenseActivation', id);
    await changeLicense(request, license, 'deleteLicenseActivation', (changes) => {
      deactivate(changes, id);
    });
    return { kind: 'licenseActivation', key: id };
  },
});
