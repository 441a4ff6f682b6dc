import { balancesAt } from '../../../db/ledger/balances';
import { codesOf } from '../../../db/ledger/codes';
import { trialBalanceCsv, trialBalanceRows } from '../../../objects/ledger';
import { trialBalance } from '../../../objects/shapes/ledger';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { format, spanOf, spanParameters } from './parameters';

/**
 * The balance of each account at the start and at the end of a span, per currency. Each column of a currency sums to zero.
 *
 * @throws BillingError parameter_invalid, parameters_exclusive
 */
export const retrieveTrialBalance = operation({
  method: 'get',
  path: '/v1/ledger/trial_balance',
  summary: 'Retrieve the trial balance',
  tag: 'Ledger',
  own: true,
  parameters: parameters({ ...spanParameters, format: format() }),
  answer: trialBalance,
  async handle(request) {
    const { deps, scope } = request;
    const period = spanOf(request.parameters, await request.now());
    const [opening, closing, codes] = await Promise.all([
      balancesAt(deps.sql, scope, period.start),
      balancesAt(deps.sql, scope, period.end),
      codesOf(deps.sql, scope),
    ]);
    const rows = trialBalanceRows(opening, closing, codes);
    const csv = request.parameters.format === 'csv' ? { csv: trialBalanceCsv(rows) } : {};
    return { body: { object: 'ledger.trial_balance' as const, ...csv, livemode: scope.livemode, period, rows } };
  },
});
