import { forecast } from '../../../objects/shapes/forecast';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { format } from '../ledger/parameters';
import { pathForecast, showForecast } from './show';

/**
 * Retrieves a forecast. While it runs, its progress; its months grow with each batch that is done.
 *
 * @throws BillingError resource_missing
 */
export const retrieveForecast = operation({
  method: 'get',
  path: '/v1/forecasts/:forecast',
  summary: 'Retrieve a forecast',
  tag: 'Forecasts',
  own: true,
  parameters: parameters({ format: format() }),
  answer: forecast,
  handle: async (request) => ({ body: await showForecast(request, await pathForecast(request), request.parameters.format === 'csv') }),
});
