import { idSource } from '../../../db/ids';
import { readGroups, type WindowUsage } from '../../../db/metering/usage';
import type { UsageWindow } from '../../../domain/rows/usage';
import { pageOf } from '../../http/list';
import { meterEventSummary } from '../../../objects/shapes/meter-event';
import { listOf } from '../../../objects/wire';
import { listShape } from '../../../objects/shapes/parts';
import { operation } from '../../http/operation';
import { array, id, integer, name, oneOf, pagination, parameters } from '../../http/parameters';
import { ParameterError } from '../../http/parameter-error';
import type { ApiRequest } from '../../http/request';
import { dimensionFilters } from './dimension-filters';

const SECONDS = { minute: 60, hour: 3600, day: 86_400 } as const;
/** More than the hours of 35 days. */
const WINDOWS_MAX = 1_000;
const time = integer({ min: 0, max: 253_402_300_799 });

/**
 * The total of a customer's events on a meter between two instants, as one window or by the hour or day, newest first. Filters and groups
 * by dimensions are Dunlin's own.
 *
 * @throws BillingError resource_missing, parameter_invalid (instants that are not aligned)
 */
export const listMeterEventSummaries = operation({
  method: 'get',
  path: '/v1/billing/meters/:meter/event_summaries',
  summary: 'List meter event summaries',
  tag: 'Metering',
  parameters: parameters({
    ...pagination,
    customer: id(),
    dimension_filters: dimensionFilters.optional(),
    dimension_group_by_keys: array(name({ max: 100 }), { max: 10 }).optional(),
    end_time: time,
    start_time: time,
    value_grouping_window: oneOf(['day', 'hour']).optional(),
  }),
  answer: listShape(meterEventSummary),
  async handle(request) {
    const { customer, start_time: from, end_time: to, dimension_filters: filters = {} } = request.parameters;
    const { dimension_group_by_keys: groupBy = [], value_grouping_window: window } = request.parameters;
    const meter = await request.find('meter', request.pathId('meter'));
    await request.find('customer', customer, 'customer');
    refuseUnknownDimensions([...Object.keys(filters)], meter.dimensionKeys, 'dimension_filters');
    refuseUnknownDimensions(groupBy, meter.dimensionKeys, 'dimension_group_by_keys');
    const windows = windowsOf(from, to, window).map((span) => ({ meter: meter.id, filters, ...span }));
    const groups = await readGroups(request.deps.sql, { ...request.scope, customer }, windows, groupBy);
    const summaries = (groupBy.length === 0 ? everyWindow(windows, groups) : groups).map((each) => summaryOf(request, customer, each));
    const { shown, hasMore } = pageOf(summaries.reverse(), request.parameters, 'meter');
    return { body: listOf(shown, `/v1/billing/meters/${meter.id}/event_summaries`, hasMore) };
  },
});

function refuseUnknownDimensions(params: readonly string[], known: readonly string[], param: string): void {
  const unknown = params.find((key) => !known.includes(key));
  if (unknown === undefined) return;
  throw new ParameterError('parameter_invalid', `The meter has no dimension '${unknown}'.`, param);
}

/** Stripe's rule: ends are on whole minutes, or on whole hours or days (UTC) if the windows are. */
function windowsOf(from: number, to: number, by: 'hour' | 'day' | undefined): { from: number; to: number }[] {
  const unit = by ?? 'minute';
  for (const [param, at] of Object.entries({ start_time: from, end_time: to })) {
    if (at % SECONDS[unit] === 0) continue;
    throw new ParameterError(
      'parameter_invalid',
      `${param} must be aligned with ${unit} boundaries${unit === 'day' ? ' (UTC)' : ''}.`,
      param,
    );
  }
  if (to <= from) throw new ParameterError('parameter_invalid', 'end_time must be after start_time.', 'end_time');
  if (by === undefined) return [{ from, to }];
  const count = (to - from) / SECONDS[by];
  if (count > WINDOWS_MAX) {
    throw new ParameterError('parameter_invalid', `At most ${String(WINDOWS_MAX)} windows can be asked for at once.`, 'end_time');
  }
  return Array.from({ length: count }, (_, index) => ({ from: from + index * SECONDS[by], to: from + (index + 1) * SECONDS[by] }));
}

/** Without groups, windows without an event are shown too. */
function everyWindow(windows: readonly UsageWindow[], found: readonly WindowUsage[]): WindowUsage[] {
  const byWindow = new Map(found.map((each) => [each.window, each]));
  return windows.map((window) => byWindow.get(window) ?? { window, dimensions: {}, quantity: '0', events: 0, cost: null });
}

function summaryOf({ deps, scope }: ApiRequest<unknown>, customer: string, { window, dimensions, quantity }: WindowUsage) {
  const { meter, from, to, filters } = window;
  const key = JSON.stringify([meter, customer, from, to, filters, dimensions]);
  return {
    id: idSource(deps.secret, 'meter-event-summary', key)('mtrusg', 0),
    object: 'billing.meter_event_summary' as const,
    aggregated_value: Number(quantity),
    ...(Object.keys(dimensions).length > 0 ? { dimensions } : {}),
    end_time: to,
    livemode: scope.livemode,
    meter,
    start_time: from,
  };
}
