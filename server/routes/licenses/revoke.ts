import { revokeLicense } from '../../../domain/access/activations';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { changeLicense } from './change';

/**
 * Revokes a license for good.
 *
 * @throws BillingError resource_missing, lock_timeout
 */
export const revokeLicenseOperation = operation({
  method: 'post',
  path: '/v1/licenses/:license/revoke',
  summary: 'Revoke a license',
  tag: 'Licenses',
  own: true,
  parameters: parameters({}),
  shows: 'license',
  async handle(request) {
    const license = await request.find('license', request.pathId('license'));
    await changeLicense(request, license, 'revokeLicense', (changes) => {
      revokeLicense(changes, license.id);
    });
    return { kind: 'license', key: license.id };
  },
});
