import { createTaxRate } from '../../../domain/customer/tax-rate-changes';
import { operation } from '../../http/operation';
import { boolean, decimal, name, parameters } from '../../http/parameters';
import { taxRateDetails } from './parameters';

/**
 * Creates a tax rate.
 *
 * @throws BillingError parameter_missing, parameter_invalid
 */
export const createTaxRateOperation = operation({
  method: 'post',
  path: '/v1/tax_rates',
  summary: 'Create a tax rate',
  tag: 'Tax rates',
  parameters: parameters({
    ...taxRateDetails,
    display_name: name({ max: 50 }),
    inclusive: boolean(),
    percentage: decimal({ decimals: 4, min: 0, max: 100 }),
  }),
  shows: 'taxRate',
  async handle(request) {
    const given = request.parameters;
    await request.change({
      step: 'createTaxRate',
      customer: null,
      plan: (changes) => {
        createTaxRate(changes, {
          active: given.active ?? true,
          displayName: given.display_name,
          percentage: given.percentage,
          inclusive: given.inclusive,
          country: given.country ?? null,
          state: given.state ?? null,
          jurisdiction: given.jurisdiction ?? null,
          description: given.description ?? null,
          taxType: given.tax_type ?? null,
          metadata: given.metadata,
        });
      },
    });
    return { kind: 'taxRate', key: request.newId('txr') };
  },
});
