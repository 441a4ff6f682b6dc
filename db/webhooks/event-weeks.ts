/** Events, deliveries and attempts are partitioned by the week in which the event was written, in real time. */
import type { Sql, TransactionSql } from '../connect';
import { dropPartition, partitionsBefore } from '../partitions';

/** In order of removal: once an event is gone, no caller can request its delivery. */
const TABLES = ['events', 'deliveries', 'delivery_attempts'] as const;
/** Weeks prepared ahead. An installation can be without a worker this long before events go to the partition for everything else. */
const WEEKS_AHEAD = 4;

export async function addEventWeeks(sql: Sql): Promise<void> {
  for (const table of TABLES) {
    await sql.begin(async (tx) => {
      await tx`set local lock_timeout = '500ms'`;
      await tx`select add_event_partition(${table}, now() + n * interval '7 days') from generate_series(0, ${WEEKS_AHEAD}::integer) n`;
    });
  }
}

/**
 * Drops one table of the oldest week whose events are all older than `days`. If one of them is still to be delivered, the week stays, and
 * the next one is tried. One table per transaction, so that this never holds one while it waits for another. False if nothing is left to
 * drop.
 */
export async function dropEventWeek(tx: TransactionSql, days: number): Promise<boolean> {
  const [cutoff] = await tx<{ week: string }[]>`
    select to_char((now() - make_interval(days => ${days})) at time zone 'UTC', 'IYYY"w"IW') as week`;
  for (const table of TABLES) {
    for (const partition of await partitionsBefore(tx, table, cutoff?.week ?? '')) {
      const week = partition.slice(table.length + 1);
      if (await isPending(tx, week)) continue;
      await dropPartition(tx, partition);
      // A caller requested a delivery between the check and the lock: the transaction is aborted, and the week stays.
      if (await isPending(tx, week)) throw new Error(`an event of the week ${week} is to be delivered again`);
      return true;
    }
  }
  return false;
}

async function isPending(tx: TransactionSql, week: string): Promise<boolean> {
  const monday = tx`(to_date(${week}, 'IYYY"w"IW')::timestamp at time zone 'UTC')`;
  const rows = await tx`
    select 1 from deliveries where status = 'pending' and recorded >= ${monday} and recorded < ${monday} + interval '7 days' limit 1`;
  return rows.length > 0;
}

/** Removes events of weeks without a partition, row by row: events first, then rows without an event. */
export async function pruneOtherEvents(tx: TransactionSql, days: number, portion: number): Promise<number> {
  const old = tx`recorded < now() - make_interval(days => ${days})`;
  const events = await tx`
    delete from events_other where id in (select id from events_other e where ${old}
      and not exists (select 1 from deliveries d where d.event = e.id and d.status = 'pending') limit ${portion})`;
  if (events.count > 0) return events.count;
  const deliveries = await tx`
    delete from deliveries_other where id in (select id from deliveries_other d where ${old}
      and not exists (select 1 from events e where e.id = d.event) limit ${portion})`;
  if (deliveries.count > 0) return deliveries.count;
  const attempts = await tx`
    delete from delivery_attempts_other where id in (select id from delivery_attempts_other a where ${old}
      and not exists (select 1 from deliveries d where d.id = a.delivery) limit ${portion})`;
  return attempts.count;
}
