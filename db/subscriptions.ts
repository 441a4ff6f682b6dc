/** Lists of subscriptions: their filters can test items, unlike those of other lists. */
import type { Sql } from './connect';
import { listTable, visible, type Condition, type Cursor, type Filter, type Page, type Range } from './lists';
import type { Order } from './orders';
import type { Scope } from './related';

export interface SubscriptionFilters {
  filters: Filter[];
  price: string | null;
  currentPeriodStart: number | Range | null;
  currentPeriodEnd: number | Range | null;
}

/** Null if the cursor's subscription does not exist. */
export function listSubscriptions(
  sql: Sql,
  scope: Scope,
  params: SubscriptionFilters,
  page: { cursor: Cursor | null; limit: number; order: Order | null },
): Promise<Page | null> {
  const { filters, price, currentPeriodStart: start, currentPeriodEnd: end } = params;
  const conditions = [
    ...visible(sql, 'subscription'),
    ...(price === null ? [] : [withItem(sql, sql`i.price = ${price}`)]),
    ...(start === null ? [] : [withItem(sql, rangeCondition(sql, 'current_period_start', start))]),
    ...(end === null ? [] : [withItem(sql, rangeCondition(sql, 'current_period_end', end))]),
  ];
  return listTable(sql, { table: 'subscriptions', key: 'id', idColumn: 'id', conditions }, scope, { filters, ...page });
}

function withItem(sql: Sql, condition: Condition): Condition {
  return sql`exists (select 1 from subscription_items i where i.subscription = subscriptions.id and not i.deleted and ${condition})`;
}

function rangeCondition(sql: Sql, column: string, value: number | Range): Condition {
  if (typeof value === 'number') return sql`${sql(`i.${column}`)} = ${value}`;
  const { gt = -1, gte = 0, lt = Number.MAX_SAFE_INTEGER, lte = Number.MAX_SAFE_INTEGER } = value;
  const name = sql(`i.${column}`);
  return sql`(${name} > ${gt} and ${name} >= ${gte} and ${name} < ${lt} and ${name} <= ${lte})`;
}
