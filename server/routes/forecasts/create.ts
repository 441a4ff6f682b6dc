import { insertForecast } from '../../../db/forecasts';
import { BillingError } from '../../../domain/core/errors';
import { LIMITS } from '../../../domain/core/limits';
import { monthsFrom } from '../../../domain/forecast/months';
import type { Forecast } from '../../../domain/rows/forecast';
import { forecast } from '../../../objects/shapes/forecast';
import { startForecast } from '../../../temporal/forecasts';
import { operation } from '../../http/operation';
import { array, id, integer, parameters } from '../../http/parameters';
import type { ApiRequest } from '../../http/request';
import { changesOf, forecastChanges } from './changes';
import { showForecast } from './show';

const MONTHS = 12;

const schema = parameters({
  changes: forecastChanges().optional(),
  customers: array(id()).optional(),
  months: integer({ min: 1, max: LIMITS.forecastMonths.max }).default(MONTHS),
  prices: array(id()).optional(),
  test_clock: id().optional(),
});

/**
 * Begins a forecast: copies of the running subscriptions live through the rest of this month and `months` whole months more, in the background. With
 * `changes` a second copy of each lives by these, and the two are compared.
 *
 * @throws BillingError parameter_invalid, parameter_missing, parameters_exclusive, resource_missing; lock_timeout while the clock advances, or if too many
 * forecasts run
 */
export const createForecast = operation({
  method: 'post',
  path: '/v1/forecasts',
  summary: 'Begin a forecast',
  tag: 'Forecasts',
  own: true,
  parameters: schema,
  answer: forecast,
  async handle(request) {
    const { deps, scope, parameters: asked } = request;
    await refuseAbsent(request, asked);
    const created = Math.floor(Date.now() / 1000);
    const wanted: Forecast = {
      ...{ ...scope, id: request.newId('fcst'), created, status: 'running', assumptions: [], endedAt: null, failure: null },
      ...{ customers: asked.customers ?? null, prices: asked.prices ?? null, testClock: asked.test_clock ?? null },
      edges: monthsFrom(await timeOf(request, asked.test_clock), asked.months),
      changes: asked.changes ? await changesOf(request, asked.changes) : null,
    };
    const { max } = LIMITS.runningForecasts;
    const row = await insertForecast(deps.sql, wanted, max);
    if (row === null) {
      throw new BillingError('lock_timeout', `At most ${String(max)} forecasts run at a time. Cancel one, or wait until one has ended.`);
    }
    await startForecast(deps.temporal, deps.config.taskQueue, scope, row.id);
    return { body: await showForecast(request, row) };
  },
});

async function timeOf(request: ApiRequest<unknown>, clock: string | undefined): Promise<number> {
  if (clock === undefined) return request.now();
  const { frozenTime, status } = await request.find('testClock', clock, 'test_clock');
  if (status === 'advancing') throw new BillingError('lock_timeout', 'The test clock is advancing. Wait until its status is ready.');
  return frozenTime;
}

/** @throws BillingError resource_missing, naming the first that is not there */
async function refuseAbsent(
  request: ApiRequest<unknown>,
  { customers = [], prices = [] }: { customers?: string[] | undefined; prices?: string[] | undefined },
): Promise<void> {
  for (const [index, each] of customers.entries()) await request.find('customer', each, `customers[${String(index)}]`);
  for (const [index, each] of prices.entries()) await request.find('price', each, `prices[${String(index)}]`);
}
