import { equals, list } from '../../http/list';
import { operation } from '../../http/operation';
import { boolean, pagination, parameters } from '../../http/parameters';

/**
 * Lists pricing tables, newest first.
 *
 * @throws BillingError resource_missing for an unknown cursor, parameters_exclusive
 */
export const listPricingTables = operation({
  method: 'get',
  path: '/v1/pricing_tables',
  summary: 'List pricing tables',
  tag: 'Pricing tables',
  own: true,
  parameters: parameters({ ...pagination, active: boolean().optional() }),
  shows: 'pricingTable',
  handle: (request) => list(request, 'pricingTable', [equals('active', request.parameters.active)]),
});
