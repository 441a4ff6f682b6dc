import { listForecasts } from '../../../db/forecasts';
import { forecasts } from '../../../objects/shapes/forecast';
import { answerPage, orderOf } from '../../http/list';
import { operation } from '../../http/operation';
import { id, integer, orderedAs, parameters } from '../../http/parameters';
import { showForecast } from './show';

/**
 * Lists forecasts, newest first.
 *
 * @throws BillingError resource_missing (the cursor)
 */
export const listForecastsOperation = operation({
  method: 'get',
  path: '/v1/forecasts',
  summary: 'List forecasts',
  tag: 'Forecasts',
  own: true,
  parameters: parameters({ limit: integer({ min: 1, max: 100 }).default(10), ...orderedAs('forecasts'), starting_after: id().optional() }),
  answer: forecasts,
  async handle(request) {
    const { limit, starting_after: after = null } = request.parameters;
    const page = await listForecasts(request.deps.sql, request.scope, { after, limit, order: orderOf(request.parameters) });
    const shown = page && { ...page, rows: await Promise.all(page.rows.map((row) => showForecast(request, row))) };
    return answerPage(shown, after, { name: 'forecast', url: '/v1/forecasts', show: (row) => row });
  },
});
