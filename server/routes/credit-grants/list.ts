import { equals, list } from '../../http/list';
import { operation } from '../../http/operation';
import { id, pagination, parameters } from '../../http/parameters';

/**
 * Lists credit grants, newest first, including ended ones.
 *
 * @throws BillingError resource_missing (the cursor), parameters_exclusive
 */
export const listCreditGrants = operation({
  method: 'get',
  path: '/v1/billing/credit_grants',
  summary: 'List credit grants',
  tag: 'Credits',
  parameters: parameters({ ...pagination, customer: id().optional() }),
  unsupported: ['customer_account'],
  shows: 'creditGrant',
  handle: (request) => list(request, 'creditGrant', [equals('customer', request.parameters.customer)]),
});
