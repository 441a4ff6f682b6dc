import { readDifferences, totalDifferences, type DifferenceTotal, type NamedDifference } from '../../../db/forecast-sums';
import { ParameterError } from '../../http/parameter-error';
import { comparedAmounts, differencesCsv } from '../../../objects/forecast';
import { forecastDifferences } from '../../../objects/shapes/forecast';
import { operation } from '../../http/operation';
import { integer, parameters } from '../../http/parameters';
import { format } from '../ledger/parameters';
import { pathForecast } from './show';

const MOST = 1_000;

/**
 * Who is billed what more or less under the changes of a forecast, by customer and currency over all of its months. Whose total changes most comes
 * first.
 *
 * @throws BillingError resource_missing, parameter_invalid if the forecast compares nothing
 */
export const retrieveForecastDifferences = operation({
  method: 'get',
  path: '/v1/forecasts/:forecast/differences',
  summary: 'Retrieve who is billed more or less',
  tag: 'Forecasts',
  own: true,
  parameters: parameters({ format: format(), limit: integer({ min: 1, max: MOST }).default(100) }),
  answer: forecastDifferences,
  async handle(request) {
    const { format: asked, limit } = request.parameters;
    const { id, changes, livemode } = await pathForecast(request);
    if (changes === null) throw new ParameterError('parameter_invalid', 'The forecast has no changes, so it compares nothing.', 'id');
    const { sql } = request.deps;
    const [rows, totals] = await Promise.all([readDifferences(sql, id, limit + 1), totalDifferences(sql, id)]);
    const data = rows.slice(0, limit).map(shown);
    const csv = asked === 'csv' ? { csv: differencesCsv(data) } : {};
    const has_more = rows.length > limit;
    return {
      body: { object: 'forecast.differences' as const, ...csv, data, forecast: id, has_more, livemode, totals: totals.map(total) },
    };
  },
});

const shown = ({ customer, currency, customerName, ...amounts }: NamedDifference) => ({
  ...{ currency, customer, customer_name: customerName },
  ...comparedAmounts(amounts),
});

const total = ({ currency, customers, less, more, ...amounts }: DifferenceTotal) => ({
  ...{ currency, customers, customers_less: less, customers_more: more },
  ...comparedAmounts(amounts),
});
