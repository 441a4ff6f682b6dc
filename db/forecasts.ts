/** Forecasts as rows: what was asked, the batches of subscriptions that are copied, and how far each is. */
import { RUNNING } from '../domain/copy/source';
import type { Scope } from '../domain/core/steps';
import type { Recovered } from '../domain/forecast/recovered';
import type { Forecast, ForecastStatus } from '../domain/rows/forecast';
import type { Sql } from './connect';
import { pageOfTable, type TablePage, type TableWanted } from './lists';
import { lockName } from './lock-name';

const COLUMNS = [
  ...['id', 'account', 'livemode', 'created', 'status', 'edges', 'customers', 'prices', 'test_clock', 'changes', 'assumptions'],
  ...['ended_at', 'failure'],
];
/** Subscriptions that are copied together: a customer's are never apart. */
const BATCH = 25;

export interface ForecastBatch {
  number: number;
  customers: string[];
  subscriptions: string[];
  monthsDone: number;
}

export interface ForecastProgress {
  subscriptions: number;
  subscriptionsDone: number;
  /** Months of subscriptions: the forecast of 10 subscriptions over 12 months has 120, and twice as many if it compares. */
  subscriptionMonths: number;
  subscriptionMonthsDone: number;
}

/** Puts a forecast, or finds it there. Null: `max` others run already. */
export async function insertForecast(sql: Sql, forecast: Forecast, max: number): Promise<Forecast | null> {
  const { id, account, livemode, changes, ...columns } = forecast;
  return sql.begin(async (tx) => {
    await lockName(tx, `forecasts/${account}/${String(livemode)}`);
    const [known] = await tx<Forecast[]>`select ${tx(COLUMNS)} from forecasts where id = ${id}`;
    if (known) return known;
    const running = await tx`select 1 from forecasts where account = ${account} and livemode = ${livemode} and status = 'running'`;
    if (running.count >= max) return null;
    const row = { ...columns, id, account, livemode, changes: changes === null ? null : tx.json(changes as never) };
    const [inserted] = await tx<Forecast[]>`insert into forecasts ${tx(row as never)} returning ${tx(COLUMNS)}`;
    return inserted ?? null;
  });
}

export async function findForecast(sql: Sql, { account, livemode }: Scope, id: string): Promise<Forecast | null> {
  const [row] = await sql<Forecast[]>`
    select ${sql(COLUMNS)} from forecasts where id = ${id} and account = ${account} and livemode = ${livemode}`;
  return row ?? null;
}

/** For its workflow. */
export async function loadForecast(sql: Sql, id: string): Promise<Forecast> {
  const [row] = await sql<Forecast[]>`select ${sql(COLUMNS)} from forecasts where id = ${id}`;
  if (!row) throw new Error(`there is no forecast ${id}`);
  return row;
}

export const listForecasts = (sql: Sql, scope: Scope, page: TableWanted): Promise<TablePage<Forecast> | null> =>
  pageOfTable<Forecast>(sql, { table: 'forecasts', columns: COLUMNS, equal: {} }, scope, page);

/** Those that run, and those that have ended but still have copies: a message to their workflows may have been lost. */
export function unfinishedForecasts(sql: Sql): Promise<Pick<Forecast, 'account' | 'id' | 'livemode' | 'status'>[]> {
  return sql<Pick<Forecast, 'account' | 'id' | 'livemode' | 'status'>[]>`
    select id, account, livemode, status from forecasts
    where status = 'running' or id in (select forecast from accounts where forecast is not null)`;
}

/** Ends a forecast that runs. One that has ended stays as it is. */
export async function endForecast(sql: Sql, id: string, of: { status: ForecastStatus; failure: string | null }): Promise<void> {
  await sql`
    update forecasts set status = ${of.status}, failure = ${of.failure}, ended_at = extract(epoch from now())::bigint
    where id = ${id} and status = 'running'`;
}

/** The running subscriptions that a forecast is about, by customer. */
export async function subscriptionsOfForecast(
  sql: Sql,
  { account, livemode, customers, prices, testClock }: Omit<Forecast, 'changes' | 'edges'>,
): Promise<{ customer: string; subscriptions: string[] }[]> {
  return sql`
    select s.customer, array_agg(s.id order by s.seq) as subscriptions from subscriptions s join customers c on c.id = s.customer
    where s.account = ${account} and s.livemode = ${livemode} and s.status = any(${[...RUNNING]}) and not s.hidden and not c.deleted
      and c.test_clock is not distinct from ${testClock}
      and (${customers}::text[] is null or s.customer = any(${customers}))
      and (${prices}::text[] is null or exists (
        select 1 from subscription_items i where i.subscription = s.id and not i.deleted and i.price = any(${prices})))
    group by 1 order by 1`;
}

