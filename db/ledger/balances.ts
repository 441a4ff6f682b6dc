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
 * The balance of each account before the second `at`: the balances of the last month that is closed or kept, the entries posted since then, and
 * what schedules have earned since then. So a statement reads about a month, however many there were.
 */
export async function balancesAt(sql: Sql | TransactionSql, scope: Scope, at: number): Promise<Balance[]> {
  const { account, livemode } = scope;
  const [base] = await sql<{ close: string | null; month: number | null; endsAt: number }[]>`
    select close, month, ends_at from (
      select id as close, null::bigint as month, ends_at from ledger_closes
      where account = ${account} and livemode = ${livemode} and status = 'closed' and ends_at <= ${at}
      union all
      select null, id, ends_at from ledger_months where account = ${account} and livemode = ${livemode} and is_kept and ends_at <= ${at}
    ) known order by ends_at desc, close limit 1`;
  // A value and not a subquery, so that Postgres knows how few entries follow, and reads only those.
  const since = base?.endsAt ?? -1;
  const balances = await sql<Balance[]>`
    select ledger_account, currency, sum(amount)::bigint as amount from (
      select b.ledger_account, b.currency, b.amount from ledger_balances b where b.close = ${base?.close ?? null}
      union all
      select b.ledger_account, b.currency, b.amount from ledger_month_balances b where b.month = ${base?.month ?? null}
      union all
      select e.ledger_account, e.currency, e.amount from ledger_transactions t join ledger_entries e on e.transaction = t.id
      where t.account = ${account} and t.livemode = ${livemode} and t.posted >= ${since} and t.posted < ${at}
      union all
      select moved.account, s.currency, moved.sign * (revenue_earned(s, ${at}) - revenue_earned(s, ${since}))
      from revenue_schedules s, (values ('deferred_revenue', 1), ('revenue', -1)) moved (account, sign)
      where s.account = ${account} and s.livemode = ${livemode} and s.posted < ${at} and (s.ends_at > ${since} or s.posted >= ${since})
    ) entries
    group by 1, 2 having sum(amount) <> 0 order by 2, 1`;
  if (base === undefined || base.month === null) return balances;
  // What was posted into the month meanwhile has forgotten it, and its balances were not read.
  const kept = await sql`select 1 from ledger_months where id = ${base.month}`;
  return kept.length > 0 ? balances : balancesAt(sql, scope, at);
}
