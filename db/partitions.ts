/**
 * Tables whose old rows are removed by dropping partitions. A partition's name is its table's name and its time, so that names sort by
 * time.
 */
import type { Sql, TransactionSql } from './connect';

/** The partitions of a table whose time is before `suffix`, oldest first. Partitions without a time in their name are excluded. */
export async function partitionsBefore(sql: Sql | TransactionSql, table: string, suffix: string): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = ${table}::text::regclass and c.relname ~ ${`^${table}_[0-9]`} and c.relname < ${`${table}_${suffix}`}
    order by 1`;
  return rows.map(({ name }) => name);
}

/** Writers wait while a partition is dropped, and the drop waits for running writers: only briefly; otherwise it is retried later. */
export async function dropPartition(tx: TransactionSql, name: string): Promise<void> {
  await tx`set local lock_timeout = '500ms'`;
  await tx`drop table if exists ${tx(name)}`;
}
