/**
 * The total of a customer's events on meters, exact to the second: whole hours from the roll-ups, the partial hours at the two ends of a
 * span from the events. So for a month of ten million events it reads a few hundred rows and two hours of events.
 */
import type postgres from 'postgres';
import { usageKey, type Usage, type UsageWindow } from '../../domain/rows/usage';
import type { Sql, TransactionSql } from '../connect';

/** The customer and mode whose usage is read. */
export interface UsageOf {
  account: string;
  livemode: boolean;
  customer: string;
}

/** Usage of the events with these values of the grouped dimensions. */
export interface GroupedUsage extends Usage {
  /** A dimension that the meter does not have is null. */
  dimensions: Record<string, string | null>;
  /** The events' cost to the seller, in minor units of the meter's currency, as decimal text; null if no event has a cost. */
  cost: string | null;
}

/** Half-open: `from` <= timestamp < `to`. Every window has an entry, by `usageKey`. One statement for any number of windows. */
export async function readUsage(sql: Sql | TransactionSql, of: UsageOf, windows: readonly UsageWindow[]): Promise<Map<string, Usage>> {
  const usage = new Map<string, Usage>(windows.map((window) => [usageKey(window), { quantity: '0', events: 0 }]));
  for (const { window, quantity, events } of await readGroups(sql, of, windows, [])) usage.set(usageKey(window), { quantity, events });
  return usage;
}

/** The same by the values of `groupBy`, which are dimensions of the meter; groups without an event are left out. */
export async function readUsageBy(
  sql: Sql | TransactionSql,
  of: UsageOf,
  { groupBy, ...window }: { meter: string; from: number; to: number; groupBy: readonly string[]; filters?: Record<string, string> },
): Promise<GroupedUsage[]> {
  const groups = await readGroups(sql, of, [{ filters: {}, ...window }], groupBy);
  return groups.map(({ dimensions, quantity, events, cost }) => ({ dimensions, quantity, events, cost }));
}

export type WindowUsage = GroupedUsage & { window: UsageWindow };

/** Many windows, each by group, for summaries. Groups without an event are left out. */
export async function readGroups(
  sql: Sql | TransactionSql,
  { account, livemode, customer }: UsageOf,
  windows: readonly UsageWindow[],
  groupBy: readonly string[],
): Promise<WindowUsage[]> {
  if (windows.length === 0) return [];
  const params = windows.map(({ meter, filters, from, to }, index) => ({ index, meter, filters, ...spansOf(from, to) }));
  const rows = await sql<
    { index: number; dimensions: GroupedUsage['dimensions']; quantity: string; events: number; cost: string | null }[]
  >`
    with asked as materialized (
      select * from json_to_recordset(${JSON.stringify(params)}::text::json) as a(
        index integer, meter text, filters jsonb, first integer, "end" integer,
        head_hour bigint, head_from bigint, head_to bigint, tail_hour bigint, tail_from bigint, tail_to bigint)
    ), ${countedFrom(sql, { account, livemode, customer }, groupBy)}
    select * from usage order by index, dimensions`;
  return rows.flatMap(({ index, ...group }) => {
    const window = windows[index];
    return window ? [{ window, ...group }] : [];
  });
}

/** Common table expressions that count the windows of an earlier one, `asked`. The last is `usage`: one row for each window and group. */
export function countedFrom(
  sql: Sql | TransactionSql,
  { account, livemode, customer }: UsageOf,
  groupBy: readonly string[] = [],
): postgres.PendingQuery<postgres.Row[]> {
  const edges = edgesOf(sql);
  return sql`
    counted as materialized (
      select a.*, s.id as series, m.formula,
        (select coalesce(jsonb_object_agg(name, s.dimensions -> name), '{}') from unnest(${[...groupBy]}::text[]) name) as dimensions
      from asked a
      join meters m on m.id = a.meter and m.account = ${account} and m.livemode = ${livemode}
      join meter_series s on s.meter = m.id and s.customer = ${customer} and s.dimensions @> a.filters
    ), parts as (
      select c.index, c.dimensions, c.formula, r.events, r.sum, r.max, r.last, r.last_at, r.last_received, r.cost
      from counted c cross join lateral (
        select * from meter_rollups r where r.series = c.series and r.hour >= c.first and r.hour < c."end" offset 0) r
      where r.events > 0
      union all
      select c.index, c.dimensions, c.formula, e.events, e.sum, e.max, l.value, l.at, l.received, e.cost
      from counted c
      cross join lateral (
        select count(*) as events, sum(value) as sum, max(value) as max, sum(cost) as cost from (${edges}) e) e
      left join lateral (
        select value, at, received from (${edges}) e where c.formula = 'last' order by at desc, received desc limit 1) l on true
      where e.events > 0
    ), distinct_values as (
      select index, dimensions, count(distinct value) as values from (
        select c.index, c.dimensions, u.value
        from counted c cross join lateral (
          select value from meter_uniques u where u.series = c.series and u.hour >= c.first and u.hour < c."end"
          union all
          select value from (${edges}) e) u
        where c.formula = 'unique'
      ) v group by index, dimensions
    ), usage as (
    select p.index, p.dimensions, sum(p.events)::bigint as events, trim_scale(sum(p.cost))::text as cost,
      coalesce(trim_scale(case p.formula
        when 'sum' then sum(p.sum)
        when 'count' then sum(p.events)
        when 'max' then max(p.max)
        when 'last' then (array_agg(p.last order by p.last_at desc, p.last_received desc) filter (where p.formula = 'last'))[1]
        else (select d.values from distinct_values d where d.index = p.index and d.dimensions = p.dimensions)
      end)::text, '0') as quantity
    from parts p group by p.index, p.dimensions, p.formula
    )`;
}

/** The events in the partial hours at the ends of a window `c`. */
function edgesOf(sql: Sql | TransactionSql) {
  return sql`
    select * from meter_events e where e.series = c.series and e.at / 3600 = c.head_hour and not e.canceled
      and e.at >= c.head_from and e.at < c.head_to
    union all
    select * from meter_events e where e.series = c.series and e.at / 3600 = c.tail_hour and not e.canceled
      and e.at >= c.tail_from and e.at < c.tail_to`;
}

const HOUR = 3600;

/** The whole hours of a span, and the partial hours at its ends. Null for an empty part. */
function spansOf(from: number, to: number) {
  const [first, end] = [Math.ceil(from / HOUR), Math.floor(to / HOUR)];
  // A span within one hour is one partial hour.
  if (first > end) return { first: 0, end: 0, ...headOf(from, to), ...tailOf(0, 0) };
  return { first, end, ...headOf(from, first * HOUR), ...tailOf(end * HOUR, to) };
}

const headOf = (from: number, to: number) =>
  from < to ? { head_hour: Math.floor(from / HOUR), head_from: from, head_to: to } : { head_hour: null, head_from: null, head_to: null };
const tailOf = (from: number, to: number) =>
  from < to ? { tail_hour: Math.floor(from / HOUR), tail_from: from, tail_to: to } : { tail_hour: null, tail_from: null, tail_to: null };
