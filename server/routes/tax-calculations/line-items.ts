import { BillingError } from '../../../domain/core/errors';
import type { CalculatedTaxLine } from '../../../domain/rows/requested-tax-calculation';
import { toStripeTaxCalculationLine } from '../../../objects/tax-calculation';
import { listShape } from '../../../objects/shapes/parts';
import { taxCalculationLine } from '../../../objects/shapes/tax-calculation';
import { listOf } from '../../../objects/wire';
import { cursorOf, type Pagination } from '../../http/list';
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
    const { shown, hasMore } = pageOf(lines, request.parameters);
    const data = shown.map((line) => toStripeTaxCalculationLine(line, livemode));
    return { body: listOf(data, `/v1/tax/calculations/${id}/line_items`, hasMore) };
  },
});

function pageOf(lines: CalculatedTaxLine[], page: Pagination): { shown: CalculatedTaxLine[]; hasMore: boolean } {
  const cursor = cursorOf(page);
  const at = lines.findIndex(({ id }) => id === cursor?.id);
  const isBefore = cursor?.direction === 'before';
  if (cursor !== null && at < 0) {
    const param = isBefore ? 'ending_before' : 'starting_after';
    throw new BillingError('resource_missing', `No such tax calculation line: '${cursor.id}'`, { param });
  }
  if (isBefore) return { shown: lines.slice(0, at).slice(-page.limit), hasMore: at > page.limit };
  const end = at + 1 + page.limit;
  return { shown: lines.slice(at + 1, end), hasMore: lines.length > end };
}
