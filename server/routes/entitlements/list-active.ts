import { equals, list } from '../../http/list';
import { operation } from '../../http/operation';
import { id, pagination, parameters } from '../../http/parameters';

/**
 * Lists what a customer has access to.
 *
 * @throws BillingError parameter_missing, resource_missing (the customer or the cursor), parameters_exclusive
 */
export const listActiveEntitlements = operation({
  method: 'get',
  path: '/v1/entitlements/active_entitlements',
  summary: "List a customer's active entitlements",
  tag: 'Entitlements',
  parameters: parameters({ ...pagination, customer: id() }),
  shows: 'activeEntitlement',
  async handle(request) {
    const { id: customer } = await request.find('customer', request.parameters.customer, 'customer');
    return list(request, 'activeEntitlement', [equals('customer', customer), equals('active', true)]);
  },
});
