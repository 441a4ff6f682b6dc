import { loadMatching } from '../../../db/matching';
import { updateLicensePolicy } from '../../../domain/access/license-policies';
import { operation } from '../../http/operation';
import { boolean, parameters } from '../../http/parameters';
import { policyTerms } from './schemas';

/**
 * Changes a license policy, or ends it with `active=false`. Limits and durations hold for later purchases.
 *
 * @throws BillingError resource_missing, parameter_invalid, resource_already_exists
 */
export const updateLicensePolicyOperation = operation({
  method: 'post',
  path: '/v1/license_policies/:policy',
  summary: 'Update a license policy',
  tag: 'Licenses',
  own: true,
  parameters: parameters({ ...policyTerms, active: boolean().optional() }),
  shows: 'licensePolicy',
  async handle(request) {
    const { id, product } = await request.find('licensePolicy', request.pathId('policy'));
    await request.change({
      step: 'updateLicensePolicy',
      customer: null,
      subject: product,
      load: (tx) => loadMatching(tx, request.scope, [{ kind: 'licensePolicy', filters: [{ column: 'product', equals: product }] }]),
      plan: (changes) => {
        updateLicensePolicy(changes, id, request.parameters);
      },
    });
    return { kind: 'licensePolicy', key: id };
  },
});
