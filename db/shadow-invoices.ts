/** Invoices that wait to be compared with those of the system that bills their customers. */
import type { Scope } from '../domain/core/steps';
import type { ComparedInvoice, ShadowDifference, ShadowInvoice } from '../domain/rows/shadow-invoice';
import type { Sql } from './connect';
import { randomId } from './ids';
import { fromJson } from './json-rows';

/** Sellers with shadows whose turn it is. */
export function scopesWithDueShadows(sql: Sql, now: number): Promise<Scope[]> {
  return sql<Scope[]>`select distinct account, livemode from shadow_invoices where status = 'waiting' and check_at <= ${now}`;
}

/** The customer whose shadow has waited longest, with all that wait. Null: none is due. */
export async function dueShadows(sql: Sql, { account, livemode }: Scope, now: number): Promise<ShadowInvoice[]> {
  const rows = await sql<{ row: Record<string, unknown> }[]>`
    select to_jsonb(s) as row from shadow_invoices s
    where s.status = 'waiting' and s.account = ${account} and s.livemode = ${livemode} and s.customer = (
      select customer from shadow_invoices
      where status = 'waiting' and account = ${account} and livemode = ${livemode} and check_at <= ${now} order by check_at, seq limit 1)
    order by s.cycle_at, s.seq`;
  return rows.map(({ row }) => fromJson(row) as unknown as ShadowInvoice);
}

/** Every shadow of a customer, by cycle. */
export async function shadowsOf(sql: Sql, customer: string): Promise<ShadowInvoice[]> {
  const rows = await sql<{ row: Record<string, unknown> }[]>`
    select to_jsonb(s) as row from shadow_invoices s where s.customer = ${customer} order by s.cycle_at, s.seq`;
  return rows.map(({ row }) => fromJson(row) as unknown as ShadowInvoice);
}

export async function concludeShadow(
  sql: Sql,
  id: string,
  { theirs, differences }: { theirs: ComparedInvoice | null; differences: readonly ShadowDifference[] },
): Promise<void> {
  await sql`
    update shadow_invoices set theirs = ${theirs === null ? null : sql.json(theirs as never)}, differences = ${sql.json(differences as never)},
      status = ${differences.length === 0 ? 'equal' : 'different'}
    where id = ${id} and status = 'waiting'`;
}

/** The source has no such invoice yet: it is asked again then. */
export async function postponeShadow(sql: Sql, id: string, checkAt: number): Promise<void> {
  await sql`update shadow_invoices set check_at = ${checkAt} where id = ${id} and status = 'waiting'`;
}

/** An invoice that only the source has made. Once, however often it is found. */
export async function putMissing(
  sql: Sql,
  of: Pick<ShadowInvoice, 'account' | 'created' | 'currency' | 'customer' | 'cycleAt' | 'livemode' | 'subscription'> & {
    theirs: ComparedInvoice;
    differences: readonly ShadowDifference[];
  },
): Promise<void> {
  const { account, livemode, created, customer, subscription, currency, cycleAt, theirs, differences } = of;
  await sql`
    insert into shadow_invoices (id, account, livemode, created, customer, subscription, currency, cycle_at, ours, theirs, status, differences, check_at)
    select ${randomId('shadow')}, ${account}, ${livemode}, ${created}, ${customer}, ${subscription}, ${currency}, ${cycleAt}, null,
      ${sql.json(theirs as never)}, ${differences.length === 0 ? 'equal' : 'different'}, ${sql.json(differences as never)}, 0
    where not exists (select 1 from shadow_invoices where subscription = ${subscription} and cycle_at = ${cycleAt})
    on conflict (subscription, cycle_at, (ours is null)) do nothing`;
}

/** A person has looked at a difference and found it right. Null: there is none. */
export async function acceptShadow(sql: Sql, { account, livemode }: Scope, id: string): Promise<string | null> {
  const [row] = await sql<{ id: string }[]>`
    update shadow_invoices set status = 'accepted'
    where id = ${id} and account = ${account} and livemode = ${livemode} and status in ('different', 'accepted') returning id`;
  return row?.id ?? null;
}

/** All that wait are compared now. */
export async function hurryShadows(sql: Sql, { account, livemode }: Scope): Promise<void> {
  await sql`update shadow_invoices set check_at = 0 where account = ${account} and livemode = ${livemode} and status = 'waiting'`;
}

export interface ShadowTotals {
  status: string;
  invoices: number;
  ours: number;
  theirs: number;
  currency: string;
}

/** How many invoices agree, and what each side bills, by currency. Minor units. */
export function shadowTotals(sql: Sql, { account, livemode }: Scope): Promise<ShadowTotals[]> {
  return sql<ShadowTotals[]>`
    select status, currency, count(*)::int as invoices, coalesce(sum((ours ->> 'total')::bigint), 0)::bigint as ours,
      coalesce(sum((theirs ->> 'total')::bigint), 0)::bigint as theirs
    from shadow_invoices where account = ${account} and livemode = ${livemode} group by 1, 2 order by 2, 1`;
}

export function differenceTotals(sql: Sql, { account, livemode }: Scope): Promise<{ kind: string; count: number }[]> {
  return sql<{ kind: string; count: number }[]>`
    select d ->> 'kind' as kind, count(*)::int as count from shadow_invoices s, jsonb_array_elements(s.differences) d
    where s.account = ${account} and s.livemode = ${livemode} and s.status = 'different' group by 1 order by 1`;
}

/** The last of a customer's time: their clock's, or real time. */
export async function timeOfCustomer(sql: Sql, customer: string): Promise<number> {
  const [row] = await sql<{ now: number | null }[]>`
    select t.frozen_time as now from customers c left join test_clocks t on t.id = c.test_clock where c.id = ${customer}`;
  return row?.now ?? Math.floor(Date.now() / 1000);
}
