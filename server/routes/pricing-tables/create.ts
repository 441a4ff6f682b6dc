import { createPricingTable } from '../../../domain/checkout/pricing-tables';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { checkReferences } from '../../writes/references';
import { createShape, referencesOf } from './schemas';

/**
 * Makes a page that shows products with their features and prices, and opens a checkout for the one that a visitor chooses.
 *
 * @throws BillingError resource_missing, parameter_missing, parameter_invalid
 */
export const createPricingTableOperation = operation({
  method: 'post',
  path: '/v1/pricing_tables',
  summary: 'Create a pricing table',
  tag: 'Pricing tables',
  own: true,
  parameters: parameters(createShape),
  shows: 'pricingTable',
  async handle(request) {
    const rows = await checkReferences(request, referencesOf(request.parameters));
    await request.change({
      step: 'createPricingTable',
      customer: null,
      load: () => Promise.resolve(rows),
      plan: (changes) => {
        createPricingTable(changes, request.parameters, request.origin);
      },
    });
    return { kind: 'pricingTable', key: request.newId('ptbl') };
  },
});
