/** Usage that another billing system has counted, added to what was counted here. */
import { hourOf, missingEvents } from '../../domain/migration/usage';
import type { TakenUsage } from '../../domain/migration/taking';
import type { Scope } from '../../domain/core/steps';
import type { Formula } from '../../domain/rows/meter';
import { usageKey, type Usage } from '../../domain/rows/usage';
import type { Sql } from '../connect';
import { addPartitions, writeEvents, type EventToWrite } from './meter-events';
import { contentKey, identifierKey } from './meter-keys';
import { SeriesNumbers } from './meter-series';
import { readUsage } from './usage';
import type { DueWatcher } from './usage-watchers';

const AT_ONCE = 1_000;

/**
 * Counts what is missing in each hour. Repeated, or done by two at once, it counts the same events, which count once.
 *
 * @returns the workflows that must check the usage now
 */
export async function addImportedUsage(sql: Sql, scope: Scope, customer: string, usage: readonly TakenUsage[]): Promise<DueWatcher[]> {
  const windows = usage.map(({ meter, at }) => ({ meter, filters: {}, ...hourOf(at) }));
  const counted = await readUsage(sql, { ...scope, customer }, windows);
  const meters = await metersOf(sql, scope, [...new Set(usage.map(({ meter }) => meter))]);
  const found = usage.map((each) => ({
    each,
    meter: meters.get(each.meter),
    ours: counted.get(usageKey({ filters: {}, ...each, ...hourOf(each.at) })),
  }));
  const events = found.flatMap(({ each, meter, ours }) => (meter && ours ? eventsOf(scope, customer, each, { ...meter, ours }) : []));
  if (events.length === 0) return [];
  const series = await new SeriesNumbers(sql).of(events.map(({ meter }) => ({ scope, of: { meter, customer, dimensions: {} } })));
  await addPartitions(sql);
  const rows = events.map(({ event }, index): EventToWrite => ({ ...event, series: series[index] ?? 0 }));
  const watchers: DueWatcher[] = [];
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    watchers.push(...(await writeEvents(sql, rows.slice(from, from + AT_ONCE), Date.now() * 1000)).watchers);
  }
  return watchers;
}

async function metersOf(sql: Sql, { account, livemode }: Scope, ids: string[]): Promise<Map<string, { formula: Formula }>> {
  const rows = await sql<{ id: string; formula: Formula }[]>`
    select id, formula from meters where id = any(${ids}) and account = ${account} and livemode = ${livemode}`;
  return new Map(rows.map((row) => [row.id, row]));
}

interface MissingEvent {
  meter: string;
  event: Omit<EventToWrite, 'series'>;
}

function eventsOf(
  scope: Scope,
  customer: string,
  { meter, at, value: theirs }: TakenUsage,
  { formula, ours }: { formula: Formula; ours: Usage },
): MissingEvent[] {
  return missingEvents(formula, theirs, ours).map((value, index) => {
    const identifier = JSON.stringify(['import', customer, meter, at, ours, theirs, index]);
    const content = contentKey({ eventName: identifier, payload: {}, timestamp: at });
    const plain = { isDistinct: false, window: null, cost: null, mayBeKnown: true };
    return { meter, event: { identifier: identifierKey(scope, identifier), content, at, value, ...plain } };
  });
}
