import { balancesAt } from '../../../db/ledger/balances';
import { entriesOf } from '../../../db/ledger/entries';
import { accountKind } from '../../../domain/core/chart-of-accounts';
import { statementCsv, toLedgerEntry } from '../../../objects/ledger';
import { ledgerStatement } from '../../../objects/shapes/ledger';
import { operation } from '../../http/operation';
import { currency, id, integer, parameters } from '../../http/parameters';
import { ParameterError } from '../../http/parameter-error';
import { format, spanOf, spanParameters } from './parameters';

/**
 * The statement of an account in one currency: its opening balance, each entry with its source, and its closing balance. Revenue that is
 * earned by the second is one entry per line and span, which names the invoice line.
 *
 * @throws BillingError resource_missing, parameter_invalid, parameters_exclusive, parameter_missing
 */
export const retrieveLedgerStatement = operation({
  method: 'get',
  path: '/v1/ledger/accounts/:account/statement',
  summary: 'Retrieve the statement of an account',
  tag: 'Ledger',
  own: true,
  parameters: parameters({
    ...spanParameters,
    currency: currency(),
    format: format(),
    limit: integer({ min: 1, max: 1000 }).default(100),
    starting_after: id().optional(),
  }),
  answer: ledgerStatement,
  async handle(request) {
    const { deps, scope } = request;
    const { currency: of, limit, starting_after: after = null } = request.parameters;
    const account = request.pathId('account');
    if (!accountKind(account)) throw new ParameterError('resource_missing', `No such account: '${account}'`, 'id');
    const period = spanOf(request.parameters, await request.now());
    const span = { ledgerAccount: account, currency: of, from: period.start, to: period.end };
    const [entries, opening, closing] = await Promise.all([
      entriesOf(deps.sql, scope, span, { after, limit: limit + 1 }),
      balancesAt(deps.sql, scope, period.start),
      balancesAt(deps.sql, scope, period.end),
    ]);
    const balance = (balances: typeof opening) =>
      balances.find((each) => each.ledgerAccount === account && each.currency === of)?.amount ?? 0;
    const data = entries.slice(0, limit).map((entry) => toLedgerEntry(entry, balance(opening)));
    return {
      body: {
        object: 'ledger.statement' as const,
        account,
        closing_balance: balance(closing),
        ...(request.parameters.format === 'csv' ? { csv: statementCsv(data, of) } : {}),
        currency: of,
        data,
        has_more: entries.length > limit,
        livemode: scope.livemode,
        opening_balance: balance(opening),
        period,
      },
    };
  },
});
