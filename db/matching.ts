/** Facts of a write without a workflow: the matching rows of one account and mode. */
import { Rows, type RowKind } from '../domain/rows/rows';
import type { Sql, TransactionSql } from './connect';
import { fromJson } from './json-rows';
import { conditionOf, each, type Filter } from './lists';
import { TABLES } from './tables';

export interface Wanted {
  kind: RowKind;
  filters: Filter[];
  /** If it is enough to know that some exist. */
  limit?: number;
}

/** Sent one after another on one connection, so that they follow a lock without waiting in between. Includes deleted rows. */
export async function loadMatching(
  sql: Sql | TransactionSql,
  scope: { account: string; livemode: boolean },
  wanted: readonly Wanted[],
): Promise<Rows> {
  const found = await Promise.all(
    wanted.map(({ kind, filters, limit }) => {
      const { table } = TABLES[kind];
      const owned =
        kind === 'account' ? sql`t.id = ${scope.account}` : sql`t.account = ${scope.account} and t.livemode = ${scope.livemode}`;
      return sql<{ row: Record<string, unknown> }[]>`
        select to_jsonb(t) as row from ${sql(table)} t where ${owned} ${each(
          sql,
          filters.map((filter) => sql`and ${conditionOf(sql, filter)}`),
        )}
        order by ${kind === 'account' ? sql`t.created` : sql`t.seq`} ${limit === undefined ? sql`` : sql`limit ${limit}`}`;
    }),
  );
  const rows = new Rows();
  for (const [index, list] of found.entries()) {
    const kind = wanted[index]?.kind;
    if (kind) for (const { row } of list) rows.put(kind, fromJson(row) as never);
  }
  return rows;
}

/** One row by its key. */
export const byKey = (kind: RowKind, key: string): Wanted => ({ kind, filters: [{ column: TABLES[kind].key, equals: key }] });

/** Rows by their keys. */
export const byKeys = (kind: RowKind, keys: readonly string[]): Wanted => ({ kind, filters: [{ column: TABLES[kind].key, among: keys }] });

/** Whether the caller has used this id before, even for a row that is deleted by now. */
export async function isTaken(
  sql: Sql | TransactionSql,
  scope: { account: string; livemode: boolean },
  kind: RowKind,
  id: string,
): Promise<boolean> {
  const { table, key } = TABLES[kind];
  const rows = await sql`
    select 1 from ${sql(table)} where ${sql(key)} = ${id} and account = ${scope.account} and livemode = ${scope.livemode}`;
  return rows.length > 0;
}

/** The named payment method configuration, or the account's default. */
export const configurationFor = (named: string | undefined): Wanted =>
  named === undefined
    ? { kind: 'paymentMethodConfiguration', filters: [{ column: 'isDefault', equals: true }] }
    : byKey('paymentMethodConfiguration', named);
