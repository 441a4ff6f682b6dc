import { listShape } from '../../../objects/shapes/parts';
import { taxTransactionLine } from '../../../objects/shapes/tax-transaction';
import { toStripeTaxTransactionLine } from '../../../objects/tax-transaction';
import { listOf } from '../../../objects/wire';
import { pageOf } from '../../http/list';
import { operation } from '../../http/operation';
import { pagination, parameters } from '../../http/parameters';

/**
 * Lists the lines of a tax transaction, in their order.
 *
 * @throws BillingError resource_missing, also for the cursor; parameters_exclusive
 */
export const listTaxTransactionLines = operation({
  method: 'get',
  path: '/v1/tax/transactions/:transaction/line_items',
  summary: "List a tax transaction's lines",
  tag: 'Tax transactions',
  parameters: parameters(pagination),
  answer: listShape(taxTransactionLine),
  async handle(request) {
    const transaction = await request.find('taxTransaction', request.pathId('transaction'));
    const { shown, hasMore } = pageOf(transaction.lines, request.parameters, 'tax transaction line');
    const data = shown.map((line) => toStripeTaxTransactionLine(line, transaction));
    return { body: listOf(data, `/v1/tax/transactions/${transaction.id}/line_items`, hasMore) };
  },
});
