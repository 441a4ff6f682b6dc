import { equals, list, rangeFilter } from '../../http/list';
import { operation } from '../../http/operation';
import { boolean, pagination, parameters, range } from '../../http/parameters';

/**
 * Lists tax rates, newest first.
 *
 * @throws BillingError resource_missing (the cursor), parameters_exclusive
 */
export const listTaxRates = operation({
  method: 'get',
  path: '/v1/tax_rates',
  summary: 'List tax rates',
  tag: 'Tax rates',
  parameters: parameters({ ...pagination, active: boolean().optional(), created: range().optional(), inclusive: boolean().optional() }),
  shows: 'taxRate',
  handle(request) {
    const { active, created, inclusive } = request.parameters;
    return list(request, 'taxRate', [
      equals('active', active),
      rangeFilter('created', created),
      equals('inclusive', inclusive),
      equals('isAutomatic', false),
    ]);
  },
});
