import { findAccount } from '../../../db/accounts';
import { loadDisputeMonth } from '../../../db/dispute-rates';
import { periodOf } from '../../../domain/core/chart-of-accounts';
import { disputeRates } from '../../../domain/payment/dispute-rates';
import { settingsOf } from '../../../domain/rows/account';
import { disputeRatesCsv } from '../../../objects/dispute-report';
import { disputeRate } from '../../../objects/shapes/dispute-report';
import { csv } from '../../../objects/shapes/ledger';
import { listShape } from '../../../objects/shapes/parts';
import { listOf } from '../../../objects/wire';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { format, month } from '../ledger/parameters';

/**
 * Dunlin's own: how many of the payments of a month were disputed, for each program of Visa and Mastercard, and by the account's own threshold. All are on
 * one page.
 *
 * @throws BillingError parameter_invalid
 */
export const listDisputeRates = operation({
  method: 'get',
  path: '/v1/dispute_rates',
  summary: 'List dispute rates of a month',
  tag: 'Disputes',
  own: true,
  parameters: parameters({ format: format(), month: month().optional() }),
  answer: listShape(disputeRate).extend({ csv: csv() }),
  async handle(request) {
    const { deps, scope } = request;
    const { format: asked, month: period = periodOf(await request.now()) } = request.parameters;
    const account = await findAccount(deps.sql, scope.account);
    if (!account) throw new Error('the account of a key is not there');
    const rates = disputeRates(await loadDisputeMonth(deps.sql, scope, period), settingsOf(account, scope).disputes, scope.livemode);
    return { body: { ...listOf(rates, '/v1/dispute_rates', false), ...(asked === 'csv' ? { csv: disputeRatesCsv(rates) } : {}) } };
  },
});
