/** Pages of rows, newest first: by `created`, then in order of insertion. */
import type postgres from 'postgres';
import type { RowKind } from '../domain/rows/rows';
import type { Sql, TransactionSql } from './connect';
import { snakeCase } from './json-rows';
import { TABLES } from './tables';
import { unprepared } from './unprepared';

/** Bounds of a number, as in Stripe's range filters. */
export interface Range {
  gt?: number | undefined;
  gte?: number | undefined;
  lt?: number | undefined;
  lte?: number | undefined;
}

type Value = string | number | boolean;

/** A condition on a column, named in camelCase; `path` leads into a jsonb column. */
export type Filter =
  | { column: string; path?: string[]; equals: Value }
  | { column: string; among: readonly string[] }
  | { column: string; range: Range }
  | { column: string; isNull: boolean }
  /** An end that is later, or not set. */
  | { column: string; endsAfter: number }
  /** Rows with an e-mail address, however it is capitalized, in the column `email` or another. */
  | { email: string; column?: string }
  /** The invoices that bill a subscription, alone or with others. */
  | { billing: string };

export type Condition = postgres.PendingQuery<postgres.Row[]>;

export interface Cursor {
  direction: 'after' | 'before';
  id: string;
}

export interface Page {
  keys: string[];
  hasMore: boolean;
}

interface Scope {
  account: string;
  livemode: boolean;
}

/** Kinds whose deleted rows are in no list. */
const DELETABLE: readonly RowKind[] = [
  'customer',
  'taxId',
  'product',
  'productFeature',
  'productDownload',
  'licenseActivation',
  'price',
  'plan',
  'coupon',
  'discount',
  'subscriptionItem',
  'invoice',
  'invoiceItem',
  'testClock',
  'webhookEndpoint',
  'valueList',
  'valueListItem',
  'mailSuppression',
];
/** Kinds with hidden rows, which wait for their first payment. */
const HIDEABLE: readonly RowKind[] = ['subscription', 'invoice'];

/** One page. Null if the cursor's object does not exist in this account and mode, which is an error of the caller. */
export async function listRows(
  sql: Sql,
  kind: RowKind,
  scope: Scope,
  page: { filters: readonly Filter[]; cursor: Cursor | null; limit: number },
): Promise<Page | null> {
  const { table, key } = TABLES[kind];
  return listTable(sql, { table, key, idColumn: 'id', conditions: visible(sql, kind) }, scope, page);
}

/** With more filters there are too many texts to keep each prepared. */
const FILTERS_USUAL = 1;
const CONDITIONS_USUAL = 2;

/** One page of a table that is not a kind of row: events. */
export async function listTable(
  sql: Sql,
  from: { table: string; key: string; idColumn: string; conditions: Condition[] },
  scope: Scope,
  page: { filters: readonly Filter[]; cursor: Cursor | null; limit: number },
): Promise<Page | null> {
  const { cursor, limit } = page;
  const conditions = [...from.conditions, ...page.filters.map((filter) => conditionOf(sql, filter))];
  const isBefore = cursor?.direction === 'before';
  if (cursor !== null) {
    const [at] = await sql<{ created: number; seq: number }[]>`
      select created, seq from ${sql(from.table)}
      where ${sql(from.idColumn)} = ${cursor.id} and account = ${scope.account} and livemode = ${scope.livemode}
      order by seq desc limit 1`;
    if (!at) return null;
    conditions.push(isBefore ? sql`(created, seq) > (${at.created}, ${at.seq})` : sql`(created, seq) < (${at.created}, ${at.seq})`);
  }
  const order = isBefore ? sql`created, seq` : sql`created desc, seq desc`;
  const query = sql<{ key: string }[]>`
    select ${sql(from.key)} as key from ${sql(from.table)}
    where account = ${scope.account} and livemode = ${scope.livemode} ${each(
      sql,
      conditions.map((condition) => sql`and ${condition}`),
    )}
    order by ${order} limit ${limit + 1}`;
  const rows = await (page.filters.length > FILTERS_USUAL || from.conditions.length > CONDITIONS_USUAL ? unprepared(query) : query);
  const keys = rows.slice(0, limit).map((row) => row.key);
  return { keys: isBefore ? keys.reverse() : keys, hasMore: rows.length > limit };
}

export interface TablePage<Row> {
  rows: Row[];
  hasMore: boolean;
}

/** One page of a table that is shown as it is, in one order: the last row that was inserted first. Null if the cursor does not exist. */
export async function pageOfTable<Row extends object>(
  sql: Sql,
  { table, columns, equal }: { table: string; columns: string[]; equal: Record<string, string | null> },
  { account, livemode }: Scope,
  { after, limit }: { after: string | null; limit: number },
): Promise<TablePage<Row> | null> {
  const [cursor] =
    after === null
      ? []
      : await sql<{ seq: number }[]>`
          select seq from ${sql(table)} where id = ${after} and account = ${account} and livemode = ${livemode}`;
  if (after !== null && !cursor) return null;
  const before = cursor?.seq ?? null;
  // A filter that is null is in the text, too, so that a table has one.
  const wanted = Object.entries(equal).map(([column, value]) => sql`and (${value}::text is null or ${sql(column)} = ${value})`);
  const rows = await sql<Row[]>`
    select ${sql(columns)} from ${sql(table)}
    where account = ${account} and livemode = ${livemode} and (${before}::bigint is null or seq < ${before}) ${each(sql, wanted)}
    order by seq desc limit ${limit + 1}`;
  return { rows: rows.slice(0, limit), hasMore: rows.length > limit };
}

/** Restricts a kind to the rows that callers can see. */
export function visible(sql: Sql, kind: RowKind): Condition[] {
  return [...(DELETABLE.includes(kind) ? [sql`not deleted`] : []), ...(HIDEABLE.includes(kind) ? [sql`not hidden`] : [])];
}

export function conditionOf(sql: Sql | TransactionSql, filter: Filter): Condition {
  if ('billing' in filter) {
    return sql`id = any(array(
      select id from invoices where subscription = ${filter.billing}
      union all select id from invoices where consolidates <> '{}' and consolidates @> array[${filter.billing}::text]))`;
  }
  if ('email' in filter) return sql`lower(${sql(snakeCase(filter.column ?? 'email'))}) = lower(${filter.email})`;
  const column = sql(snakeCase(filter.column));
  if ('equals' in filter)
    return filter.path ? sql`${column} #>> ${filter.path} = ${String(filter.equals)}` : sql`${column} = ${filter.equals}`;
  if ('among' in filter) return sql`${column} = any(${[...filter.among]})`;
  if ('isNull' in filter) return filter.isNull ? sql`${column} is null` : sql`${column} is not null`;
  if ('endsAfter' in filter) return sql`(${column} is null or ${column} > ${filter.endsAfter})`;
  const bounds = (Object.keys(COMPARISONS) as (keyof Range)[]).flatMap((name) => {
    const bound = filter.range[name];
    return bound === undefined ? [] : sql`and ${column} ${COMPARISONS[name](sql)} ${bound}`;
  });
  return sql`(true ${each(sql, bounds)})`;
}

const COMPARISONS: Record<keyof Range, (sql: Sql | TransactionSql) => Condition> = {
  gt: (sql) => sql`>`,
  gte: (sql) => sql`>=`,
  lt: (sql) => sql`<`,
  lte: (sql) => sql`<=`,
};

/** Parts of a statement one after another; postgres.js would treat an empty list as a value. */
export function each(sql: Sql | TransactionSql, parts: Condition[]): Condition | Condition[] {
  return parts.length > 0 ? parts : sql``;
}
