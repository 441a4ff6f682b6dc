import { byKey, loadMatching } from '../../../db/matching';
import { updateFeature } from '../../../domain/access/features';
import { operation } from '../../http/operation';
import { boolean, metadata, name, parameters } from '../../http/parameters';
import { present } from '../../http/request';

/**
 * Changes a feature, or archives it with `active=false`. Customers keep what they have. An archived feature cannot be changed any more.
 *
 * @throws BillingError resource_missing, parameter_invalid
 */
export const updateEntitlementFeature = operation({
  method: 'post',
  path: '/v1/entitlements/features/:feature',
  summary: 'Update or archive a feature',
  tag: 'Entitlements',
  parameters: parameters({ active: boolean().optional(), metadata: metadata().optional(), name: name({ max: 80 }).optional() }),
  shows: 'entitlementFeature',
  async handle(request) {
    const id = request.pathId('feature');
    await request.change({
      step: 'updateEntitlementFeature',
      customer: null,
      subject: id,
      load: (tx) => loadMatching(tx, request.scope, [byKey('entitlementFeature', id)]),
      plan: (changes) => {
        present(changes, 'entitlementFeature', id);
        updateFeature(changes, id, request.parameters);
      },
    });
    return { kind: 'entitlementFeature', key: id };
  },
});
