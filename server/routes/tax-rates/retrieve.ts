import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves a tax rate.
 *
 * @throws BillingError resource_missing
 */
export const retrieveTaxRate = operation({
  method: 'get',
  path: '/v1/tax_rates/:tax_rate',
  summary: 'Retrieve a tax rate',
  tag: 'Tax rates',
  parameters: parameters({}),
  shows: 'taxRate',
  async handle(request) {
    const { id } = await request.find('taxRate', request.pathId('tax_rate'));
    return { kind: 'taxRate', key: id };
  },
});
