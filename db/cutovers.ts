/** The change of who bills a customer, and its facts. */
import type { Scope } from '../domain/core/steps';
import type { Cutover, Frozen } from '../domain/rows/cutover';
import type { Rows } from '../domain/rows/rows';
import type { Sql, TransactionSql } from './connect';
import { loadFacts } from './facts';
import { fromJson } from './json-rows';
import { byKey, loadMatching } from './matching';

/** The customer with all living subscriptions and what they have made since, and the cutover if one is named. */
export async function loadCutoverFacts(tx: TransactionSql, scope: Scope, customer: string, cutover: string | null): Promise<Rows> {
  const rows = await loadFacts(tx, { account: scope.account, customer, spender: customer });
  const more = await loadMatching(tx, scope, [
    ...(cutover === null ? [] : [byKey('cutover', cutover)]),
    { kind: 'invoice', filters: [{ column: 'customer', equals: customer }] },
    { kind: 'invoiceItem', filters: [{ column: 'customer', equals: customer }] },
    { kind: 'subscriptionSchedule', filters: [{ column: 'customer', equals: customer }] },
    { kind: 'creditGrant', filters: [{ column: 'customer', equals: customer }] },
  ]);
  rows.putAll(more);
  return rows;
}

/** The customer's subscriptions that were changed in one of these steps since then. */
export async function changedSubscriptions(
  tx: TransactionSql,
  customer: string,
  { since, steps }: { since: number; steps: readonly string[] },
): Promise<string[]> {
  const rows = await tx<{ id: string }[]>`
    select s.id from subscriptions s where s.customer = ${customer} and exists (
      select 1 from commits c where c.workflow = 'subscription/' || s.id and c.at >= ${since} and c.step = any(${[...steps]}) and c.refusal is null)
    order by s.seq`;
  return rows.map(({ id }) => id);
}

export async function findCutover(sql: Sql, id: string): Promise<Cutover | null> {
  const [found] = await sql<{ row: Record<string, unknown> }[]>`select to_jsonb(c) as row from cutovers c where c.id = ${id}`;
  return found ? (fromJson(found.row) as unknown as Cutover) : null;
}

/** Writes down, once, what the subscriptions of the source were before they are frozen; what is written down. */
export async function keepFrozen(sql: Sql, id: string, frozen: readonly Frozen[]): Promise<Frozen[]> {
  const [row] = await sql<{ frozen: Frozen[] }[]>`
    update cutovers set frozen = case when frozen = '[]'::jsonb then ${sql.json(frozen as never)} else frozen end where id = ${id} returning frozen`;
  return row?.frozen ?? [];
}

/** The customer's schedules that the source would begin. */
export async function plannedElsewhere(sql: Sql, customer: string): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from subscription_schedules where customer = ${customer} and starts_elsewhere order by seq`;
  return rows.map(({ id }) => id);
}

/** Customers that the source bills, whose last two cycles agree, and for whom nothing is on its way. The oldest first. */
export async function readyCustomers(sql: Sql, { account, livemode }: Scope, limit: number): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select c.id from customers c
    where c.account = ${account} and c.livemode = ${livemode} and c.billed_by = 'source' and not c.deleted
      and exists (select 1 from shadow_invoices s where s.customer = c.id)
      and not exists (select 1 from cutovers x where x.customer = c.id and x.status in ('freezing', 'returning'))
      and not exists (
        select 1 from subscriptions b where b.customer = c.id and b.status not in ('canceled', 'incomplete_expired') and (
          b.status in ('past_due', 'unpaid') or 2 > (
            select count(*) filter (where l.status in ('equal', 'accepted')) from (
              select s.status from shadow_invoices s where s.subscription = b.id order by s.cycle_at desc limit 2) l)))
    order by c.seq limit ${limit}`;
  return rows.map(({ id }) => id);
}

/** Those that have not come to an end. */
export function unfinishedCutovers(sql: Sql): Promise<Pick<Cutover, 'account' | 'customer' | 'id' | 'livemode' | 'status'>[]> {
  return sql<Pick<Cutover, 'account' | 'customer' | 'id' | 'livemode' | 'status'>[]>`
    select id, account, livemode, customer, status from cutovers where status in ('freezing', 'returning')`;
}
