/**
 * Keeps the balances at the end of the last month, so that statements of a seller who never closes a month do not read all entries. Only of
 * live mode: test clocks post into any month. The steps are those of a close, and a process that dies in between leaves a month that is not
 * used; the next round continues. What is posted into the month from the first step on forgets it (`forget_later_months`).
 */
import type { Sql } from '../connect';
import { balancesAt } from './balances';
import { untilEarlierTransactionsEnd } from './closes';

interface DueMonth {
  account: string;
  endsAt: number;
}

/** Commits of a month that are late by more than a day are rare. */
const SETTLES_SECONDS = 86_400;

/** Keeps the last month of each account that has posted before its end and has not closed it. */
export async function keepMonths(sql: Sql, now: number): Promise<void> {
  const due = await sql<DueMonth[]>`
    with month as (
      select extract(epoch from date_trunc('month', to_timestamp(${now - SETTLES_SECONDS}) at time zone 'UTC') at time zone 'UTC')::bigint as ends_at
    )
    select a.id as account, m.ends_at from accounts a, month m
    where exists (select 1 from ledger_transactions t where t.account = a.id and t.livemode and t.posted < m.ends_at)
      and not exists (select 1 from ledger_closes c where c.account = a.id and c.livemode and c.ends_at >= m.ends_at)
      and not exists (select 1 from ledger_months k where k.account = a.id and k.livemode and k.ends_at = m.ends_at and k.is_kept)`;
  for (const month of due) await keepMonth(sql, month);
}

/** Works on the row that it has waited for: one that was forgotten and begun again meanwhile has later transactions to wait for. */
async function keepMonth(sql: Sql, { account, endsAt }: DueMonth): Promise<void> {
  await sql`
    insert into ledger_months (account, livemode, ends_at) values (${account}, true, ${endsAt})
    on conflict (account, livemode, ends_at) do nothing`;
  const [begun] = await sql<{ id: number }[]>`
    select id from ledger_months where account = ${account} and livemode and ends_at = ${endsAt} and not is_kept`;
  if (!begun) return;
  await untilEarlierTransactionsEnd(sql);
  await sql.begin(async (tx) => {
    const [month] = await tx<{ id: number }[]>`select id from ledger_months where id = ${begun.id} and not is_kept for update`;
    if (!month) return;
    const balances = await balancesAt(tx, { account, livemode: true }, endsAt);
    if (balances.length > 0)
      await tx`insert into ledger_month_balances ${tx(balances.map((balance) => ({ month: month.id, ...balance })))}`;
    await tx`update ledger_months set is_kept = true where id = ${month.id}`;
  });
}
