import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves a pricing table.
 *
 * @throws BillingError resource_missing
 */
export const retrievePricingTable = operation({
  method: 'get',
  path: '/v1/pricing_tables/:pricing_table',
  summary: 'Retrieve a pricing table',
  tag: 'Pricing tables',
  own: true,
  parameters: parameters({}),
  shows: 'pricingTable',
  handle: async (request) => {
    const { id } = await request.find('pricingTable', request.pathId('pricing_table'));
    return { kind: 'pricingTable', key: id };
  },
});
