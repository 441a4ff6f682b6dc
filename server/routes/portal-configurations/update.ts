import { byKey, loadMatching } from '../../../db/matching';
import { updatePortalConfiguration } from '../../../domain/portal/configurations';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { present } from '../../http/request';
import { checkReferences } from '../../writes/references';
import { referencesOf, UNSUPPORTED, updateShape } from './schemas';

/**
 * Changes a portal configuration. Open sessions follow it at once. `products` is the whole list.
 *
 * @throws BillingError resource_missing, parameter_missing, parameter_invalid
 */
export const updatePortalConfigurationOperation = operation({
  method: 'post',
  path: '/v1/billing_portal/configurations/:configuration',
  summary: 'Update a portal configuration',
  tag: 'Customer portal',
  parameters: parameters(updateShape),
  shows: 'portalConfiguration',
  unsupported: UNSUPPORTED,
  async handle(request) {
    const id = request.pathId('configuration');
    const named = await checkReferences(request, referencesOf(request.parameters));
    await request.change({
      step: 'updatePortalConfiguration',
      customer: null,
      subject: id,
      load: async (tx) => {
        const rows = await loadMatching(tx, request.scope, [byKey('portalConfiguration', id)]);
        rows.putAll(named);
        return rows;
      },
      plan: (changes) => {
        present(changes, 'portalConfiguration', id);
        updatePortalConfiguration(changes, id, request.parameters, request.origin);
      },
    });
    return { kind: 'portalConfiguration', key: id };
  },
});
