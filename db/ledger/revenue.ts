import type { Sql } from '../connect';
import type { Scope } from './balances';

interface MonthOfRevenue {
  startsAt: number;
  endsAt: number;
  currency: string;
  /** The month in which it was billed. */
  billedIn: string;
  /** Minor units, positive for revenue. */
  amount: number;
}

/** What was earned in each month of [from, to), by the month in which it was billed. Both are starts of months. */
export async function revenueByMonth(
  sql: Sql,
  { account, livemode }: Scope,
  { from, to }: { from: number; to: number },
): Promise<MonthOfRevenue[]> {
  return sql<MonthOfRevenue[]>`
    with month as (
      select extract(epoch from m at time zone 'UTC')::bigint as starts_at,
        extract(epoch from (m + interval '1 month') at time zone 'UTC')::bigint as ends_at
      from generate_series(to_timestamp(${from}) at time zone 'UTC', to_timestamp(${to - 1}) at time zone 'UTC', interval '1 month') m
    ), earned as (
      select m.starts_at, m.ends_at, s.currency, s.posted, revenue_earned(s, m.ends_at) - revenue_earned(s, m.starts_at) as amount
      from month m join revenue_schedules s on s.account = ${account} and s.livemode = ${livemode}
        and s.posted < m.ends_at and (s.ends_at > m.starts_at or s.posted >= m.starts_at)
      union all
      select m.starts_at, m.ends_at, e.currency, t.posted, -e.amount
      from month m join ledger_transactions t on t.account = ${account} and t.livemode = ${livemode}
        and t.posted >= m.starts_at and t.posted < m.ends_at
        join ledger_entries e on e.transaction = t.id and e.ledger_account = 'revenue'
    )
    select starts_at, ends_at, currency, to_char(to_timestamp(posted) at time zone 'UTC', 'YYYY-MM') as billed_in, sum(amount)::bigint as amount
    from earned group by 1, 2, 3, 4 having sum(amount) <> 0 order by 1, 3, 4`;
}
