/** Cancels an event with all its effects: its hour is recounted from the remaining events. */
import type { Sql, TransactionSql } from '../connect';
import { markWatchersOf, type DueWatcher, type Touched } from './usage-watchers';

const DAY_MICROS = 86_400_000_000;
/**
 * An event is at most 35 days old on receipt; this long after its timestamp its span is closed. Real time gets there after a day, a test
 * clock sooner.
 */
const OPEN_SECONDS = 36 * 86_400;

export type Cancellation =
  | { outcome: 'canceled'; watchers: DueWatcher[] }
  | { outcome: 'canceled_before' }
  /** Its customer's clock is advancing. */
  | { outcome: 'clock_advancing' }
  /** It was received more than a day ago, or belongs to a span that can no longer be corrected. */
  | { outcome: 'too_late' }
  | { outcome: 'unknown' };

/** Real time, by receipt. `identifier` is the result of `identifierKey`. */
export async function cancelEvent(sql: Sql, of: { identifier: string; eventName: string }): Promise<Cancellation> {
  return sql.begin(async (tx) => {
    const found = await find(tx, of);
    if (!found) return { outcome: 'unknown' };
    if (found.isAdvancing) return { outcome: 'clock_advancing' };
    if (found.isOld) return { outcome: 'too_late' };
    const { account, livemode, customer, meter, earliest, series, hour, received } = found;
    // Writers to this hour take the same lock, so the statements after this one see everything counted.
    await tx`select 1 from meter_rollups where series = ${series} and hour = ${hour} for update`;
    const canceled = await tx`
      update meter_events set canceled = true where identifier = ${of.identifier} and received = ${received} and not canceled`;
    if (canceled.count === 0) return { outcome: 'canceled_before' };
    await recountHours(tx, [found]);
    return { outcome: 'canceled', watchers: await markWatchersOf(tx, [{ account, livemode, customer, meter, earliest }]) };
  });
}

interface Found extends Touched {
  series: number;
  hour: number;
  received: number;
  isOld: boolean;
  isAdvancing: boolean;
}

async function find(tx: TransactionSql, { identifier, eventName }: { identifier: string; eventName: string }): Promise<Found | undefined> {
  const [found] = await tx<Found[]>`
    select s.account, s.livemode, s.customer, s.meter, e.at as earliest, e.series, (e.at / 3600)::integer as hour, e.received,
      e.received < extract(epoch from clock_timestamp()) * 1000000 - ${DAY_MICROS}::bigint
        or coalesce(e.at < k.frozen_time - ${OPEN_SECONDS}::bigint, false) as is_old,
      coalesce(k.status = 'advancing', false) as is_advancing
    from meter_events e join meter_series s on s.id = e.series join meters m on m.id = s.meter
    join customers c on c.id = s.customer left join test_clocks k on k.id = c.test_clock
    where e.identifier = ${identifier} and m.event_name = ${eventName} order by e.received desc limit 1`;
  return found;
}

/** Recounts roll-ups and distinct values of hours from the remaining events. */
export async function recountHours(tx: TransactionSql, hours: readonly { series: number; hour: number }[]): Promise<void> {
  if (hours.length === 0) return;
  const distinct = new Map(hours.map(({ series, hour }) => [`${String(series)}/${String(hour)}`, { series, hour }]));
  const changed = tx`
    select c.series, c.hour, m.formula = 'unique' as is_distinct
    from json_to_recordset(${JSON.stringify([...distinct.values()])}::text::json) as c(series bigint, hour integer)
    join meter_series s on s.id = c.series join meters m on m.id = s.meter`;
  await tx`
    update meter_rollups r set (events, sum, max, last, last_at, last_received, cost) = (
      select count(*), sum(value) filter (where not c.is_distinct), max(value) filter (where not c.is_distinct),
        (array_agg(value order by at desc, received desc) filter (where not c.is_distinct))[1], max(at),
        (array_agg(received order by at desc, received desc))[1], sum(cost)
      from meter_events e where e.series = r.series and e.at / 3600 = r.hour and not e.canceled)
    from (${changed}) c where r.series = c.series and r.hour = c.hour`;
  await tx`
    delete from meter_uniques u using (${changed}) c
    where c.is_distinct and u.series = c.series and u.hour = c.hour and not exists (
      select 1 from meter_events e where e.series = u.series and e.at / 3600 = u.hour and e.value = u.value and not e.canceled)`;
}
