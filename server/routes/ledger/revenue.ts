import { balancesAt } from '../../../db/ledger/balances';
import { revenueByMonth } from '../../../db/ledger/revenue';
import { monthOf, periodOf } from '../../../domain/core/chart-of-accounts';
import { LIMITS } from '../../../domain/core/limits';
import { negate, sumOf } from '../../../domain/money/money';
import { revenueCsv } from '../../../objects/ledger';
import { ledgerRevenue } from '../../../objects/shapes/ledger';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { ParameterError } from '../../http/parameter-error';
import { format, month } from './parameters';

const SHORTEST_MONTH = 28 * 86_400;

/**
 * The revenue waterfall: what each month earns, by the month in which it was billed, and what is deferred at its end. Months that lie ahead
 * show what is billed already.
 *
 * @throws BillingError parameter_invalid, parameter_missing
 */
export const retrieveLedgerRevenue = operation({
  method: 'get',
  path: '/v1/ledger/revenue',
  summary: 'Retrieve the revenue waterfall',
  tag: 'Ledger',
  own: true,
  parameters: parameters({ format: format(), from: month(), to: month() }),
  answer: ledgerRevenue,
  async handle(request) {
    const { deps, scope } = request;
    const [from, to] = [monthOf(request.parameters.from).start, monthOf(request.parameters.to).end];
    if (to <= from) throw new ParameterError('parameter_invalid', 'to must not be before from.', 'to');
    if ((to - from) / SHORTEST_MONTH > LIMITS.reportMonths.max + 1) {
      throw new ParameterError('parameter_invalid', `At most ${String(LIMITS.reportMonths.max)} months can be asked for at once.`, 'to');
    }
    const rows = await revenueByMonth(deps.sql, scope, { from, to });
    const ends = monthsOf(from, to);
    const deferred = await Promise.all(ends.map(({ end }) => balancesAt(deps.sql, scope, end)));
    const months = ends.flatMap(({ period, end }, index) => {
      const owed = (deferred[index] ?? []).filter(({ ledgerAccount }) => ledgerAccount === 'deferred_revenue');
      const own = rows.filter(({ endsAt }) => endsAt === end);
      const currencies = [...new Set([...owed, ...own].map(({ currency }) => currency))].sort();
      return currencies.map((currency) => {
        const billed = own.filter((row) => row.currency === currency).map(({ billedIn, amount }) => ({ amount, period: billedIn }));
        return {
          billed,
          currency,
          deferred: negate(owed.find((balance) => balance.currency === currency)?.amount ?? 0),
          period,
          recognized: sumOf(billed.map(({ amount }) => amount)),
        };
      });
    });
    const csv = request.parameters.format === 'csv' ? { csv: revenueCsv(months) } : {};
    return { body: { object: 'ledger.revenue' as const, ...csv, livemode: scope.livemode, months } };
  },
});

function monthsOf(from: number, to: number): { period: string; end: number }[] {
  const months: { period: string; end: number }[] = [];
  for (let start = from; start < to; start = monthOf(periodOf(start)).end) {
    months.push({ period: periodOf(start), end: monthOf(periodOf(start)).end });
  }
  return months;
}
