/** Renders forecasts: Dunlin's own. */
import { dayOf } from '../domain/core/chart-of-accounts';
import { percentOf } from '../domain/money/money';
import type { Forecast, ForecastSum } from '../domain/rows/forecast';
import { csvOf, majorUnits } from './csv';
import type { WireForecast, WireForecastDifferences } from './shapes/forecast';

type Month = WireForecast['months'][number];

/** Every month that has an amount in a currency. */
const monthsOf = (edges: readonly number[], sums: readonly ForecastSum[]): Month[] =>
  sums.map(({ startsAt, ...sum }) => ({ ...sum, start: startsAt, end: edges[edges.indexOf(startsAt) + 1] ?? startsAt }));

export interface ShownForecast {
  forecast: Forecast;
  progress: Omit<WireForecast['progress'], 'percent'>;
  sums: readonly ForecastSum[];
  changed: readonly ForecastSum[];
}

export function toForecast({ forecast, progress, sums, changed }: ShownForecast, withCsv = false): WireForecast {
  const { id, assumptions, changes, created, customers, edges, endedAt, failure, livemode, prices, status, testClock } = forecast;
  const months = monthsOf(edges, sums);
  const monthsChanged = changes === null ? null : monthsOf(edges, changed);
  return {
    ...{ id, object: 'forecast' as const, assumptions, changes, created, customers, ended_at: endedAt, failure, livemode },
    ...(withCsv ? { csv: monthsCsv(months, monthsChanged) } : {}),
    ...{ months, months_changed: monthsChanged, prices },
    progress: { ...progress, percent: percentOf(progress.subscription_months_done, progress.subscription_months) ?? percentDone(status) },
    ...{ start: edges[0] ?? created, status, test_clock: testClock },
  };
}

/** Of a forecast without subscriptions. */
const percentDone = (status: Forecast['status']): string => (status === 'running' ? '0' : '100');

const AMOUNTS = ['revenue', 'tax', 'cash', 'mrr'] as const;

function monthsCsv(months: readonly Month[], changed: readonly Month[] | null): string {
  const rows = [
    ...months.map((month) => ({ month, version: 'as_now' })),
    ...(changed ?? []).map((month) => ({ month, version: 'changed' })),
  ];
  return csvOf(
    ['version', 'start', 'end', 'currency', ...AMOUNTS, 'invoices'],
    rows.map(({ month, version }) => [
      ...[version, dayOf(month.start), dayOf(month.end), month.currency],
      ...AMOUNTS.map((name) => majorUnits(month[name], month.currency)),
      month.invoices,
    ]),
  );
}

type Difference = WireForecastDifferences['data'][number];

/** What one side comes to. */
export interface NowAndThen {
  revenueNow: number;
  taxNow: number;
  revenueThen: number;
  taxThen: number;
}

export const comparedAmounts = ({
  revenueNow,
  taxNow,
  revenueThen,
  taxThen,
}: NowAndThen): Pick<Difference, 'difference' | 'now' | 'then'> => ({
  difference: amountsOf(revenueThen - revenueNow, taxThen - taxNow),
  now: amountsOf(revenueNow, taxNow),
  then: amountsOf(revenueThen, taxThen),
});

const amountsOf = (revenue: number, tax: number): Difference['now'] => ({ revenue, tax, total: revenue + tax });

export const differencesCsv = (customers: readonly Difference[]): string =>
  csvOf(
    ['customer', 'currency', 'now', 'then', 'difference', 'revenue_difference', 'tax_difference'],
    customers.map(({ currency, customer, difference, now, then }) => [
      ...[customer, currency],
      ...[now.total, then.total, difference.total, difference.revenue, difference.tax].map((amount) => majorUnits(amount, currency)),
    ]),
  );
