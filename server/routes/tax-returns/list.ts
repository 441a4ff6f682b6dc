import { keptReturns } from '../../../db/ledger/taxes';
import { taxReturn, type WireTaxReturn } from '../../../objects/shapes/tax-return';
import { listShape } from '../../../objects/shapes/parts';
import { listOf } from '../../../objects/wire';
import { pageOf } from '../../http/list';
import { operation } from '../../http/operation';
import { pagination, parameters } from '../../http/parameters';

/**
 * Lists the closed returns, latest first.
 *
 * @throws BillingError resource_missing (the cursor), parameters_exclusive
 */
export const listTaxReturns = operation({
  method: 'get',
  path: '/v1/tax_returns',
  summary: 'List closed tax returns',
  tag: 'Tax returns',
  own: true,
  parameters: parameters({ ...pagination }),
  answer: listShape(taxReturn),
  async handle({ deps, scope, parameters: page }) {
    const { shown, hasMore } = pageOf(await keptReturns(deps.sql, scope), page, 'tax return');
    return {
      body: listOf(
        shown.map(({ report }) => report as WireTaxReturn),
        '/v1/tax_returns',
        hasMore,
      ),
    };
  },
});
