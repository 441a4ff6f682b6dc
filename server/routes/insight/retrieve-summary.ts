import { currenciesUntil, movementsBetween, recurringAt, trialsBetween } from '../../../db/insight';
import { averageRevenue, lifetimeValue, periodsOf, ratesOf, type MrrPeriod } from '../../../domain/insight/report';
import { percentOf } from '../../../domain/money/money';
import { toRates } from '../../../objects/insight';
import { insightSummary } from '../../../objects/shapes/insight';
import { operation } from '../../http/operation';
import { parameters, timestamp } from '../../http/parameters';
import { insightOf, ofWhom } from './parameters';

const THIRTY_DAYS = 30 * 86_400;
const MONTHS_A_YEAR = 12;

/**
 * The figures that sellers look at first, as of an instant: what recurs in a month and in a year, who pays, what was lost in thirty days, and
 * what became of the trials that ended in them.
 *
 * @throws BillingError parameter_invalid, resource_missing for an unknown test clock
 */
export const retrieveInsightSummary = operation({
  method: 'get',
  path: '/v1/insight/summary',
  summary: 'Retrieve the figures of the business',
  tag: 'Insight',
  own: true,
  parameters: parameters({ ...ofWhom, as_of: timestamp().optional() }),
  answer: insightSummary,
  async handle(request) {
    const { sql } = request.deps;
    const of = await insightOf(request);
    const { as_of: asOf = of.now } = request.parameters;
    // What happened in the second itself has happened.
    const [from, to] = [Math.max(0, asOf + 1 - THIRTY_DAYS), asOf + 1] as const;
    const [opening, sums, trials, currencies] = await Promise.all([
      recurringAt(sql, of, from),
      movementsBetween(sql, of, [from, to]),
      trialsBetween(sql, of, [from, to]),
      currenciesUntil(sql, of, to),
    ]);
    const [period] = periodsOf([from, to], opening, sums) as [MrrPeriod];
    const now = { mrr: period.closing, customers: period.closingCustomers };
    const average = averageRevenue(now);
    const rates = ratesOf(period);
    return {
      body: {
        object: 'insight.summary' as const,
        ...now,
        arr: now.mrr * MONTHS_A_YEAR,
        as_of: asOf,
        average_revenue_per_customer: average,
        currencies,
        currency: of.currency,
        last_30_days: toRates(rates),
        lifetime_value: lifetimeValue(average, rates.customerChurn),
        livemode: of.livemode,
        test_clock: of.testClock,
        trials: { ...trials, conversion: percentOf(trials.converted, trials.ended) },
      },
    };
  },
});
