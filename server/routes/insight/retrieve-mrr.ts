import { movementsBetween, recurringAt } from '../../../db/insight';
import { LIMITS } from '../../../domain/core/limits';
import { periodsOf } from '../../../domain/insight/report';
import { edgesBetween } from '../../../domain/money/calendar-edges';
import { mrrCsv, toMrrPeriod } from '../../../objects/insight';
import { mrrReport } from '../../../objects/shapes/insight';
import { operation } from '../../http/operation';
import { oneOf, parameters, timestamp } from '../../http/parameters';
import { ParameterError } from '../../http/parameter-error';
import { format } from '../ledger/parameters';
import { insightOf, ofWhom } from './parameters';

const LONGEST_DAYS = 400 * 31;
const INTERVALS = ['day', 'week', 'month'] as const;

/**
 * The monthly recurring revenue of a span of time, period by period: what it began with, its movements, what it ended with. Periods are
 * calendar days, weeks from Monday or months in UTC, cut off at the ends of the span.
 *
 * @throws BillingError parameter_invalid, parameter_missing, resource_missing for an unknown test clock
 */
export const retrieveMrr = operation({
  method: 'get',
  path: '/v1/insight/mrr',
  summary: 'Retrieve the monthly recurring revenue',
  tag: 'Insight',
  own: true,
  parameters: parameters({ ...ofWhom, format: format(), from: timestamp(), interval: oneOf(INTERVALS).default('month'), to: timestamp() }),
  answer: mrrReport,
  async handle(request) {
    const { from, to, interval, format: asked } = request.parameters;
    const { sql } = request.deps;
    const of = await insightOf(request);
    const edges = edgesOf(from, to, interval);
    const [opening, sums] = await Promise.all([recurringAt(sql, of, from), movementsBetween(sql, of, edges)]);
    const periods = periodsOf(edges, opening, sums);
    const csv = asked === 'csv' ? { csv: mrrCsv(periods, of.currency) } : {};
    const { currency, livemode, testClock } = of;
    return {
      body: {
        ...{ object: 'insight.mrr' as const, ...csv, currency, livemode, test_clock: testClock },
        periods: periods.map(toMrrPeriod),
      },
    };
  },
});

function edgesOf(from: number, to: number, interval: (typeof INTERVALS)[number]): number[] {
  if (to <= from) throw new ParameterError('parameter_invalid', 'to must be after from.', 'to');
  const { max } = LIMITS.reportPeriods;
  const edges = (to - from) / 86_400 > LONGEST_DAYS ? [] : edgesBetween(from, to, interval);
  if (edges.length > 1 && edges.length - 1 <= max) return edges;
  throw new ParameterError('parameter_invalid', `At most ${String(max)} periods can be asked for at once.`, 'to');
}
