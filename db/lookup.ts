/** Finds single rows by the API's id, within an account and mode. */
import type { RowKind, RowTypes } from '../domain/rows/rows';
import type { Sql, TransactionSql } from './connect';
import { findCoupon } from './coupons';
import { fromJson } from './json-rows';
import { TABLES } from './tables';

export type Row<K extends RowKind> = RowTypes[K];

interface Scope {
  account: string;
  livemode: boolean;
}

/** Hidden rows are not found. Deleted ones are, because the API still shows some of them. */
export async function findRow<K extends RowKind>(sql: Sql | TransactionSql, kind: K, scope: Scope, id: string): Promise<Row<K> | null> {
  if (kind === 'coupon') return (await findCoupon(sql, scope, id)) as Row<K> | null;
  const { table, key: column } = TABLES[kind];
  const [found] = await sql<{ row: Record<string, unknown> }[]>`
    select to_jsonb(t) as row from ${sql(table)} t
    where ${sql(column)} = ${id} and account = ${scope.account} and livemode = ${scope.livemode}`;
  const row = found ? fromJson(found.row) : null;
  return row === null || row['hidden'] === true ? null : (row as unknown as Row<K>);
}

/** The present time of a customer: null if the customer does not exist; `now` is null if no test clock holds it. */
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
