/** Payments, disputes and fraud reports of a month by card network, and reports of disputes. */
import { monthOf, periodOf } from '../domain/core/chart-of-accounts';
import { inCents } from '../domain/payment/dispute-rates';
import type { Scope } from '../domain/core/steps';
import type { DisputeFigures, DisputeGroup, DisputeMonth, MonthCounts } from '../domain/rows/dispute-rate';
import type { Sql, TransactionSql } from './connect';

/**
 * What networks count: chargebacks and compliance cases by the month in which they began, without inquiries, prevented disputes, and fraud that
 * compelling evidence has cleared.
 */
export async function loadDisputeMonth(sql: Sql | TransactionSql, { account, livemode }: Scope, month: string): Promise<DisputeMonth> {
  const { start, end } = monthOf(month);
  const before = monthOf(periodOf(start - 1)).start;
  const brand = (of: string) => sql`${sql.unsafe(of)}.payment_method_details -> 'card' ->> 'brand'`;
  const rows = await sql<Counted[]>`
    with payment as (
      select ${brand('c')} as network, c.currency, count(*) filter (where c.created >= ${start}) as now, count(*) filter (where c.created < ${start}) as before,
        count(*) filter (where c.created >= ${start} and c.payment_method_details #>> '{three_d_secure,authenticated}' = 'true') as secured,
        coalesce(sum(c.amount_captured) filter (where c.created >= ${start}), 0) as amount
      from charges c where c.account = ${account} and c.livemode = ${livemode} and c.status = 'succeeded' and c.captured
        and c.created >= ${before} and c.created < ${end}
      group by 1, 2
    ),
    dispute as (
      select ${brand('d')} as network, d.currency, count(*) as now, sum(d.amount) as amount
      from disputes d where d.account = ${account} and d.livemode = ${livemode} and d.created >= ${start} and d.created < ${end}
        and d.case_type in ('chargeback', 'compliance') and not d.clears_fraud
      group by 1, 2
    ),
    warning as (
      select ${brand('c')} as network, c.currency, count(*) as now, sum(c.amount_captured) as amount
      from early_fraud_warnings w join charges c on c.id = w.charge
      where w.account = ${account} and w.livemode = ${livemode} and w.created >= ${start} and w.created < ${end}
        and not exists (select 1 from disputes d where d.charge = c.id and d.clears_fraud)
      group by 1, 2
    ),
    network as (select network, currency from payment union select network, currency from dispute union select network, currency from warning)
    select n.network, n.currency, coalesce(p.now, 0)::int as payments, coalesce(p.before, 0)::int as payments_before,
      coalesce(d.now, 0)::int as disputes, coalesce(w.now, 0)::int as warnings, coalesce(p.secured, 0)::int as secured,
      coalesce(p.amount, 0)::float8 as volume, coalesce(d.amount, 0)::float8 as disputed_amount, coalesce(w.amount, 0)::float8 as warned_amount,
      case n.currency when 'usd' then '1' else (
        select r.rate::text from exchange_rates r where r.account = ${account} and r.livemode = ${livemode} and r.from_currency = n.currency
          and r.to_currency = 'usd' order by r.day desc limit 1) end as rate
    from network n
      left join payment p on p.network is not distinct from n.network and p.currency = n.currency
      left join dispute d on d.network is not distinct from n.network and d.currency = n.currency
      left join warning w on w.network is not distinct from n.network and w.currency = n.currency
    order by 1, 2`;
  const [seller] = await sql<{ country: string; warned: string[] }[]>`
    select a.country, array(select distinct unnest(d.rate_warnings) from disputes d
      where d.account = a.id and d.livemode = ${livemode} and d.created >= ${start} and d.created < ${end}) as warned
    from accounts a where a.id = ${account}`;
  if (!seller) throw new Error(`there is no account ${account}`);
  return { month, counts: rows.map(countsOf), ...seller };
}

type Counted = MonthCounts & { currency: string; rate: string | null };

/** Of one network there is one for each currency. */
function countsOf({ currency, rate, ...counts }: Counted): MonthCounts {
  const cents = (amount: number): number => inCents(amount, currency, rate);
  return {
    ...counts,
    volume: cents(counts.volume),
    disputedAmount: cents(counts.disputedAmount),
    warnedAmount: cents(counts.warnedAmount),
  };
}

/** A row for each group and currency, and a total for each currency. */
export async function disputeFigures(
  sql: Sql,
  { account, livemode }: Scope,
  { from, to, by }: { from: number; to: number; by: DisputeGroup },
): Promise<DisputeFigures[]> {
  const groups = {
    country: sql`coalesce(c.payment_method_details -> 'card' ->> 'country', c.payment_method_details -> 'debit' -> 'account' ->> 'country')`,
    // Of several products, the one with the largest line.
    product: sql`(select l.product from invoice_line_items l where l.invoice = c.invoice order by l.amount desc, l.position limit 1)`,
    reason: sql`d.reason`,
  };
  return sql<DisputeFigures[]>`
    select d."group", grouping(d."group") = 1 as is_total, d.currency, count(*)::int as disputes,
      count(*) filter (where d.case_type = 'inquiry')::int as inquiries,
      count(*) filter (where d.status = 'prevented')::int as prevented,
      count(*) filter (where d.status not in ('won', 'lost', 'prevented', 'warning_closed'))::int as open,
      count(*) filter (where d.status = 'won')::int as won, count(*) filter (where d.status = 'lost')::int as lost,
      sum(d.amount)::bigint as amount,
      coalesce(sum(d.amount) filter (where d.status = 'won'), 0)::bigint as amount_won,
      coalesce(sum(d.amount) filter (where d.status = 'lost'), 0)::bigint as amount_lost,
      coalesce(sum((select sum(b.fee) from balance_transactions b where b.id = any(d.balance_transactions))), 0)::bigint as fees,
      (avg(d.closed_at - d.created) filter (where d.status in ('won', 'lost')))::bigint as seconds_to_decision
    from (
      select d.*, ${groups[by]} as "group" from disputes d join charges c on c.id = d.charge
      where d.account = ${account} and d.livemode = ${livemode} and d.created >= ${from} and d.created < ${to}
    ) d
    group by grouping sets ((d.currency, d."group"), (d.currency)) order by d.currency, disputes desc, d."group"`;
}
