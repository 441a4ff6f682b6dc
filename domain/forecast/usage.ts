/** The usage that a forecast expects: of each coming period, the average of the last periods. */
import BigNumber from 'bignumber.js';
import { boundaryAfter } from '../money/billing-period';
import { decimalText } from '../money/money';
import type { Formula } from '../rows/meter';
import type { Recurring } from '../rows/price';
import type { ExpectedUsage } from '../rows/forecast';

const HOUR = 3_600;
const PERIODS = 3;
const PLACES = 6;
const GROWING: readonly Formula[] = ['count', 'sum'];

/** A metered item, with what its latest periods were billed for. */
export interface MeteredItem {
  meter: string;
  formula: Formula;
  dimensions: Record<string, string>;
  recurring: Pick<Recurring, 'interval' | 'interval_count'>;
  /** Where the subscription's periods begin. */
  anchor: number;
  /** The running period. Epoch seconds. */
  from: number;
  to: number;
  /** Decimal text, the latest first. */
  past: readonly string[];
}

/** The average of the last three periods; null if there was none. */
export function averageOf(past: readonly string[]): string | null {
  const last = past.slice(0, PERIODS);
  if (last.length === 0) return null;
  const sum = last.reduce((total, quantity) => total.plus(quantity), new BigNumber(0));
  return decimalText(sum.div(last.length).decimalPlaces(PLACES, BigNumber.ROUND_HALF_UP));
}

/**
 * What is expected from `now` until `end`: in the middle of each period its usage, and in the middle of what is left of the running one its share. A
 * maximum or a last value has no share: it comes once more. Without an earlier period nothing is expected.
 */
export function expectedUsage(item: MeteredItem, now: number, end: number): ExpectedUsage[] {
  const average = averageOf(item.past);
  if (average === null || new BigNumber(average).isZero()) return [];
  const { meter, dimensions, formula, from, to } = item;
  const rest = share(average, formula, { from, to, now });
  const spans = [
    { from: Math.max(from, now), to, quantity: rest },
    ...comingPeriods(item, end).map((span) => ({ ...span, quantity: average })),
  ];
  return spans.flatMap((span) => {
    const hour = Math.floor((span.from + span.to) / 2 / HOUR);
    const isWithin = hour * HOUR >= span.from && (hour + 1) * HOUR <= span.to;
    return isWithin ? [{ meter, dimensions, hour, quantity: span.quantity }] : [];
  });
}

function share(average: string, formula: Formula, { from, to, now }: { from: number; to: number; now: number }): string {
  if (!GROWING.includes(formula)) return average;
  const left = new BigNumber(Math.max(0, to - Math.max(from, now))).div(to - from);
  return decimalText(left.times(average).decimalPlaces(formula === 'count' ? 0 : PLACES, BigNumber.ROUND_HALF_UP));
}

function comingPeriods({ anchor, recurring, to }: MeteredItem, end: number): { from: number; to: number }[] {
  const periods: { from: number; to: number }[] = [];
  for (let from = to; from < end;) {
    const next = boundaryAfter(anchor, recurring, from, 1);
    periods.push({ from, to: next });
    from = next;
  }
  return periods;
}
