/**
 * Writes events, each once: the event, the roll-up of its hour and its distinct value are one statement, so that a process that
 * dies has written all of a batch or nothing of it.
 */
import type { Sql, TransactionSql } from '../connect';
import { lockWindows, replaceEarlier, windowsOf, type EventInWindow } from './meter-windows';
import { dropPartition, partitionsBefore } from '../partitions';
import { markWatchers, type DueWatcher } from './usage-watchers';

/** An event that is to be counted, with hashes in place of words (`meter-keys.ts`). */
export interface EventToWrite extends EventInWindow {
  identifier: string;
  content: string;
  value: string | null;
  isDistinct: boolean;
  cost: string | null;
  /** False for an identifier that was just made, which nobody can have sent before. */
  mayBeKnown: boolean;
}

export interface WrittenEvents {
  /** Those that were new, and when they were received (epoch microseconds). Others were counted before. */
  fresh: { identifier: string; received: number }[];
  /** Who is to look at it now. */
  watchers: DueWatcher[];
}

/** An event as it was counted before. */
export interface KnownEvent {
  identifier: string;
  content: string;
  at: number;
  received: number;
}

const DAY_MICROS = 86_400_000_000;
/** As long as an event's timestamp may lie back, and a day for good measure, an identifier counts once; of receipt, real time. */
const KNOWN_FOR_MICROS = 36 * DAY_MICROS;
/** So close to the turn of a month two processes may write to two partitions at once, each not seeing the other's identifiers. */
const TURN_MICROS = 300_000_000;
const FOREVER = Number.MAX_SAFE_INTEGER;
/** Any number, the same in every process. */
const TURN_LOCK = 7_341_002;

/** @param nowMicros Postgres's time a moment ago: which months are looked through for identifiers */
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
 * Identifiers, then hours are written in one order by everybody, so that two processes never wait for each other in a ring; what
 * is distinct follows the lock of its hour. Nothing happens where there is no partition for this month: `addPartition`.
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

/** What is known of these identifiers; of one that was used twice within memory, the later. */
export async function findEvents(sql: Sql, identifiers: readonly string[], nowMicros: number): Promise<Map<string, KnownEvent>> {
  const rows = await sql<KnownEvent[]>`
    select identifier, content::text as content, at, received from meter_events
    where identifier = any(${[...identifiers]}::uuid[]) and received >= ${nowMicros - KNOWN_FOR_MICROS} order by received`;
  return new Map(rows.map((row) => [row.identifier, row]));
}

/** A place for this month's events, and for next month's. */
export async function addPartitions(sql: Sql): Promise<void> {
  await sql`select add_meter_partition(now()), add_meter_partition(now() + interval '1 month')`;
}

/** Forgets events received before an instant, by the month; roll-ups stay. Spans that begin or end within an hour of then are no longer exact. */
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
