/** Pages of rows, newest first: by `created`, then in order of insertion. */
import type postgres from 'postgres';
import type { RowKind } from '../domain/rows/rows';
import type { Sql, TransactionSql } from './connect';
import { snakeCase } from './json-rows';
import { beyond, joinedFor, placeIn, sortedBy, valueAt, type Order } from './orders';
import { TABLES } from './tables';
import { inTurn } from './turns';
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
  /** A text within the column, however it is capitalized. */
  | { column: string; contains: string }
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

export interface Wanted {
  filters: readonly Filter[];
  cursor: Cursor | null;
  limit: number;
  /** Newest first, unless it is said. */
  order?: Order | null;
}

/** One page. Null if the cursor's object does not exist in this account and mode, which is an error of the caller. */
export async function listRows(sql: Sql, kind: RowKind, scope: Scope, page: Wanted): Promise<Page | null> {
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
  page: Wanted,
): Promise<Page | null> {
  const { cursor, limit, order = null } = page;
  const conditions = [...from.conditions, ...page.filters.map((filter) => conditionOf(sql, filter))];
  const isBefore = cursor?.direction === 'before';
  const place = placeIn(sql, from.table, order);
  if (cursor !== null) {
    const [at] = await usually(
      place === null,
      sql<{ created: number; seq: number; value: unknown }[]>`
        select created, seq, ${valueAt(sql, place)} as value from ${sql(from.table)} ${joinedFor(sql, place)}
        where ${sql(from.idColumn)} = ${cursor.id} and account = ${scope.account} and livemode = ${scope.livemode}
        order by seq desc limit 1`,
    );
    if (!at) return null;
    const among = isBefore ? sql`(created, seq) > (${at.created}, ${at.seq})` : sql`(created, seq) < (${at.created}, ${at.seq})`;
    conditions.push(beyond(sql, place, { value: at.value, isBackward: isBefore, among }));
  }
  const newest = isBefore ? sql`created, seq` : sql`created desc, seq desc`;
  const query = sql<{ key: string }[]>`
    select ${sql(from.key)} as key from ${sql(from.table)} ${joinedFor(sql, place)}
    where account = ${scope.account} and livemode = ${scope.livemode} ${each(
      sql,
      conditions.map((condition) => sql`and ${condition}`),
    )}
    order by ${sortedBy(sql, place, isBefore)} ${newest} limit ${limit + 1}`;
  const isUsual = place === null && page.filters.length <= FILTERS_USUAL && from.conditions.length <= CONDITIONS_USUAL;
  const rows = await walked(sql, page, usually(isUsual, query));
  const keys = rows.slice(0, limit).map((row) => row.key);
  return { keys: isBefore ? keys.reverse() : keys, hasMore: rows.length > limit };
}

/** Where every row may have to be looked at, for what the caller has asked, the statement waits for its turn. */
function walked<Row extends object>(
  sql: Sql,
  { filters, order = null }: Pick<Wanted, 'filters' | 'order'>,
  query: postgres.PendingQuery<Row[]>,
): PromiseLike<Row[]> {
  const within = filters.find((filter) => 'contains' in filter);
  if (order !== null) return inTurn(sql, 'order_by', () => query);
  return within === undefined ? query : inTurn(sql, snakeCase(within.column), () => query);
}

export interface TablePage<Row> {
  rows: Row[];
  hasMore: boolean;
}

/** Whether it is worth to keep the statement prepared. */
const usually = <T extends readonly (object | undefined)[]>(isUsual: boolean, query: postgres.PendingQuery<T>): postgres.PendingQuery<T> =>
  isUsual ? query : unprepared(query);

export interface TableWanted {
  after: string | null;
  limit: number;
  order?: Order | null;
}

/** One page of a table that is shown as it is: by default the last row that was inserted first. Null if the cursor does not exist. */
export async function pageOfTable<Row extends object>(
  sql: Sql,
  { table, columns, equal }: { table: string; columns: string[]; equal: Record<string, string | null> },
  { account, livemode }: Scope,
  { after, limit, order = null }: TableWanted,
): Promise<TablePage<Row> | null> {
  const place = placeIn(sql, table, order);
  const [cursor] =
    after === null
      ? []
      : await usually(
          place === null,
          sql<{ seq: number; value: unknown }[]>`
            select seq, ${valueAt(sql, place)} as value from ${sql(table)} ${joinedFor(sql, place)}
            where id = ${after} and account = ${account} and livemode = ${livemode}`,
        );
  if (after !== null && !cursor) return null;
  const before = cursor?.seq ?? null;
  // A filter that is null is in the text, too, so that a table has one.
  const wanted = Object.entries(equal).map(([column, value]) => sql`and (${value}::text is null or ${sql(column)} = ${value})`);
  const among = sql`(${before}::bigint is null or seq < ${before})`;
  const older = cursor ? beyond(sql, place, { value: cursor.value, isBackward: false, among }) : among;
  const query = usually(
    place === null,
    sql<Row[]>`
      select ${sql(columns)} from ${sql(table)} ${joinedFor(sql, place)}
      where account = ${account} and livemode = ${livemode} and ${older} ${each(sql, wanted)}
      order by ${sortedBy(sql, place, false)} seq desc limit ${limit + 1}`,
  );
  const rows = await walked(sql, { filters: [], order }, query);
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
  if ('email' in filter || 'contains' in filter) return textCondition(sql, filter);
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

/** However it is capitalized. */
function textCondition(sql: Sql | TransactionSql, filter: Extract<Filter, { email: string } | { contains: string }>): Condition {
  if ('email' in filter) return sql`lower(${sql(snakeCase(filter.column ?? 'email'))}) = lower(${filter.email})`;
  return sql`position(lower(${filter.contains}) in lower(${sql(snakeCase(filter.column))})) > 0`;
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
