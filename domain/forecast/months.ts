import { edgesBetween } from '../money/calendar-edges';
import { addMonths } from '../money/billing-period';

/** The rest of the month of `now`, and as many whole months after it (UTC): where each begins, and where the last one ends. */
export function monthsFrom(now: number, months: number): number[] {
  const date = new Date(now * 1000);
  const next = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1) / 1000;
  return edgesBetween(now, addMonths(next, months), 'month');
}
