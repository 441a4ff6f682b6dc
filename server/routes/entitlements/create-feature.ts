import { loadMatching } from '../../../db/matching';
import { createFeature } from '../../../domain/access/features';
import { operation } from '../../http/operation';
import { metadata, name, parameters } from '../../http/parameters';

/**
 * Creates a feature, which products can give access to.
 *
 * @throws BillingError parameter_missing, parameter_invalid, resource_already_exists (the lookup key)
 */
export const createEntitlementFeature = operation({
  method: 'post',
  path: '/v1/entitlements/features',
  summary: 'Create a feature',
  tag: 'Entitlements',
  parameters: parameters({ lookup_key: name({ max: 80 }), metadata: metadata().optional(), name: name({ max: 80 }) }),
  shows: 'entitlementFeature',
  async handle(request) {
    const { lookup_key: key } = request.parameters;
    await request.change({
      step: 'createEntitlementFeature',
      customer: null,
      load: (tx) =>
        loadMatching(tx, request.scope, [
          {
            kind: 'entitlementFeature',
            filters: [
              { column: 'lookupKey', equals: key },
              { column: 'active', equals: true },
            ],
          },
        ]),
      plan: (changes) => {
        createFeature(changes, request.parameters);
      },
    });
    return { kind: 'entitlementFeature', key: request.newId('feat') };
  },
});
