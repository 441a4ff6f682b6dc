import { byKey, loadMatching } from '../../../db/matching';
import { updatePricingTable } from '../../../domain/checkout/pricing-tables';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { present } from '../../http/request';
import { checkReferences } from '../../writes/references';
import { referencesOf, updateShape } from './schemas';

/**
 * Changes a pricing table. `products` is the whole list. Checkouts that it has opened do not change.
 *
 * @throws BillingError resource_missing, parameter_missing, parameter_invalid
 */
export const updatePricingTableOperation = operation({
  method: 'post',
  path: '/v1/pricing_tables/:pricing_table',
  summary: 'Update a pricing table',
  tag: 'Pricing tables',
  own: true,
  parameters: parameters(updateShape),
  shows: 'pricingTable',
  async handle(request) {
    const id = request.pathId('pricing_table');
    const named = await checkReferences(request, referencesOf(request.parameters));
    await request.change({
      step: 'updatePricingTable',
      customer: null,
      subject: id,
      load: async (tx) => {
        const rows = await loadMatching(tx, request.scope, [byKey('pricingTable', id)]);
        rows.putAll(named);
        return rows;
      },
      plan: (changes) => {
        present(changes, 'pricingTable', id);
        updatePricingTable(changes, id, request.parameters);
      },
    });
    return { kind: 'pricingTable', key: id };
  },
});
