/** How long phases are. Months are counted on the grid of the schedule's start, so that phases from 31 January end on 31 March. */
import { addInterval, boundaryAtOrBefore, nextBoundary, type BillingInterval } from './billing-period';

/** `times` intervals after `start`, which is on the grid of `anchor` where the phases before it were whole intervals. */
export function afterIntervals(anchor: number, start: number, { interval, interval_count }: BillingInterval, times = 1): number {
  const one = { interval, interval_count: 1 };
  const count = interval_count * times;
  if (boundaryAtOrBefore(anchor, one, start) !== start) return addInterval(start, one, count);
  let end = start;
  for (let n = 0; n < count; n += 1) end = nextBoundary(anchor, one, end);
  return end;
}
