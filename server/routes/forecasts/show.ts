import { readSums } from '../../../db/forecast-sums';
import { findForecast, progressOf } from '../../../db/forecasts';
import { BillingError } from '../../../domain/core/errors';
import type { Forecast } from '../../../domain/rows/forecast';
import { toForecast } from '../../../objects/forecast';
import type { WireForecast } from '../../../objects/shapes/forecast';
import type { ApiRequest } from '../../http/request';

/** @throws BillingError resource_missing */
export async function pathForecast(request: ApiRequest<unknown>): Promise<Forecast> {
  const id = request.pathId('forecast');
  const found = await findForecast(request.deps.sql, request.scope, id);
  if (found === null) throw new BillingError('resource_missing', `No such forecast: '${id}'`, { param: 'id' });
  return found;
}

export async function showForecast(
  { deps: { sql } }: Pick<ApiRequest<unknown>, 'deps'>,
  forecast: Forecast,
  withCsv = false,
): Promise<WireForecast> {
  const { id, changes } = forecast;
  const [progress, sums, changed] = await Promise.all([
    progressOf(sql, forecast),
    readSums(sql, id, 'as_now'),
    changes === null ? [] : readSums(sql, id, 'changed'),
  ]);
  const shown = {
    ...{ subscription_months: progress.subscriptionMonths, subscription_months_done: progress.subscriptionMonthsDone },
    ...{ subscriptions: progress.subscriptions, subscriptions_done: progress.subscriptionsDone },
  };
  return toForecast({ forecast, progress: shown, sums, changed }, withCsv);
}
