import { taxReturnCsv } from '../../../objects/tax-return';
import { taxReturn } from '../../../objects/shapes/tax-return';
import { operation } from '../../http/operation';
import { oneOf, parameters } from '../../http/parameters';
import { period, taxReturnOf } from './returns';

/**
 * A tax return: the One-Stop Shop (`oss_union`), Great Britain's nine boxes (`gb_vat`), the states of the US (`us_sales_tax`), the
 * recapitulative statement of sales to businesses in the European Union (`ec_sales_list`), or everything (`summary`). Each line is the sum
 * of ledger entries of the tax accounts.
 *
 * @throws BillingError resource_missing, parameter_invalid, parameter_missing
 */
export const retrieveTaxReturn = operation({
  method: 'get',
  path: '/v1/tax_returns/:form',
  summary: 'Retrieve a tax return',
  tag: 'Tax returns',
  own: true,
  parameters: parameters({ format: oneOf(['json', 'csv']).default('json'), period: period() }),
  answer: taxReturn,
  async handle(request) {
    const body = await taxReturnOf(request);
    return { body: request.parameters.format === 'csv' ? { ...body, csv: taxReturnCsv(body) } : body };
  },
});
