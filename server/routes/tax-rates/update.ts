import { byKey, loadMatching } from '../../../db/matching';
import { omitUndefined } from '../../../domain/core/omit-undefined';
import { updateTaxRate } from '../../../domain/customer/tax-rate-changes';
import { operation } from '../../http/operation';
import { name, parameters } from '../../http/parameters';
import { present } from '../../http/request';
import { taxRateDetails } from './parameters';

/**
 * Changes a tax rate's name and whether it is active; its percentage never changes.
 *
 * @throws BillingError resource_missing
 */
export const updateTaxRateOperation = operation({
  method: 'post',
  path: '/v1/tax_rates/:tax_rate',
  summary: 'Update a tax rate',
  tag: 'Tax rates',
  parameters: parameters({ ...taxRateDetails, display_name: name({ max: 50 }).optional() }),
  shows: 'taxRate',
  async handle(request) {
    const id = request.pathId('tax_rate');
    const { active, country, description, display_name, jurisdiction, metadata, state, tax_type } = request.parameters;
    const change = omitUndefined({ active, country, description, displayName: display_name, jurisdiction, state, taxType: tax_type });
    await request.change({
      step: 'updateTaxRate',
      customer: null,
      subject: id,
      load: (tx) => loadMatching(tx, request.scope, [byKey('taxRate', id)]),
      plan: (changes) => {
        present(changes, 'taxRate', id);
        updateTaxRate(changes, id, { ...change, metadata });
      },
    });
    return { kind: 'taxRate', key: id };
  },
});
