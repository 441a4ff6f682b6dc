import { booksBalance } from '../ledger/books';
import type { Product } from './product';
import { until } from './system';

export interface ForecastMonth {
  start: number;
  end: number;
  currency: string;
  revenue: number;
  tax: number;
  cash: number;
  invoices: number;
  mrr: number;
}

export interface ShownForecast {
  id: string;
  status: string;
  assumptions: string[];
  csv?: string;
  failure: string | null;
  months: ForecastMonth[];
  months_changed: ForecastMonth[] | null;
  progress: { percent: string; subscriptions: number; subscriptions_done: number; subscription_months_done: number };
}

/** Begins a forecast, and waits until it has ended. `looks` gets what each look at it showed. */
export async function forecastOf(
  product: Product,
  parameters: Record<string, unknown>,
  { timeoutMs = 300_000, looks = [] }: { timeoutMs?: number; looks?: ShownForecast[] } = {},
): Promise<ShownForecast> {
  const { id } = (await product.post('/v1/forecasts', parameters)) as unknown as ShownForecast;
  return until(
    async () => {
      const shown = (await product.get(`/v1/forecasts/${id}?format=csv`)) as unknown as ShownForecast;
      looks.push(shown);
      return shown.status === 'running' ? null : shown;
    },
    { timeoutMs, what: `forecast ${id}` },
  );
}

/** What customers on a clock were really billed and have really paid, by the months of a forecast. */
export async function billedOn(product: Product, clock: string, months: readonly ForecastMonth[], since: number): Promise<ForecastMonth[]> {
  const { stripe, sql } = product;
  const customers = await stripe.customers.list({ test_clock: clock, limit: 100 }).autoPagingToArray({ limit: 2_000 });
  const ids = customers.map(({ id }) => id);
  const invoices = await sql<{ at: number; revenue: number; tax: number; due: number | null; open: number }[]>`
    select finalized_at as at, total_excluding_tax as revenue, total - total_excluding_tax as tax, due_date as due,
      case when status = 'open' then amount_remaining else 0 end as open
    from invoices where customer = any(${ids}) and finalized_at is not null and status <> 'void'`;
  const charges = await sql<{ at: number; amount: number }[]>`
    select created as at, amount_captured as amount from charges where customer = any(${ids}) and status = 'succeeded'`;
  const worth = await Promise.all(months.map(({ end }) => mrrAt(product, clock, end)));
  return months.map((month, index) => {
    const isIn = (at: number | null): boolean => at !== null && at > since && at >= month.start && at < month.end;
    const billed = invoices.filter(({ at }) => isIn(at));
    const sum = (amounts: number[]): number => amounts.reduce((total, amount) => total + amount, 0);
    return {
      ...{ start: month.start, end: month.end, currency: month.currency, invoices: billed.length, mrr: worth[index] ?? 0 },
      revenue: sum(billed.map(({ revenue }) => revenue)),
      tax: sum(billed.map(({ tax }) => tax)),
      cash:
        sum(charges.filter(({ at }) => isIn(at)).map(({ amount }) => amount)) +
        sum(invoices.filter(({ due }) => isIn(due)).map(({ open }) => open)),
    };
  });
}

async function mrrAt(product: Product, clock: string, at: number): Promise<number> {
  const report = await product.get(`/v1/insight/mrr?test_clock=${clock}&from=${String(at - 86_400)}&to=${String(at)}&interval=day`);
  return (report['periods'] as { closing_mrr: number }[]).at(-1)?.closing_mrr ?? 0;
}

/** Nothing of a forecast is left, and nothing of it is the seller's. */
export async function expectNoTrace({ sql, account }: Product): Promise<void> {
  expect(await sql`select id from accounts where forecast is not null`).toHaveLength(0);
  const [row] = await sql`select count(*)::integer as events from events where account <> ${account}`;
  expect(row).toEqual({ events: 0 });
  expect(await sql`select id from workflows where account <> ${account}`).toHaveLength(0);
  expect(await booksBalance(sql)).toEqual([]);
}
