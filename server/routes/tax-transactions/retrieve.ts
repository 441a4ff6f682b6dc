import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves a tax transaction or a reversal.
 *
 * @throws BillingError resource_missing
 */
export const retrieveTaxTransaction = operation({
  method: 'get',
  path: '/v1/tax/transactions/:transaction',
  summary: 'Retrieve a tax transaction',
  tag: 'Tax transactions',
  parameters: parameters({}),
  shows: 'taxTransaction',
  async handle(request) {
    const { id } = await request.find('taxTransaction', request.pathId('transaction'));
    return { kind: 'taxTransaction', key: id };
  },
});
