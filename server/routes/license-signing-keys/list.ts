import { list } from '../../http/list';
import { operation } from '../../http/operation';
import { pagination, parameters } from '../../http/parameters';

/**
 * Lists the keys that sign and have signed licenses, newest first.
 *
 * @throws BillingError resource_missing (the cursor), parameters_exclusive
 */
export const listLicenseSigningKeys = operation({
  method: 'get',
  path: '/v1/license_signing_keys',
  summary: 'List license signing keys',
  tag: 'Licenses',
  own: true,
  parameters: parameters({ ...pagination }),
  shows: 'licenseSigningKey',
  handle: (request) => list(request, 'licenseSigningKey', []),
});
