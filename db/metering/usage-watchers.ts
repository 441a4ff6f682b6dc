/**
 * The workflows that must check new usage: subscriptions that bill usage in mid-period, and customers with an alert, a credit top-up, or an
 * ended subscription with open spans. The transaction that stores the usage marks them as due, so if the message to one is lost, the sweep
 * finds it.
 */
import type { EntityRef } from '../../domain/rows/workflow';
import type { Sql, TransactionSql } from '../connect';
import type { Condition } from '../lists';

/** The meter and customer whose usage has changed. */
export interface Touched {
  account: string;
  livemode: boolean;
  customer: string;
  meter: string;
  /** The timestamp of the earliest event: no span that ended before it has changed. */
  earliest: number;
}

/** A workflow that must read its rows, and its present time (epoch seconds). */
export type DueWatcher = EntityRef & { now: number };

/**
 * Common table expressions that mark the watchers of the usage in `touched`; `marked` are those that were not due before. The customer's
 * row is locked first: so a commit that read its facts without this usage has written already, and a later one reads the usage. Without
 * watchers nothing is locked.
 */
export const markWatchers = (sql: Sql | TransactionSql): Condition => sql`
  watching as materialized (
    select 'subscription' as kind, s.id as subject, t.account, t.livemode, t.customer
    from touched t join subscriptions s on s.customer = t.customer
    where s.status in ('active', 'past_due') and exists (
      select 1 from subscription_items i join prices p on p.account = i.account and p.livemode = i.livemode and p.id = i.price
      where i.subscription = s.id and not i.deleted and p.recurring ->> 'meter' = t.meter
        and (s.billing_thresholds is not null or i.billing_thresholds is not null))
    union
    select 'usage', t.customer, t.account, t.livemode, t.customer from touched t
    where ${alertOn(sql, sql`a.customer = t.customer and a.meter = t.meter`)}
      or ${alertOn(sql, sql`a.customer = t.customer and a.meter is null`)}
      or ${alertOn(sql, sql`a.customer is null and a.meter = t.meter`)}
      or ${alertOn(sql, sql`a.customer is null and a.meter is null`)}
      or exists (select 1 from credit_top_ups u where u.customer = t.customer and u.status = 'active' and not u.deleted)
      or exists (
        select 1 from subscriptions s join usage_periods u on u.subscription = s.id and not u.closed
        where s.customer = t.customer and s.status = 'canceled' and u.meter = t.meter and u.period_end > t.earliest)
  ), watched as materialized (
    select c.id, c.test_clock, coalesce(
      (select frozen_time from test_clocks k where k.id = c.test_clock), floor(extract(epoch from clock_timestamp())))::bigint as now
    from customers c where c.id in (select customer from watching) order by c.id for share
  ), marked as (
    insert into workflows as w (id, kind, subject, account, livemode, customer, test_clock, status, next_due, next_step, started_at)
    select g.kind || '/' || g.subject, g.kind, g.subject, g.account, g.livemode, g.customer, c.test_clock, 'starting', c.now, 'refresh', c.now
    from watching g join watched c on c.id = g.customer order by 1
    on conflict (id) do update set moved_at = now(), ended_at = null, next_due = excluded.next_due
      where (w.ended_at is null and (w.next_due is null or w.next_due > excluded.next_due)) or (w.ended_at is not null and w.kind = 'usage')
    returning kind, subject, account, livemode, customer, test_clock as "testClock", next_due as now
  )`;

/** Whether there is an alert that can trigger: one index look-up per kind, however many other alerts there are. */
const alertOn = (sql: Sql | TransactionSql, condition: Condition): Condition => sql`
  coalesce((
    select true from alerts a
    where a.account = t.account and a.livemode = t.livemode and a.status = 'active' and ${condition}
      and not (a.recurrence = 'one_time' and exists (
        select 1 from alert_triggereds g where g.customer = t.customer and g.alert = a.id and g.activation = a.activation))
    limit 1), false)`;

/** The same as its own statement, for a transaction that has changed usage. */
export async function markWatchersOf(tx: TransactionSql, touched: readonly Touched[]): Promise<DueWatcher[]> {
  return tx<DueWatcher[]>`
    with touched as (
      select * from json_to_recordset(${JSON.stringify(touched)}::text::json) as t(account text, livemode boolean, customer text, meter text, earliest bigint)
    ), ${markWatchers(tx)} select * from marked`;
}
