/** The length of phases. Months are counted on the grid of an anchor, so phases from 31 January end on 31 March. */
import { addInterval, boundaryAfter, boundaryAtOrBefore, periodsBetween, type BillingInterval, type Period } from '../money/billing-period';

/** `times` intervals after `start`, which is on the grid of `anchor` if the phases before it were whole intervals. */
export function afterIntervals(anchor: number, start: number, { interval, interval_count }: BillingInterval, times = 1): number {
  const one = { interval, interval_count: 1 };
  const count = interval_count * times;
  if (boundaryAtOrBefore(anchor, one, start) !== start) return addInterval(start, one, count);
  return boundaryAfter(anchor, one, start, count);
}

const MONTH = { interval: 'month' as const, interval_count: 1 };

export const isOnMonths = (anchor: number, at: number): boolean => boundaryAtOrBefore(anchor, MONTH, at) === at;

/** When the next span of the same length ends: after as many whole months as the span had, or else after its seconds. */
export function endAgain(anchor: number, { start, end }: Period): number {
  const months = periodsBetween(isOnMonths(anchor, start) ? anchor : start, MONTH, start, end);
  return afterIntervals(anchor, start, MONTH, months) === end ? afterIntervals(anchor, end, MONTH, months) : end + (end - start);
}
