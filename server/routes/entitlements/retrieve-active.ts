import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { missing } from '../../http/request';

/**
 * Retrieves an active entitlement. One that has ended is not found.
 *
 * @throws BillingError resource_missing
 */
export const retrieveActiveEntitlement = operation({
  method: 'get',
  path: '/v1/entitlements/active_entitlements/:entitlement',
  summary: 'Retrieve an active entitlement',
  tag: 'Entitlements',
  parameters: parameters({}),
  shows: 'activeEntitlement',
  async handle(request) {
    const { id, active } = await request.find('activeEntitlement', request.pathId('entitlement'));
    return active ? { kind: 'activeEntitlement', key: id } : missing('activeEntitlement', id);
  },
});
