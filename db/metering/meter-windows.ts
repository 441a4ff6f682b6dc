/**
 * Meters whose events arrive pre-aggregated by the hour or day (`event_time_window`). Among the events of one window (UTC, by their
 * timestamps), meter, customer and dimensions, only the event that was received last counts.
 */
import type { TransactionSql } from '../connect';
import { recountHours } from './meter-adjustments';

export interface EventInWindow {
  series: number;
  at: number;
  /** Length of the window in seconds; null: each event counts. */
  window: number | null;
}

interface Window {
  series: number;
  /** Half-open, epoch seconds. */
  from: number;
  to: number;
}

/** Writers to the same window run one after another. Taken before any other lock, in one order. */
export async function lockWindows(tx: TransactionSql, windows: readonly Window[]): Promise<void> {
  await tx`
    select pg_advisory_xact_lock(hashtextextended(series || '/' || "from", 0))
    from (${params(tx, windows)} order by 1, 2) w`;
}

/** Stops counting the events received before the latest. */
export async function replaceEarlier(tx: TransactionSql, windows: readonly Window[]): Promise<void> {
  const replaced = await tx<{ series: number; hour: number }[]>`
    with w as materialized (${params(tx, windows)}),
    latest as materialized (
      select w.*, (select max(e.received) from meter_events e where ${inWindow(tx)}) as received from w)
    update meter_events e set canceled = true from latest w where ${inWindow(tx)} and e.received < w.received
    returning e.series, (e.at / 3600)::integer as hour`;
  await recountHours(tx, replaced);
}

/** Each window once. */
export function windowsOf(events: readonly EventInWindow[]): Window[] {
  const windows = events.flatMap(({ series, at, window }): Window[] => {
    if (window === null) return [];
    const from = Math.floor(at / window) * window;
    return [{ series, from, to: from + window }];
  });
  return [...new Map(windows.map((each) => [`${String(each.series)}/${String(each.from)}`, each])).values()];
}

const params = (tx: TransactionSql, windows: readonly Window[]) => tx`
  select series, "from", "to" from json_to_recordset(${JSON.stringify(windows)}::text::json) as r(series bigint, "from" bigint, "to" bigint)`;

/** By the hour, so that the index applies. */
const inWindow = (tx: TransactionSql) => tx`
  e.series = w.series and e.at / 3600 >= w."from" / 3600 and e.at / 3600 < w."to" / 3600 and not e.canceled`;
