/** Events, deliveries and attempts live in partitions by the week in which the event was written, real time. */
import type { Sql, TransactionSql } from './connect';
import { dropPartition, partitionsBefore } from './partitions';

/** So many weeks ahead, an installation may have no worker before events go to the partition for everything else. */
const WEEKS_AHEAD = 4;

export async function addEventWeeks(sql: Sql | TransactionSql): Promise<void> {
  await sql`select add_event_partitions(now() + n * interval '7 days') from generate_series(0, ${WEEKS_AHEAD}::integer) n`;
}

/**
 * Drops the oldest week all of whose events are older than `days`, unless one of them is still to be delivered: then the week
 * stays, and the next is looked at. False where there is none.
 */
export async function dropEventWeek(tx: TransactionSql, days: number): Promise<boolean> {
  const [cutoff] = await tx<{ week: string }[]>`
    select to_char((now() - make_interval(days => ${days})) at time zone 'UTC', 'IYYY"w"IW') as week`;
  for (const events of await partitionsBefore(tx, 'events', cutoff?.week ?? '')) {
    const week = events.slice('events_'.length);
    if (await isPending(tx, `deliveries_${week}`)) continue;
    for (const table of ['delivery_attempts', 'deliveries', 'events']) await dropPartition(tx, `${table}_${week}`);
    return true;
  }
  return false;
}

/** Nobody can order a delivery again once this has looked. */
async function isPending(tx: TransactionSql, deliveries: string): Promise<boolean> {
  const pending = () => tx`select 1 from ${tx(deliveries)} where status = 'pending' limit 1`;
  if ((await pending()).length > 0) return true;
  await tx`set local lock_timeout = '500ms'`;
  await tx`lock table ${tx(deliveries)} in access exclusive mode`;
  return (await pending()).length > 0;
}

/** What came in a week that nobody had prepared, row by row. */
export async function pruneOtherEvents(tx: TransactionSql, days: number, portion: number): Promise<number> {
  const events = await tx<{ id: string }[]>`
    delete from events_other where id in (
      select id from events_other e where recorded < now() - make_interval(days => ${days}) and not exists (
        select 1 from deliveries_other d where d.event = e.id and d.status = 'pending')
      limit ${portion} for update skip locked) returning id`;
  const ids = events.map(({ id }) => id);
  if (ids.length === 0) return 0;
  await tx`delete from delivery_attempts_other where delivery in (select id from deliveries_other where event = any(${ids}))`;
  await tx`delete from deliveries_other where event = any(${ids})`;
  return ids.length;
}
