import { byKey, loadMatching } from '../../../db/matching';
import { createLicensePolicy } from '../../../domain/access/license-policies';
import { operation } from '../../http/operation';
import { id, parameters } from '../../http/parameters';
import { present } from '../../http/request';
import { policyTerms } from './schemas';

/**
 * Creates the license policy of a product: each later purchase of it brings a license key.
 *
 * @throws BillingError parameter_missing, parameter_invalid, resource_missing, resource_already_exists
 */
export const createLicensePolicyOperation = operation({
  method: 'post',
  path: '/v1/license_policies',
  summary: 'Create a license policy',
  tag: 'Licenses',
  own: true,
  parameters: parameters({ ...policyTerms, product: id() }),
  shows: 'licensePolicy',
  async handle(request) {
    const { product } = request.parameters;
    await request.change({
      step: 'createLicensePolicy',
      customer: null,
      load: (tx) =>
        loadMatching(tx, request.scope, [
          byKey('product', product),
          { kind: 'licensePolicy', filters: [{ column: 'product', equals: product }] },
        ]),
      plan: (changes) => {
        present(changes, 'product', product, { param: 'product' });
        createLicensePolicy(changes, request.parameters);
      },
    });
    return { kind: 'licensePolicy', key: request.newId('lpol') };
  },
});
