/**
 * Writes events, each once. The event, the roll-up of its hour and its distinct value are one statement, so a process that dies has written
 * all of a batch or none of it.
 */
import type { Sql, TransactionSql } from '../connect';
import { lockWindows, replaceEarlier, windowsOf, type EventInWindow } from './meter-windows';
import { dropPartition, partitionsBefore } from '../partitions';
import { markWatchers, type DueWatcher } from './usage-watchers';

/** An event to count, with hashes instead of text (`meter-keys.ts`). */
export interface EventToWrite extends EventInWindow {
  identifier: string;
  content: string;
  value: string | null;
  isDistinct: boolean;
  cost: string | null;
  /** False for a newly made identifier, which no earlier event can have. */
  mayBeKnown: boolean;
}

export interface WrittenEvents {
  /** The new events, with their time of receipt (epoch microseconds). The others were counted before. */
  fresh: { identifier: string; received: number }[];
  /** The workflows that must check the usage now. */
  watchers: DueWatcher[];
}

/** An event that was counted before. */
export interface KnownEvent {
  identifier: string;
  content: string;
  at: number;
  received: number;
}

const DAY_MICROS = 86_400_000_000;
/** An identifier counts once for this long after its receipt in real time: the longest age of a timestamp, plus a day. */
const KNOWN_FOR_MICROS = 36 * DAY_MICROS;
/** This close to the turn of a month two processes may write to two partitions at once, without seeing each other's identifiers. */
const TURN_MICROS = 300_000_000;
const FOREVER = Number.MAX_SAFE_INTEGER;
/** An arbitrary number, the same in every process. */
const TURN_LOCK = 7_341_002;

/** @param nowMicros Postgres's recent time: it determines which months are searched for identifiers */
export async function writeEvents(sql: Sql, events: readonly EventToWrite[], nowMicros: number): Promise<WrittenEvents> {
  const rows = JSON.stringify(events.map((event, position) => ({ position, ...event })));
  const known = { from: nowMicros - KNOWN_FOR_MICROS, to: monthStart(nowMicros) };
  const isTurn = monthStart(nowMicros - TURN_MICROS) !== monthStart(nowMicros + TURN_MICROS);
  const windows = windowsOf(events);
  if (!isTurn && windows.length === 0) return write(sql, rows, known);
  return sql.begin(async (tx) => {
    if (isTurn) await tx`select pg_advisory_xact_lock(${TURN_LOCK})`;
    if (windows.length === 0) return write(tx, rows, { ...known, to: FOREVER });
    await lockWindows(tx, windows);
    const written = await write(tx, rows, isTurn ? { ...known, to: FOREVER } : known);
    await replaceEarlier(tx, windows);
    return written;
  });
}

/**
 * All processes write identifiers, then hours, in one order, so that they never deadlock; distinct values follow the lock of their hour.
 * Fails if this month has no partition (`addPartitions`).
 */
async function write(sql: Sql | TransactionSql, rows: string, known: { from: number; to: number }): Promise<WrittenEvents> {
  const [written] = await sql<{ fresh: WrittenEvents['fresh'] | null; watchers: DueWatcher[] | null }[]>`
    with given as materialized (
      select * from json_to_recordset(${rows}::text::json) as g(position bigint, identifier uuid, content bigint, series bigint,
        at bigint, value numeric, "isDistinct" boolean, cost numeric, "mayBeKnown" boolean)
    ), clock as materialized (select floor(extract(epoch from clock_timestamp()) * 1000000)::bigint as micros
    ), fresh as (
      insert into meter_events (received, at, series, content, identifier, value, cost)
      select clock.micros + position, at, series, content, identifier, value, cost from given cross join clock
      where not ("mayBeKnown" and exists (
        select 1 from meter_events e where e.identifier = given.identifier and e.received >= ${known.from} and e.received < ${known.to}))
      order by identifier on conflict do nothing returning *
    ), hours as (
      select f.series, (f.at / 3600)::integer as hour, count(*) as events, sum(f.cost) as cost,
        sum(f.value) filter (where not g."isDistinct") as sum, max(f.value) filter (where not g."isDistinct") as max,
        (array_agg(f.value order by f.at desc, f.received desc) filter (where not g."isDistinct"))[1] as last,
        max(f.at) as last_at, (array_agg(f.received order by f.at desc, f.received desc))[1] as last_received
      from fresh f join given g using (identifier) group by 1, 2
    ), rolled as (
      insert into meter_rollups as r (series, hour, events, sum, max, last, last_at, last_received, cost)
      select series, hour, events, sum, max, last, last_at, last_received, cost from hours order by series, hour
      on conflict (series, hour) do update set events = r.events + excluded.events,
        sum = coalesce(r.sum + excluded.sum, r.sum, excluded.sum), max = greatest(r.max, excluded.max),
        cost = coalesce(r.cost + excluded.cost, r.cost, excluded.cost),
        (last, last_at, last_received) = (
          select v.last, v.at, v.received from (values (r.last, r.last_at, r.last_received),
            (excluded.last, excluded.last_at, excluded.last_received)) v(last, at, received)
          order by v.at desc nulls last, v.received desc limit 1)
      returning series, hour
    ), members as (
      insert into meter_uniques (series, hour, value)
      select distinct f.series, r.hour, f.value from rolled r join fresh f using (series) join given g using (identifier)
      where g."isDistinct" and (f.at / 3600) = r.hour order by 1, 2, 3 on conflict do nothing
    ), touched as (
      -- Whose usage has changed, in the transaction that changes it: who waits for usage to pass a mark is marked as due here.
      select s.account, s.livemode, s.customer, s.meter, min(f.at) as earliest from fresh f join meter_series s on s.id = f.series
      group by 1, 2, 3, 4
    ), ${markWatchers(sql)}
    select (select json_agg(json_build_object('identifier', identifier, 'received', received)) from fresh) as fresh,
      (select json_agg(marked) from marked) as watchers`;
  return { fresh: written?.fresh ?? [], watchers: written?.watchers ?? [] };
}

/** The known events with these identifiers; if one was used twice within memory, the later event. */
export async function findEvents(sql: Sql, identifiers: readonly string[], nowMicros: number): Promise<Map<string, KnownEvent>> {
  const rows = await sql<KnownEvent[]>`
    select identifier, content::text as content, at, received from meter_events
    where identifier = any(${[...identifiers]}::uuid[]) and received >= ${nowMicros - KNOWN_FOR_MICROS} order by received`;
  return new Map(rows.map((row) => [row.identifier, row]));
}

/** Creates the partitions of this month and the next. */
export async function addPartitions(sql: Sql): Promise<void> {
  await sql`select add_meter_partition(now()), add_meter_partition(now() + interval '1 month')`;
}

/**
 * Drops events received before an instant, by the month; roll-ups stay. Spans that begin or end within an hour of that time are no longer
 * exact.
 */
export async function dropPartitionsBefore(tx: TransactionSql, epochSeconds: number): Promise<string[]> {
  const month = new Date(epochSeconds * 1000).toISOString().slice(0, 7).replace('-', '_');
  const old = await partitionsBefore(tx, 'meter_events', month);
  for (const name of old) await dropPartition(tx, name);
  return old;
}

function monthStart(micros: number): number {
  const date = new Date(micros / 1000);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth()) * 1000;
}
