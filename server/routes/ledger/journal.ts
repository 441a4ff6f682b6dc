import { balancesAt } from '../../../db/ledger/balances';
import { findCloses } from '../../../db/ledger/closes';
import { codesOf } from '../../../db/ledger/codes';
import { monthOf } from '../../../domain/core/chart-of-accounts';
import { JOURNAL_LAYOUTS, journalLines, trialBalanceRows } from '../../../objects/ledger';
import { ledgerJournal } from '../../../objects/shapes/ledger';
import { operation } from '../../http/operation';
import { currency, oneOf, parameters } from '../../http/parameters';
import { month } from './parameters';

/**
 * The journal of a month, to import into an accounting program: what each account changed by, per currency. `format` adds it as CSV, in
 * Dunlin's own layout or in that of QuickBooks Online or Xero.
 *
 * @throws BillingError parameter_invalid, parameter_missing
 */
export const retrieveLedgerJournal = operation({
  method: 'get',
  path: '/v1/ledger/journal',
  summary: 'Retrieve the journal of a month',
  tag: 'Ledger',
  own: true,
  parameters: parameters({
    currency: currency().optional(),
    format: oneOf(['json', 'csv', 'quickbooks', 'xero']).default('json'),
    period: month(),
  }),
  answer: ledgerJournal,
  async handle(request) {
    const { deps, scope } = request;
    const { period, format, currency: only } = request.parameters;
    const { start, end } = monthOf(period);
    const [opening, closing, codes, closes] = await Promise.all([
      balancesAt(deps.sql, scope, start),
      balancesAt(deps.sql, scope, end),
      codesOf(deps.sql, scope),
      findCloses(deps.sql, scope),
    ]);
    const lines = journalLines(trialBalanceRows(opening, closing, codes)).filter((line) => only === undefined || line.currency === only);
    return {
      body: {
        object: 'ledger.journal' as const,
        ...(format === 'json' ? {} : { csv: JOURNAL_LAYOUTS[format](lines, period) }),
        lines,
        livemode: scope.livemode,
        period,
        status: closes.filter(({ endsAt }) => endsAt >= end).at(-1)?.status ?? ('open' as const),
      },
    };
  },
});
