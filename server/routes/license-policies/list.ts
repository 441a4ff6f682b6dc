import { equals, list } from '../../http/list';
import { operation } from '../../http/operation';
import { boolean, id, pagination, parameters } from '../../http/parameters';

/**
 * Lists license policies, newest first.
 *
 * @throws BillingError resource_missing (the cursor), parameters_exclusive
 */
export const listLicensePolicies = operation({
  method: 'get',
  path: '/v1/license_policies',
  summary: 'List license policies',
  tag: 'Licenses',
  own: true,
  parameters: parameters({ ...pagination, active: boolean().optional(), product: id().optional() }),
  shows: 'licensePolicy',
  handle(request) {
    const { active, product } = request.parameters;
    return list(request, 'licensePolicy', [equals('active', active), equals('product', product)]);
  },
});
