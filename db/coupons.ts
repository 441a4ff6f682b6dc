/** Coupons by the ids that callers choose. Once a coupon is deleted, another one may have its id; each has a key of its own. */
import { Rows, type RowTypes } from '../domain/rows/rows';
import type { Sql, TransactionSql } from './connect';
import { fromJson } from './json-rows';

interface Scope {
  account: string;
  livemode: boolean;
}

type Coupon = RowTypes['coupon'];

/**
 * The key for a new coupon: `<account>/<live|test>/<id>`, and with the number of earlier ones with the same id `<account>/test.1/<id>`.
 *
 * @param earlier the number of deleted coupons with this id
 */
export function newCouponKey({ account, livemode }: Scope, id: string, earlier: number): string {
  const mode = livemode ? 'live' : 'test';
  return `${account}/${earlier === 0 ? mode : `${mode}.${String(earlier)}`}/${id}`;
}

/** The lock key with which changes of the coupons with one id run one after another. */
export const couponLock = (scope: Scope, id: string): string => `coupon/${newCouponKey(scope, id, 0)}`;

/** What each id means now: the living coupon's key, or that of the one that was deleted last. Unknown ids are left out. */
export async function couponKeys(sql: Sql | TransactionSql, scope: Scope, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await sql<{ id: string; key: string }[]>`
    select distinct on (id) id, key from coupons
    where account = ${scope.account} and livemode = ${scope.livemode} and id = any(${[...ids]}) order by id, deleted, seq desc`;
  return new Map(rows.map(({ id, key }) => [id, key]));
}

/** The living coupon with this id, or the one that was deleted last; null if there was never one. */
export async function findCoupon(sql: Sql | TransactionSql, scope: Scope, id: string): Promise<Coupon | null> {
  const [found] = await couponsNamed(sql, scope, id);
  return found ?? null;
}

/** All coupons that ever had this id: the living one first, then the deleted ones, newest first. */
export async function couponsNamed(sql: Sql | TransactionSql, scope: Scope, id: string): Promise<Coupon[]> {
  const rows = await sql<{ row: Record<string, unknown> }[]>`
    select to_jsonb(t) as row from coupons t
    where account = ${scope.account} and livemode = ${scope.livemode} and id = ${id} order by deleted, seq desc`;
  return rows.map(({ row }) => fromJson(row) as unknown as Coupon);
}

/** The living coupon with this id, if there is one: locked, because its row counts redemptions by all customers. */
export async function lockCoupon(tx: TransactionSql, scope: Scope, id: string): Promise<Rows> {
  await tx`
    select 1 from coupons where account = ${scope.account} and livemode = ${scope.livemode} and id = ${id} and not deleted for update`;
  const coupon = await findCoupon(tx, scope, id);
  return new Rows({ coupon: coupon?.deleted === false ? [coupon] : [] });
}
