/** The facts for margins, customer by customer: lines of finalized invoices, the spans in which usage was billed, the cost of events. */
import { netOf } from '../../domain/line/taxes';
import { periodsOf, type CostCell, type PricedSpan, type RevenueLine } from '../../domain/meter/margins';
import { usageKey, type UsageWindow } from '../../domain/rows/usage';
import type { DiscountAmount, TaxAmount } from '../../domain/rows/invoice';
import type { LineBasis } from '../../domain/rows/line-basis';
import type { Sql } from '../connect';
import { readGroups, readUsage } from './usage';

export interface MarginScope {
  account: string;
  livemode: boolean;
  currency: string;
  edges: number[];
  meter: string | null;
}

/** Ids of customers with an invoice or usage. */
export async function marginCustomers(
  sql: Sql,
  { account, livemode }: Pick<MarginScope, 'account' | 'livemode'>,
  page: { from: string; limit: number },
): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select c.id from customers c where c.account = ${account} and c.livemode = ${livemode} and c.id collate "C" >= ${page.from}
      and (exists (select 1 from invoices v where v.customer = c.id) or exists (select 1 from meter_series s where s.customer = c.id))
    order by c.id collate "C" limit ${page.limit}`;
  return rows.map(({ id }) => id);
}

export interface MarginFacts {
  lines: RevenueLine[];
  cells: CostCell[];
  spans: PricedSpan[];
}

export async function loadMarginFacts(sql: Sql, scope: MarginScope, customer: string): Promise<MarginFacts> {
  const [lines, spans] = await Promise.all([revenueLines(sql, scope, customer), pricedSpans(sql, scope, customer)]);
  return { lines, spans, cells: await costCells(sql, scope, customer, spans) };
}

interface LineRow {
  product: string | null;
  amount: number;
  discountAmounts: DiscountAmount[];
  taxes: TaxAmount[];
  periodStart: number;
  periodEnd: number;
  basis: LineBasis | null;
  formula: string | null;
}

async function revenueLines(sql: Sql, scope: MarginScope, customer: string): Promise<RevenueLine[]> {
  const { account, livemode, currency, edges, meter } = scope;
  const rows = await sql<LineRow[]>`
    select l.product, l.amount, l.discount_amounts, l.taxes, l.period_start, l.period_end, l.basis, m.formula
    from invoices v join invoice_line_items l on l.invoice = v.id left join meters m on m.id = l.basis -> 'usage' ->> 'meter'
    where v.customer = ${customer} and v.account = ${account} and v.livemode = ${livemode} and v.currency = ${currency}
      and v.status in ('open', 'paid', 'uncollectible') and not v.deleted and not v.hidden
      -- Credit that is sold is revenue when it is used.
      and not exists (select 1 from credit_purchases p where p.invoice = v.id)
      and l.period_start < ${last(edges)} and l.period_end >= ${edges[0] ?? 0}
    order by l.seq`;
  const params = rows.filter(({ basis }) => meter === null || basis?.usage?.meter === meter);
  const usage = await readUsage(
    sql,
    { account, livemode, customer },
    params.flatMap((row) => growth(row, edges)),
  );
  return params.map((row) => revenueLine(customer, row, (window) => usage.get(usageKey(window))?.quantity ?? '0'));
}

/** The windows of a line's usage up to each instant that divides it. */
function growth(row: LineRow, edges: number[]): UsageWindow[] {
  const cuts = edges.filter((at) => at > row.periodStart && at < row.periodEnd);
  return cuts.flatMap((to) => windowOf(row, to) ?? []);
}

/** A meter's `last` value does not grow. */
function windowOf({ basis, formula }: LineRow, to: number): UsageWindow | null {
  if (!basis?.usage || formula === 'last') return null;
  const { meter, dimension_filters: filters, from } = basis.usage;
  return { meter, filters, from, to };
}

function revenueLine(customer: string, row: LineRow, quantityIn: (window: UsageWindow) => string): RevenueLine {
  const { product, periodStart: start, periodEnd: end, basis } = row;
  const usage = windowOf(row, end) && grown(row.basis, (at) => quantityAt(row, at, quantityIn));
  return { customer, product, meter: basis?.usage?.meter ?? null, amount: revenueOf(row), start, end, usage };
}

const grown = (basis: LineBasis | null, by: (at: number) => string): RevenueLine['usage'] => ({
  before: basis?.usage?.billed_before?.quantity ?? '0',
  after: basis?.quantity ?? '0',
  by,
});

function quantityAt(row: LineRow, at: number, quantityIn: (window: UsageWindow) => string): string {
  const window = windowOf(row, at);
  return window ? quantityIn(window) : '0';
}

/** Without discounts, and without the inclusive tax in the amount. What credit grants paid was earned, too. */
const revenueOf = (row: LineRow): number => netOf({ ...row, creditAmounts: [] });

async function pricedSpans(sql: Sql, { account, livemode, edges }: MarginScope, customer: string): Promise<PricedSpan[]> {
  const [from, to] = [edges[0] ?? 0, last(edges)];
  return sql<PricedSpan[]>`
    with item as (
      select i.*, s.status from subscriptions s join subscription_items i on i.subscription = s.id
      where s.customer = ${customer} and s.account = ${account} and s.livemode = ${livemode} and not s.hidden
    )
    select ${customer}::text as customer, p.product, u.meter, u.dimension_filters as filters, u.period_start as from, u.period_end as to
    from item i join usage_periods u on u.subscription_item = i.id
      join prices p on p.account = u.account and p.livemode = u.livemode and p.id = u.price
    where u.period_start < ${to} and u.period_end > ${from}
    union all
    select ${customer}::text, p.product, p.recurring ->> 'meter', coalesce(p.recurring -> 'dimension_filters', '{}'), i.usage_from, ${to}::bigint
    from item i join prices p on p.account = i.account and p.livemode = i.livemode and p.id = i.price
    where not i.deleted and i.usage_from < ${to} and i.status not in ('canceled', 'incomplete_expired')`;
}

/** Split where a period ends, and where a price starts or stops billing. */
async function costCells(
  sql: Sql,
  { account, livemode, edges, meter }: MarginScope,
  customer: string,
  spans: PricedSpan[],
): Promise<CostCell[]> {
  const meters = await sql<{ id: string; costCurrency: string; dimensionKeys: string[] }[]>`
    select m.id, m.cost_currency, m.dimension_keys from meters m
    where m.id in (select distinct meter from meter_series where customer = ${customer}) and m.account = ${account} and m.livemode = ${livemode}
      and m.cost_key is not null and (${meter}::text is null or m.id = ${meter})`;
  const read = meters.map(async ({ id, costCurrency: currency, dimensionKeys }) => {
    const cuts = cutsOf(
      edges,
      spans.filter((span) => span.meter === id),
    );
    const windows = periodsOf(cuts).map(([from, to]) => ({ meter: id, filters: {}, from, to }));
    const groups = await readGroups(sql, { account, livemode, customer }, windows, dimensionKeys);
    return groups.flatMap(({ window: { from, to }, dimensions, cost }) =>
      cost === null ? [] : [{ customer, meter: id, dimensions, from, to, cost, currency }],
    );
  });
  return (await Promise.all(read)).flat();
}

function cutsOf(edges: number[], spans: PricedSpan[]): number[] {
  const [from, to] = [edges[0] ?? 0, last(edges)];
  const inside = spans.flatMap((span) => [span.from, span.to]).filter((at) => at > from && at < to);
  return [...new Set([...edges, ...inside])].sort((a, b) => a - b);
}

const last = (edges: readonly number[]): number => edges.at(-1) ?? 0;
