/** The usage that a step may read: for every metered price among its facts, between all instants at which it may be split. */
import type { Alert } from '../rows/alert';
import { isMetered } from '../rows/price';
import type { Rows } from '../rows/rows';
import { usageHorizon, usageKey, type UsageWindow } from '../rows/usage';

type Source = Pick<UsageWindow, 'meter' | 'filters'>;

/** `instants` are those of the step: now, when it was due, a proration's date. Empty if no price is metered. */
export function usageWindows(rows: Rows, now: number, instants: number[]): UsageWindow[] {
  const sources = sourcesOf(rows);
  const horizon = usageHorizon(now);
  const begins = rows.all('subscriptionItem').flatMap(({ usageFrom }) => (usageFrom === null ? [] : [usageFrom]));
  const starts = distinct([...begins, now, now + 1, ...instants]);
  const ends = distinct([now, now + 1, ...instants, horizon].map((at) => Math.min(at, horizon)));
  const cuts = sources.flatMap((source) => starts.flatMap((from) => ends.map((to) => ({ ...source, from, to }))));
  const windows = [...cuts, ...billedSpans(rows, horizon), ...alertWindows(rows, now)].filter(({ from, to }) => from < to);
  return [...new Map(windows.map((window) => [usageKey(window), window])).values()];
}

/** The facts contain alerts only for a step that watches their customer. */
function alertWindows(rows: Rows, now: number): UsageWindow[] {
  const customers = rows.all('customer');
  return rows.all('alert').flatMap((alert) => customers.flatMap(({ id }) => alertWindow(rows, alert, id, now) ?? []));
}

/**
 * The events that count for an alert: from its activation on. An alert on all customers belongs to no test clock, so a customer on one is
 * counted from the customer's creation. Null for an alert by spend.
 */
export function alertWindow(rows: Rows, { meter, customer, countsFrom }: Alert, watched: string, now: number): UsageWindow | null {
  if (meter === null) return null;
  const { testClock, created } = rows.get('customer', watched);
  const from = customer === null && testClock !== null ? created : countsFrom;
  return { meter, filters: {}, from, to: usageHorizon(now) };
}

/** Spans that were billed, and that late events may still reach. */
function billedSpans(rows: Rows, horizon: number): UsageWindow[] {
  return rows
    .where('usagePeriod', ({ closed }) => !closed)
    .map(({ meter, dimensionFilters, periodStart, periodEnd }) => ({
      meter,
      filters: dimensionFilters,
      from: periodStart,
      to: Math.min(periodEnd, horizon),
    }));
}

function sourcesOf(rows: Rows): Source[] {
  return rows.where('price', isMetered).flatMap(({ recurring }): Source[] => {
    if (!recurring || recurring.meter === null) return [];
    return [{ meter: recurring.meter, filters: recurring.dimension_filters }];
  });
}

const distinct = (instants: number[]): number[] => [...new Set(instants)];
