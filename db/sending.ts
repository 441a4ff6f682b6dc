/** What waits for its processor: whose turn comes when, once it has been resumed, and whom to wake for it. */
import type { Scope } from '../domain/core/steps';
import type { EntityRef } from '../domain/rows/workflow';
import type { PendingQuery, Row } from 'postgres';
import type { Sql, TransactionSql } from './connect';

/**
 * How many of what waits a processor is sent per second: its own rate, or else that of all. Setting the rate of all removes those of the
 * others, so whichever was set last counts. A fragment with one value.
 */
export const rateAt = (sql: Sql, account: string, livemode: string, processor: string): PendingQuery<Row[]> => sql`
  coalesce((select rate.per_second from processor_states rate where rate.account = ${sql.unsafe(account)}
    and rate.livemode = ${sql.unsafe(livemode)} and rate.processor in (${sql.unsafe(processor)}, 'all') and rate.per_second is not null
    order by rate.processor = 'all' limit 1), 20)`;

/**
 * Gives everything that waits for no paused processor its turn: the oldest first, so many per second, after those that have one. Those of each
 * test clock are in a line of their own, in its time. Repeating it changes nothing.
 */
export async function giveTurns(sql: Sql, now: number): Promise<void> {
  await sql`
    with waiting as (
      select 'attempt' as what, id, 'payment/' || intent as workflow, account, livemode, gateway as processor, customer, created, sends_at
        from payment_attempts where waiting_for is not null
      union all
      select 'refund', r.id, 'refund/' || r.id, r.account, r.livemode, c.gateway, r.customer, r.created, r.sends_at
        from refunds r join charges c on c.id = r.charge where r.waiting_for is not null),
    free as (
      select w.*, k.id as clock, coalesce(k.frozen_time, ${now}) as now, ${rateAt(sql, 'w.account', 'w.livemode', 'w.processor')} as per_second
      from waiting w left join customers u on u.id = w.customer left join test_clocks k on k.id = u.test_clock
      where not exists (select 1 from processor_states s where s.account = w.account and s.livemode = w.livemode and s.status = 'paused'
        and s.processor in (w.processor, 'all'))),
    lines as (select account, livemode, processor, clock, max(sends_at) as last from free where sends_at is not null group by 1, 2, 3, 4),
    ranked as (
      select f.*, row_number() over (partition by account, livemode, processor, clock order by created, id) - 1 as place
      from free f where sends_at is null),
    turns as (
      select r.what, r.id, r.workflow, greatest(r.now, coalesce(l.last + 1, 0)) + r.place / r.per_second as at
      from ranked r left join lines l on l.account = r.account and l.livemode = r.livemode and l.processor = r.processor
        and l.clock is not distinct from r.clock),
    attempts as (
      update payment_attempts a set sends_at = t.at from turns t where t.what = 'attempt' and a.id = t.id and a.waiting_for is not null),
    sent as (update refunds r set sends_at = t.at from turns t where t.what = 'refund' and r.id = t.id and r.waiting_for is not null)
    update workflows w set next_due = t.at from turns t where w.id = t.workflow`;
}

/** They wait again without a time, because their processor is paused once more, or has another rate. @param processor null: all of them */
export async function forgetTurns(tx: TransactionSql, { account, livemode }: Scope, processor: string | null): Promise<void> {
  await tx`
    with attempts as (
      update payment_attempts set sends_at = null
      where account = ${account} and livemode = ${livemode} and waiting_for is not null and (${processor}::text is null or gateway = ${processor})
      returning 'payment/' || intent as workflow),
    sent as (
      update refunds r set sends_at = null from charges c
      where c.id = r.charge and r.account = ${account} and r.livemode = ${livemode} and r.waiting_for is not null
        and (${processor}::text is null or c.gateway = ${processor})
      returning 'refund/' || r.id as workflow)
    update workflows w set next_due = null from (select workflow from attempts union all select workflow from sent) x where w.id = x.workflow`;
}

/**
 * Those whose turn comes within the next seconds, with their present time. On a test clock only those whose turn has come: its advance steps
 * the others.
 */
export async function sentSoon(sql: Sql, now: number, seconds: number): Promise<{ entity: EntityRef; now: number }[]> {
  const rows = await sql<(EntityRef & { now: number })[]>`
    with soon as (
      select 'payment' as kind, intent as subject, account, livemode, customer, sends_at from payment_attempts
        where waiting_for is not null and sends_at is not null
      union all
      select 'refund', id, account, livemode, customer, sends_at from refunds where waiting_for is not null and sends_at is not null)
    select s.kind, s.subject, s.account, s.livemode, s.customer, u.test_clock, coalesce(k.frozen_time, ${now}) as now
    from soon s left join customers u on u.id = s.customer left join test_clocks k on k.id = u.test_clock
    where case when k.id is null then s.sends_at <= ${now + seconds} else k.status = 'ready' and not k.deleted and s.sends_at <= k.frozen_time end
    order by s.sends_at limit 5000`;
  return rows.map(({ now: at, ...entity }) => ({ entity, now: at }));
}