/** Divides the subscriptions into batches, once. */
export async function makeBatches(
  sql: Sql,
  { id, account }: Pick<Forecast, 'account' | 'id'>,
  of: { customer: string; subscriptions: string[] }[],
): Promise<void> {
  const batches: Omit<ForecastBatch, 'monthsDone'>[] = [];
  for (const { customer, subscriptions } of of) {
    let last = batches.at(-1);
    if (!last || last.subscriptions.length + subscriptions.length > BATCH) {
      batches.push((last = { number: batches.length, customers: [], subscriptions: [] }));
    }
    last.customers.push(customer);
    last.subscriptions.push(...subscriptions);
  }
  for (const batch of batches) {
    await sql`insert into forecast_batches ${sql({ ...batch, forecast: id, account })} on conflict (forecast, number) do nothing`;
  }
}

export async function findBatch(sql: Sql, forecast: string, number: number): Promise<ForecastBatch> {
  const [batch] = await sql<ForecastBatch[]>`
    select number, customers, subscriptions, months_done from forecast_batches where forecast = ${forecast} and number = ${number}`;
  if (!batch) throw new Error(`forecast ${forecast} has no batch ${String(number)}`);
  return batch;
}

export async function batchesToDo(sql: Sql, forecast: string): Promise<number[]> {
  const rows = await sql<
    { number: number }[]
  >`select number from forecast_batches where forecast = ${forecast} and not is_done order by number`;
  return rows.map(({ number }) => number);
}

/** @param months over all versions of the copies */
export async function noteMonths(sql: Sql, forecast: string, number: number, months: number): Promise<void> {
  await sql`
    update forecast_batches set months_done = greatest(months_done, ${months}) where forecast = ${forecast} and number = ${number}`;
}

export async function noteBatchDone(sql: Sql, forecast: string, number: number): Promise<void> {
  await sql`update forecast_batches set is_done = true where forecast = ${forecast} and number = ${number}`;
}

export async function progressOf(sql: Sql, { id, edges, changes }: Pick<Forecast, 'changes' | 'edges' | 'id'>): Promise<ForecastProgress> {
  const months = (edges.length - 1) * (changes === null ? 1 : 2);
  const [row] = await sql<ForecastProgress[]>`
    select coalesce(sum(cardinality(subscriptions)), 0)::integer as subscriptions,
      coalesce(sum(cardinality(subscriptions)) filter (where is_done), 0)::integer as subscriptions_done,
      coalesce(sum(cardinality(subscriptions) * ${months}::integer), 0)::integer as subscription_months,
      coalesce(sum(cardinality(subscriptions) * least(months_done, ${months}::integer)), 0)::integer as subscription_months_done
    from forecast_batches where forecast = ${id}`;
  if (!row) throw new Error('a statement that always answers has not');
  return row;
}

/** What decides about assumptions, of the customers of a forecast. */
export async function factsAssumed(
  sql: Sql,
  { account, livemode }: Scope,
  customers: string[],
): Promise<{ hasUsage: boolean; hasSent: boolean; hasRealCards: boolean; inRecovery: number; recoveries: Recovered }> {
  const [found] = await sql<
    { hasUsage: boolean; hasSent: boolean; hasRealCards: boolean; inRecovery: number; ended: number; recovered: number }[]
  >`
    with sub as (select id, collection_method from subscriptions where customer = any(${customers}) and status = any(${[...RUNNING]}))
    select
      exists (select 1 from subscription_items i where i.subscription in (select id from sub) and not i.deleted and i.quantity is null) as has_usage,
      exists (select 1 from sub where collection_method = 'send_invoice') as has_sent,
      exists (select 1 from payment_methods m where m.customer = any(${customers}) and m.gateway not like 'sandbox%') as has_real_cards,
      (select count(*)::integer from dunnings d where d.customer = any(${customers}) and d.status = 'running') as in_recovery,
      count(*)::integer as ended, (count(*) filter (where d.status = 'recovered'))::integer as recovered
    from dunnings d where d.account = ${account} and d.livemode = ${livemode} and d.status <> 'running'
      and d.ended_at > extract(epoch from now())::bigint - 31536000`;
  if (!found) throw new Error('a statement that always answers has not');
  const { ended, recovered, ...rest } = found;
  return { ...rest, recoveries: { ended, recovered } };
}

export async function noteAssumptions(sql: Sql, forecast: string, assumptions: string[]): Promise<void> {
  await sql`update forecasts set assumptions = ${assumptions} where id = ${forecast}`;
}
