import { toStripeTaxCalculationLine } from '../../../objects/tax-calculation';
import { listShape } from '../../../objects/shapes/parts';
import { taxCalculationLine } from '../../../objects/shapes/tax-calculation';
import { listOf } from '../../../objects/wire';
import { pageOf } from '../../http/list';
import { operation } from '../../http/operation';
import { pagination, parameters } from '../../http/parameters';
import { livingCalculation } from './retrieve';

/**
 * Lists the lines of a tax calculation, in their order.
 *
 * @throws BillingError resource_missing, also for the cursor; parameters_exclusive
 */
export const listTaxCalculationLines = operation({
  method: 'get',
  path: '/v1/tax/calculations/:calculation/line_items',
  summary: "List a tax calculation's lines",
  tag: 'Tax calculations',
  parameters: parameters(pagination),
  answer: listShape(taxCalculationLine),
  async handle(request) {
    const { id, lines, livemode } = await livingCalculation(request, request.pathId('calculation'));
    const { shown, hasMore } = pageOf(lines, request.parameters, 'tax calculation line');
    const data = shown.map((line) => toStripeTaxCalculationLine(line, livemode));
    return { body: listOf(data, `/v1/tax/calculations/${id}/line_items`, hasMore) };
  },
});
