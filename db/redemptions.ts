/** The facts of a redemption, locked: customers share the counts of coupons and codes, and a customer's own lock does not protect them. */
import type { RowKind, RowTypes } from '../domain/rows/rows';
import type { TransactionSql } from './connect';
import { couponKeys } from './coupons';
import { loadReferenced } from './facts';
import type { FactLists } from './facts/statement';

interface Scope {
  account: string;
  livemode: boolean;
}

type Named = Partial<Record<RowKind, string[]>>;

/**
 * The rows that a request references, coupons by their ids, with the coupons behind its codes and discounts, and the customer history that a code's restrictions
 * need. Concurrent redemptions of one coupon serialize here and see the committed count.
 *
 * @param customer the redeeming customer; null for none
 */
export async function loadRedeeming(tx: TransactionSql, scope: Scope, customer: string | null, named: Named): Promise<FactLists> {
  const { coupon = [], promotionCode = [] } = named;
  const redeemed = [...(await couponKeys(tx, scope, coupon)).values(), ...(await couponsBehind(tx, scope, 'promotionCode', promotionCode))];
  await lock(tx, 'coupons', redeemed);
  await lock(tx, 'promotion_codes', promotionCode);
  return loadRedeemable(tx, scope, customer, named);
}

/** The same without locks, for previews. */
export async function loadRedeemable(sql: TransactionSql, scope: Scope, customer: string | null, named: Named): Promise<FactLists> {
  const { coupon = [], promotionCode = [], discount = [] } = named;
  const behind = await Promise.all([
    couponKeys(sql, scope, coupon).then((keys) => [...keys.values()]),
    couponsBehind(sql, scope, 'promotionCode', promotionCode),
    couponsBehind(sql, scope, 'discount', discount),
  ]);
  const found = await loadReferenced(sql, scope, { ...named, coupon: [...new Set(behind.flat())] });
  return promotionCode.length === 0 || customer === null ? found : { ...found, ...(await loadPast(sql, scope, customer)) };
}

async function couponsBehind(
  sql: TransactionSql,
  { account, livemode }: Scope,
  kind: 'promotionCode' | 'discount',
  ids: string[],
): Promise<RowTypes['coupon']['key'][]> {
  if (ids.length === 0) return [];
  const table = kind === 'discount' ? sql`discounts` : sql`promotion_codes`;
  const rows = await sql<{ coupon: string }[]>`
    select distinct coupon from ${table} where id = any(${ids}) and account = ${account} and livemode = ${livemode}`;
  return rows.map((row) => row.coupon);
}

/** Locks all of them in one order, so that two redemptions never deadlock. */
async function lock(tx: TransactionSql, table: 'coupons' | 'promotion_codes', keys: string[]): Promise<void> {
  const column = table === 'coupons' ? 'key' : 'id';
  for (const key of [...new Set(keys)].sort()) await tx`select 1 from ${tx(table)} where ${tx(column)} = ${key} for update`;
}

/** One successful payment and one paid invoice, if there are any. */
async function loadPast(sql: TransactionSql, { account, livemode }: Scope, customer: string): Promise<FactLists> {
  const [row] = await sql<{ charge: Record<string, unknown>[] | null; invoice: Record<string, unknown>[] | null }[]>`
    select (select jsonb_agg(to_jsonb(c)) from (select * from charges where customer = ${customer} and account = ${account}
        and livemode = ${livemode} and status = 'succeeded' limit 1) c) as charge,
      (select jsonb_agg(to_jsonb(i)) from (select * from invoices where customer = ${customer} and account = ${account}
        and livemode = ${livemode} and status = 'paid' and total > 0 limit 1) i) as invoice`;
  return row ?? {};
}
