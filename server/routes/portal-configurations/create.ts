import { createPortalConfiguration } from '../../../domain/portal/configurations';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { checkReferences } from '../../writes/references';
import { createShape, referencesOf, UNSUPPORTED } from './schemas';

/**
 * Makes a configuration: what customers may do on the portal.
 *
 * @throws BillingError resource_missing, parameter_missing, parameter_invalid
 */
export const createPortalConfigurationOperation = operation({
  method: 'post',
  path: '/v1/billing_portal/configurations',
  summary: 'Create a portal configuration',
  tag: 'Customer portal',
  parameters: parameters(createShape),
  shows: 'portalConfiguration',
  unsupported: UNSUPPORTED,
  async handle(request) {
    const rows = await checkReferences(request, referencesOf(request.parameters));
    await request.change({
      step: 'createPortalConfiguration',
      customer: null,
      load: () => Promise.resolve(rows),
      plan: (changes) => {
        createPortalConfiguration(changes, request.parameters, request.origin);
      },
    });
    return { kind: 'portalConfiguration', key: request.newId('bpc') };
  },
});
