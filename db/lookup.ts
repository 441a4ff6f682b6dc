/** Single rows by the id that the wire shows, bound to an account and mode. */
import type { RowKind, RowTypes } from '../domain/rows/rows';
import type { Sql, TransactionSql } from './connect';
import { fromJson } from './json-rows';
import { TABLES } from './tables';

export type Row<K extends RowKind> = RowTypes[K];

interface Scope {
  account: string;
  livemode: boolean;
}

/** Hidden rows are not there; deleted ones are, since some of them still show. */
export async function findRow<K extends RowKind>(sql: Sql | TransactionSql, kind: K, scope: Scope, id: string): Promise<Row<K> | null> {
  const key = kind === 'coupon' ? couponKey(scope, id) : id;
  const { table, key: column } = TABLES[kind];
  const [found] = await sql<{ row: Record<string, unknown> }[]>`
    select to_jsonb(t) as row from ${sql(table)} t
    where ${sql(column)} = ${key} and account = ${scope.account} and livemode = ${scope.livemode}`;
  const row = found ? fromJson(found.row) : null;
  return row === null || row['hidden'] === true ? null : (row as unknown as Row<K>);
}

/** A coupon's id may be the caller's own word, so its key says whose it is. */
export function couponKey(scope: Scope, id: string): string {
  return `${scope.account}/${scope.livemode ? 'live' : 'test'}/${id}`;
}

/** What time it is for a customer: null where there is none, `now` null where no test clock holds it. */
export async function customerTime(
  sql: Sql | TransactionSql,
  scope: Scope,
  customer: string,
): Promise<{ now: number | null; advancing: boolean; testClock: string | null } | null> {
  const [row] = await sql<{ frozenTime: number | null; status: string | null; testClock: string | null }[]>`
    select t.frozen_time, t.status, c.test_clock from customers c left join test_clocks t on t.id = c.test_clock
    where c.id = ${customer} and c.account = ${scope.account} and c.livemode = ${scope.livemode}`;
  return row ? { now: row.frozenTime, advancing: row.status === 'advancing', testClock: row.testClock } : null;
}
