import { cohortsUntil } from '../../../db/insight';
import { cohortsCsv, toCohorts } from '../../../objects/insight';
import { cohortReport } from '../../../objects/shapes/insight';
import { operation } from '../../http/operation';
import { integer, parameters } from '../../http/parameters';
import { format } from '../ledger/parameters';
import { insightOf, ofWhom } from './parameters';

const MONTHS = { least: 1, most: 36, usual: 12 };

/**
 * Customers by the month of their first revenue, and how many of them, and how much of their revenue, are there at the end of that month and of
 * each later one.
 *
 * @throws BillingError parameter_invalid, resource_missing for an unknown test clock
 */
export const retrieveCohorts = operation({
  method: 'get',
  path: '/v1/insight/cohorts',
  summary: 'Retrieve retention by month of first revenue',
  tag: 'Insight',
  own: true,
  parameters: parameters({
    ...ofWhom,
    format: format(),
    months: integer({ min: MONTHS.least, max: MONTHS.most }).default(MONTHS.usual),
  }),
  answer: cohortReport,
  async handle(request) {
    const { months, format: asked } = request.parameters;
    const of = await insightOf(request);
    const cohorts = toCohorts(await cohortsUntil(request.deps.sql, of, of.now + 1, months));
    const csv = asked === 'csv' ? { csv: cohortsCsv(cohorts, of.currency) } : {};
    return {
      body: { object: 'insight.cohorts' as const, ...csv, cohorts, currency: of.currency, livemode: of.livemode, test_clock: of.testClock },
    };
  },
});
