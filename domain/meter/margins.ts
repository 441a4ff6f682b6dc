/**
 * Revenue, cost and margin by the time of service. A line of 3100 in advance for January earns 100 a day; a usage line earns in proportion
 * to the growth of its usage. The amount earned between two instants is the amount earned by the later one less that by the earlier one,
 * each rounded half away from zero. So days add up to their month, and all periods to the line, however they are divided.
 */
import BigNumber from 'bignumber.js';
import { decimalText, multiplyRatio, percentOf, roundHalfUp } from '../money/money';

/** A line of a finalized invoice: minor units net of discounts and tax, for the span [start, end). */
export interface RevenueLine {
  customer: string;
  product: string | null;
  meter: string | null;
  amount: number;
  start: number;
  end: number;
  /** For growing usage: the quantity before the line, the quantity with it, and the quantity by any instant. Null: earned by time. */
  usage: { before: string; after: string; by: (at: number) => string } | null;
}

/** The cost of one meter's events with these dimensions in [from, to), exact decimal text of minor units of `currency`. */
export interface CostCell {
  customer: string;
  meter: string;
  dimensions: Record<string, string | null>;
  from: number;
  to: number;
  cost: string;
  currency: string;
}

/** A span in which a metered price bills a customer's usage. Cost cells are split where these begin and end. */
export interface PricedSpan {
  customer: string;
  product: string;
  meter: string;
  filters: Record<string, string>;
  from: number;
  to: number;
}

/** The key by which margins are grouped. */
export interface MarginKey {
  customer: string;
  product: string | null;
  meter: string | null;
  from: number;
  to: number;
}

export interface Margin extends MarginKey {
  revenue: number;
  /** By currency, exact decimal text. */
  costs: Record<string, string>;
}

/** @param edges instants in order; each two neighbors delimit one period */
export function marginsOf(
  lines: readonly RevenueLine[],
  cells: readonly CostCell[],
  spans: readonly PricedSpan[],
  edges: number[],
): Margin[] {
  const margins = new Map<string, Margin>();
  const at = (key: MarginKey): Margin => {
    const id = JSON.stringify([key.customer, key.from, key.product, key.meter]);
    const found = margins.get(id) ?? { ...key, revenue: 0, costs: {} };
    margins.set(id, found);
    return found;
  };
  for (const [from, to] of periodsOf(edges)) {
    for (const { customer, product, meter, ...line } of lines) {
      const earned = earnedBy(line, to) - earnedBy(line, from);
      if (earned !== 0 || isIn(line, from, to)) at({ customer, product, meter, from, to }).revenue += earned;
    }
    for (const cell of cells.filter((each) => each.from >= from && each.to <= to)) {
      const { costs } = at({ customer: cell.customer, product: productOf(cell, spans), meter: cell.meter, from, to });
      costs[cell.currency] = decimalText(new BigNumber(costs[cell.currency] ?? 0).plus(cell.cost));
    }
  }
  return [...margins.values()];
}

export function periodsOf(edges: readonly number[]): [number, number][] {
  return edges.slice(1).map((to, index) => [edges[index] ?? to, to]);
}

/** The part of a line that is earned before an instant. A line without a period is earned at its start. */
function earnedBy({ amount, start, end, usage }: Pick<RevenueLine, 'amount' | 'start' | 'end' | 'usage'>, at: number): number {
  if (at <= start) return 0;
  if (at >= end) return amount;
  const whole = usage && new BigNumber(usage.after).minus(usage.before);
  if (!usage || !whole?.gt(0)) return multiplyRatio(amount, at - start, end - start);
  const grown = BigNumber.min(whole, BigNumber.max(0, new BigNumber(usage.by(at)).minus(usage.before)));
  return roundHalfUp(grown.times(amount).div(whole));
}

function isIn({ start, end }: Pick<RevenueLine, 'start' | 'end'>, from: number, to: number): boolean {
  return start < to && (end > from || (start === end && start >= from));
}

/** If several prices bill the same events, the one with the most filters; null if none does. */
function productOf(cell: CostCell, spans: readonly PricedSpan[]): string | null {
  const billing = spans.filter((span) => bills(span, cell));
  const [first] = billing.sort((a, b) => filtersIn(b) - filtersIn(a) || a.from - b.from || (a.product < b.product ? -1 : 1));
  return first?.product ?? null;
}

function bills(span: PricedSpan, { customer, meter, dimensions, from, to }: CostCell): boolean {
  if (span.customer !== customer || span.meter !== meter || span.from > from || span.to < to) return false;
  return Object.entries(span.filters).every(([name, value]) => dimensions[name] === value);
}

const filtersIn = ({ filters }: PricedSpan): number => Object.keys(filters).length;

/** Sums margins over omitted keys: an omitted product or meter is null, an omitted customer ''. */
export function groupMargins(margins: readonly Margin[], by: { customer: boolean; product: boolean; meter: boolean }): Margin[] {
  const groups = new Map<string, Margin>();
  for (const { customer, product, meter, from, to, revenue, costs } of margins) {
    const key = { customer: by.customer ? customer : '', product: by.product ? product : null, meter: by.meter ? meter : null, from, to };
    const id = marginId(key);
    const group = groups.get(id) ?? { ...key, revenue: 0, costs: {} };
    group.revenue += revenue;
    for (const [currency, cost] of Object.entries(costs)) {
      group.costs[currency] = decimalText(new BigNumber(group.costs[currency] ?? 0).plus(cost));
    }
    groups.set(id, group);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

/** The sort key of margins: customer, then period, product, meter. */
export function marginId({ customer, product, meter, from }: MarginKey): string {
  return [customer, String(from).padStart(12, '0'), product ?? '', meter ?? ''].join('/');
}

/** Revenue less the cost in the same currency, exact. */
export function marginOf({ revenue, costs }: Margin, currency: string): string {
  return decimalText(new BigNumber(revenue).minus(costs[currency] ?? 0));
}

/** The margin as a percentage of the revenue; null without revenue. */
export function marginRatio(margin: Margin, currency: string): string | null {
  return percentOf(marginOf(margin, currency), margin.revenue);
}
