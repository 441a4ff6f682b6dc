/** What the copies of a forecast were billed, added up before they are removed. */
import { copiedCustomerId } from './copies';
import type { Scope } from '../domain/core/steps';
import type { Forecast, ForecastSum, ForecastVersion } from '../domain/rows/forecast';
import type { Sql } from './connect';
import { accountOfCopies, clockOfCopies, type CopiesOf } from './forecast-accounts';

/** What was billed by invoices and taken back by credit notes since a moment, each at its time. What was billed before was copied. */
const billed = (sql: Sql, { account, livemode }: Scope, since: number) => sql`
  select customer, currency, finalized_at as at, total_excluding_tax as revenue, total - total_excluding_tax as tax, 1 as invoices
  from invoices where account = ${account} and livemode = ${livemode} and finalized_at > ${since} and status not in ('draft', 'void')
  union all
  select customer, currency, created, -total_excluding_tax, total_excluding_tax - total, 0
  from credit_notes where account = ${account} and livemode = ${livemode} and created > ${since} and status = 'issued'`;

/** What was paid, and refunded. An invoice that is sent is paid when it is due; one that was paid while its copy was made, then. */
const paid = (sql: Sql, { account, livemode }: Scope, since: number) => sql`
  select currency, created as at, amount_captured as cash from charges
  where account = ${account} and livemode = ${livemode} and status = 'succeeded' and created > ${since}
  union all
  select currency, created, -amount from refunds
  where account = ${account} and livemode = ${livemode} and status = 'succeeded' and created > ${since}
  union all
  select currency, due_date, amount_remaining from invoices
  where account = ${account} and livemode = ${livemode} and status = 'open' and collection_method = 'send_invoice' and due_date > ${since}
  union all
  select currency, paid_at, amount_paid from invoices
  where account = ${account} and livemode = ${livemode} and paid_out_of_band and paid_at > ${since}`;

/** Adds a batch up by month and currency, and by customer where versions are compared. Repeated, it writes the same. */
export async function sumCopies(
  sql: Sql,
  of: CopiesOf,
  { account, livemode, changes, edges }: Forecast,
  { customers, secret }: { customers: string[]; secret: string },
): Promise<void> {
  const [to, since, end] = [accountOfCopies(of), edges[0] ?? 0, edges.at(-1) ?? 0];
  const common = { forecast: of.forecast, account, version: of.version };
  const sums = await sql<ForecastSum[]>`
    with month as (select e.starts_at, lead(e.starts_at) over (order by e.starts_at) as ends_at from unnest(${edges}::bigint[]) e (starts_at)),
    billed as (${billed(sql, to, since)}), paid as (${paid(sql, to, since)}),
    worth as (
      select m.starts_at, l.currency, sum(l.customer_mrr) as mrr from month m cross join lateral (
        select distinct on (v.customer, v.currency) v.currency, v.customer_mrr from mrr_movements v
        where v.account = ${to.account} and v.livemode = ${to.livemode} and v.created < m.ends_at order by v.customer, v.currency, v.seq desc) l
      where m.ends_at is not null group by 1, 2
    ),
    part as (
      select m.starts_at, b.currency, b.revenue, b.tax, 0 as cash, b.invoices, 0 as mrr from month m join billed b on b.at >= m.starts_at and b.at < m.ends_at
      union all
      select m.starts_at, p.currency, 0, 0, p.cash, 0, 0 from month m join paid p on p.at >= m.starts_at and p.at < m.ends_at
      union all
      select starts_at, currency, 0, 0, 0, 0, mrr from worth
    )
    select starts_at, currency, sum(revenue)::bigint as revenue, sum(tax)::bigint as tax, sum(cash)::bigint as cash,
      sum(invoices)::bigint as invoices, sum(mrr)::bigint as mrr
    from part group by 1, 2 order by 1, 2`;
  for (const sum of sums) {
    await sql`insert into forecast_sums ${sql({ ...common, batch: of.batch, ...sum })} on conflict do nothing`;
  }
  if (changes === null) return;
  const originals = new Map(customers.map((customer) => [copiedCustomerId(secret, clockOfCopies(of), customer), customer]));
  const byCustomer = await sql<{ customer: string; currency: string; revenue: number; tax: number }[]>`
    select customer, currency, sum(revenue)::bigint as revenue, sum(tax)::bigint as tax
    from (${billed(sql, to, since)}) b where at < ${end} group by 1, 2`;
  for (const { customer, ...sum } of byCustomer) {
    const row = { ...common, ...sum, livemode, customer: originals.get(customer) ?? customer };
    await sql`insert into forecast_customers ${sql(row)} on conflict do nothing`;
  }
}

/** By month and currency, over all batches that are done. */
export async function readSums(sql: Sql, forecast: string, version: ForecastVersion): Promise<ForecastSum[]> {
  return sql`
    select starts_at, currency, sum(revenue)::bigint as revenue, sum(tax)::bigint as tax, sum(cash)::bigint as cash,
      sum(invoices)::bigint as invoices, sum(mrr)::bigint as mrr
    from forecast_sums where forecast = ${forecast} and version = ${version} group by 1, 2 order by 1, 2`;
}

/** What one customer is billed in one currency, as things are now and with the changes. Minor units. */
export interface ForecastDifference {
  customer: string;
  currency: string;
  revenueNow: number;
  taxNow: number;
  revenueThen: number;
  taxThen: number;
}

const differences = (sql: Sql, forecast: string) => sql`
  select customer, currency,
    coalesce(sum(revenue) filter (where version = 'as_now'), 0)::bigint as revenue_now,
    coalesce(sum(tax) filter (where version = 'as_now'), 0)::bigint as tax_now,
    coalesce(sum(revenue) filter (where version = 'changed'), 0)::bigint as revenue_then,
    coalesce(sum(tax) filter (where version = 'changed'), 0)::bigint as tax_then
  from forecast_customers where forecast = ${forecast} group by 1, 2`;

export interface NamedDifference extends ForecastDifference {
  customerName: string | null;
}

/** Whose total changes most comes first. */
export async function readDifferences(sql: Sql, forecast: string, limit: number): Promise<NamedDifference[]> {
  return sql`
    select d.*, (select coalesce(nullif(c.name, ''), nullif(c.email, '')) from customers c where c.id = d.customer) as customer_name
    from (${differences(sql, forecast)}) d
    order by abs(revenue_then + tax_then - revenue_now - tax_now) desc, customer, currency limit ${limit}`;
}

export interface DifferenceTotal extends Omit<ForecastDifference, 'customer'> {
  customers: number;
  /** Customers who are billed more, and less. */
  more: number;
  less: number;
}

export async function totalDifferences(sql: Sql, forecast: string): Promise<DifferenceTotal[]> {
  return sql`
    select currency, count(*)::integer as customers,
      (count(*) filter (where revenue_then + tax_then > revenue_now + tax_now))::integer as more,
      (count(*) filter (where revenue_then + tax_then < revenue_now + tax_now))::integer as less,
      sum(revenue_now)::bigint as revenue_now, sum(tax_now)::bigint as tax_now,
      sum(revenue_then)::bigint as revenue_then, sum(tax_then)::bigint as tax_then
    from (${differences(sql, forecast)}) d group by 1 order by 1`;
}
