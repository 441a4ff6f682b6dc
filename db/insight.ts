/** Reads the monthly recurring revenue and its movements, and what became of trials. Nothing here decides what counts: `domain/insight` did. */
import type { Cohort, MovementSums, TrialCounts } from '../domain/insight/report';
import type { Sql } from './connect';

/** Whose revenue: of one account and mode in one currency, of customers on one test clock, or of those on none. */
export interface Insight {
  account: string;
  livemode: boolean;
  currency: string;
  testClock: string | null;
}

/** What the movements until `at` (exclusive) come to, and how many customers pay. */
export async function recurringAt(sql: Sql, of: Insight, at: number): Promise<{ mrr: number; customers: number }> {
  const [row] = await sql<{ mrr: number; customers: number }[]>`
    select coalesce(sum(customer_mrr), 0)::bigint as mrr, count(*) filter (where customer_mrr > 0)::int as customers
    from (
      select distinct on (m.customer) m.customer_mrr from mrr_movements m
      where ${movementsOf(sql, of)} and m.created < ${at}
      order by m.customer, m.seq desc
    ) latest`;
  return row ?? { mrr: 0, customers: 0 };
}

/** The currencies in which these customers have had recurring revenue until `at` (exclusive), by name. */
export async function currenciesUntil(sql: Sql, { account, livemode, testClock }: Insight, at: number): Promise<string[]> {
  const rows = await sql<{ currency: string }[]>`
    select distinct currency from mrr_movements
    where account = ${account} and livemode = ${livemode} and test_clock is not distinct from ${testClock} and created < ${at}
    order by currency`;
  return rows.map(({ currency }) => currency);
}

/** The movements within each of the spans that consecutive edges bound, by type. */
export async function movementsBetween(sql: Sql, of: Insight, edges: readonly number[]): Promise<MovementSums[]> {
  return sql<MovementSums[]>`
    select e.start, m.type, sum(m.amount)::bigint as amount, count(*)::int as count
    from (select unnest(${[...edges.slice(0, -1)]}::bigint[]) as start, unnest(${[...edges.slice(1)]}::bigint[]) as ending) e
      join mrr_movements m on m.created >= e.start and m.created < e.ending
    where ${movementsOf(sql, of)}
    group by 1, 2 order by 1, 2`;
}

/**
 * Customers by the month of their first revenue, with how many of them pay at the end of that month and of each later one, and how much. Months
 * are calendar months in UTC; the last is that of `at`, as far as it has come.
 */
export async function cohortsUntil(sql: Sql, of: Insight, at: number, months: number): Promise<Cohort[]> {
  return sql<Cohort[]>`
    with own as (select m.* from mrr_movements m where ${movementsOf(sql, of)} and m.created < ${at}),
    joined as (
      select customer, date_trunc('month', to_timestamp(min(created)) at time zone 'UTC') as month from own group by 1
    ),
    cell as (
      select j.customer, j.month, n.n,
        (select o.customer_mrr from own o where o.customer = j.customer
          and o.created < extract(epoch from (j.month + (n.n + 1) * interval '1 month') at time zone 'UTC') order by o.seq desc limit 1) as mrr
      from joined j cross join generate_series(0, ${months - 1}::int) n(n)
      where extract(epoch from (j.month + n.n * interval '1 month') at time zone 'UTC') < ${at}
    )
    select to_char(month, 'YYYY-MM') as month, n as age, count(*)::int as joined, count(*) filter (where mrr > 0)::int as customers, coalesce(sum(mrr), 0)::bigint as mrr
    from cell
    where month >= date_trunc('month', to_timestamp(${at - 1}) at time zone 'UTC') - ${months - 1} * interval '1 month'
    group by 1, 2 order by 1, 2`;
}

/** Of the trials that ended in [from, to): how many there were, and how many customers have since paid an invoice of the subscription. */
export async function trialsBetween(sql: Sql, of: Insight, [from, to]: readonly [number, number]): Promise<TrialCounts> {
  const [row] = await sql<TrialCounts[]>`
    select count(*)::int as ended, count(*) filter (where exists (
      select 1 from invoices i where i.subscription = s.id and i.status = 'paid' and i.amount_paid > 0 and i.period_end >= s.trial_end
    ))::int as converted
    from subscriptions s
    where s.account = ${of.account} and s.livemode = ${of.livemode} and s.currency = ${of.currency} and not s.hidden
      and s.test_clock is not distinct from ${of.testClock} and s.trial_end >= ${from} and s.trial_end < ${to}`;
  return row ?? { ended: 0, converted: 0 };
}

const movementsOf = (sql: Sql, { account, livemode, currency, testClock }: Insight) => sql`
  m.account = ${account} and m.livemode = ${livemode} and m.currency = ${currency} and m.test_clock is not distinct from ${testClock}`;
