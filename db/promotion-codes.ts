/** Finds promotion codes by their text, ignoring case. */
import type { Rows } from '../domain/rows/rows';
import type { Sql, TransactionSql } from './connect';
import { byKey, byKeys, loadMatching } from './matching';
import { listTable, conditionOf, type Condition, type Cursor, type Filter, type Page } from './lists';
import type { Order } from './orders';

interface Scope {
  account: string;
  livemode: boolean;
}

/** The lock key with which changes of codes with one text run one after another. */
export function lockWord({ account, livemode }: Scope, code: string): string {
  return `promotion_code/${account}/${livemode ? 'live' : 'test'}/${code.toLowerCase()}`;
}

/** All active codes with this text and their coupons, and the named coupon and customer. The codes are locked. */
export async function loadCodes(
  tx: TransactionSql,
  scope: Scope,
  code: string,
  named: { coupon: string; customer: string | null },
): Promise<Rows> {
  const found = await tx<{ id: string; coupon: string }[]>`
    select id, coupon from promotion_codes where account = ${scope.account} and livemode = ${scope.livemode} and lower(code) = lower(${code})
    order by id`;
  const coupons = [...new Set([named.coupon, ...found.map((row) => row.coupon)])].sort();
  // Coupons are locked before codes, as redemptions do.
  for (const key of coupons) await tx`select 1 from coupons where key = ${key} for share`;
  for (const { id } of found) await tx`select 1 from promotion_codes where id = ${id} for update`;
  return loadMatching(tx, scope, [
    byKeys('coupon', coupons),
    byKeys(
      'promotionCode',
      found.map((row) => row.id),
    ),
    ...(named.customer === null ? [] : [byKey('customer', named.customer)]),
  ]);
}

/** The id of an active code with this text that a buyer can redeem: the customer's own before one for everybody. */
export async function findActiveCode(sql: Sql, of: Scope & { customer: string | null }, code: string): Promise<string | null> {
  const [found] = await sql<{ id: string }[]>`
    select id from promotion_codes where account = ${of.account} and livemode = ${of.livemode} and lower(code) = lower(${code})
      and active and (customer is null or customer = ${of.customer}) order by customer nulls last limit 1`;
  return found?.id ?? null;
}

export interface Wanted {
  /** Whether they can be redeemed now. */
  active: boolean | undefined;
  code: string | undefined;
  /** The coupon's id; also deleted coupons with that id have codes. */
  coupon: string | undefined;
  customer: string | undefined;
  created: Filter | null;
  now: number;
}

/** One page, newest first; null if the cursor does not exist. */
export function listPromotionCodes(
  sql: Sql,
  scope: Scope,
  wanted: Wanted,
  page: { cursor: Cursor | null; limit: number; order: Order | null },
): Promise<Page | null> {
  const { active, code, coupon, customer, created, now } = wanted;
  const conditions: Condition[] = [
    ...(active === undefined ? [] : [sql`${activeAt(sql, now)} = ${active}`]),
    ...(code === undefined ? [] : [sql`lower(code) = lower(${code})`]),
    ...(coupon === undefined
      ? []
      : [
          sql`coupon in (select key from coupons c where c.account = ${scope.account} and c.livemode = ${scope.livemode} and c.id = ${coupon})`,
        ]),
    ...(customer === undefined ? [] : [sql`customer = ${customer}`]),
    ...(created === null ? [] : [conditionOf(sql, created)]),
  ];
  return listTable(sql, { table: 'promotion_codes', key: 'id', idColumn: 'id', conditions }, scope, { ...page, filters: [] });
}

/** The same rule as `isActive` of `domain/rows/promotion-code.ts`. */
function activeAt(sql: Sql, now: number): Condition {
  return sql`(active and (expires_at is null or expires_at > ${now}) and (max_redemptions is null or times_redeemed < max_redemptions)
    and exists (select 1 from coupons c where c.key = promotion_codes.coupon and not c.deleted
      and (c.redeem_by is null or c.redeem_by >= ${now}) and (c.max_redemptions is null or c.times_redeemed < c.max_redemptions)))`;
}
