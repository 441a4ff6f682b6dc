import type { Sql, TransactionSql } from '../connect';

export interface Scope {
  account: string;
  livemode: boolean;
}

interface Balance {
  ledgerAccount: string;
  currency: string;
  /** Minor units, debits positive. */
  amount: number;
}

/**
 * The balance of each account before the second `at`: the balances of the last closed month, the entries posted since then, and what
 * schedules have earned since then. So a statement reads one open month, however many there were.
 */
export async function balancesAt(sql: Sql | TransactionSql, { account, livemode }: Scope, at: number): Promise<Balance[]> {
  return sql<Balance[]>`
    with base as (
      select id, ends_at from ledger_closes
      where account = ${account} and livemode = ${livemode} and status = 'closed' and ends_at <= ${at} order by ends_at desc limit 1
    ), since as (select coalesce((select ends_at from base), -9223372036854775808) as at)
    select ledger_account, currency, sum(amount)::bigint as amount from (
      select b.ledger_account, b.currency, b.amount from ledger_balances b join base on base.id = b.close
      union all
      select e.ledger_account, e.currency, e.amount from since, ledger_transactions t join ledger_entries e on e.transaction = t.id
      where t.account = ${account} and t.livemode = ${livemode} and t.posted >= since.at and t.posted < ${at}
      union all
      select moved.account, s.currency, moved.sign * (revenue_earned(s, ${at}) - revenue_earned(s, since.at))
      from since, revenue_schedules s, (values ('deferred_revenue', 1), ('revenue', -1)) moved (account, sign)
      where s.account = ${account} and s.livemode = ${livemode} and s.posted < ${at} and (s.ends_at > since.at or s.posted >= since.at)
    ) entries
    group by 1, 2 having sum(amount) <> 0 order by 2, 1`;
}
