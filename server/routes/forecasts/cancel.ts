import { endForecast } from '../../../db/forecasts';
import { forecast } from '../../../objects/shapes/forecast';
import { cancelForecast } from '../../../temporal/forecasts';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { pathForecast, showForecast } from './show';

/**
 * Cancels a forecast that runs. The months of the batches that are done stay; its copies are removed soon after. One that has ended is returned unchanged.
 *
 * @throws BillingError resource_missing
 */
export const cancelForecastOperation = operation({
  method: 'post',
  path: '/v1/forecasts/:forecast/cancel',
  summary: 'Cancel a forecast',
  tag: 'Forecasts',
  own: true,
  repeatable: true,
  parameters: parameters({}),
  answer: forecast,
  async handle(request) {
    const { deps, scope } = request;
    const { id, status } = await pathForecast(request);
    if (status === 'running') {
      await endForecast(deps.sql, id, { status: 'canceled', failure: null });
      await cancelForecast(deps.temporal, deps.config.taskQueue, scope, id);
    }
    return { body: await showForecast(request, await pathForecast(request)) };
  },
});
