import { exchangeRates } from '../../../db/ledger/taxes';
import { toExchangeRate } from '../../../objects/tax-return';
import { exchangeRate } from '../../../objects/shapes/tax-return';
import { listShape } from '../../../objects/shapes/parts';
import { listOf } from '../../../objects/wire';
import { pageOf } from '../../http/list';
import { operation } from '../../http/operation';
import { pagination, parameters } from '../../http/parameters';

/**
 * Lists the exchange rates, latest day first.
 *
 * @throws BillingError resource_missing (the cursor), parameters_exclusive
 */
export const listExchangeRates = operation({
  method: 'get',
  path: '/v1/ledger/exchange_rates',
  summary: 'List exchange rates',
  tag: 'Tax returns',
  own: true,
  parameters: parameters({ ...pagination }),
  answer: listShape(exchangeRate),
  async handle({ deps, scope, parameters: page }) {
    const { shown, hasMore } = pageOf(await exchangeRates(deps.sql, scope), page, 'exchange rate');
    return { body: listOf(shown.map(toExchangeRate), '/v1/ledger/exchange_rates', hasMore) };
  },
});
