/** Calendar periods in UTC, for reports. */

const DAY = 86_400;
/** The first Monday of 1970. */
const MONDAY = 4 * DAY;

export type CalendarInterval = 'day' | 'week' | 'month';

/** The instants at which UTC days, weeks (from Monday) or months begin between `from` and `to`, including these two. Epoch seconds. */
export function edgesBetween(from: number, to: number, interval: CalendarInterval | null): number[] {
  const edges = [from];
  for (let at = nextEdge(from, interval); at < to; at = nextEdge(at, interval)) edges.push(at);
  return [...edges, to];
}

function nextEdge(at: number, interval: CalendarInterval | null): number {
  if (interval === null) return Infinity;
  if (interval === 'day') return (Math.floor(at / DAY) + 1) * DAY;
  if (interval === 'week') return MONDAY + (Math.floor((at - MONDAY) / (7 * DAY)) + 1) * 7 * DAY;
  const date = new Date(at * 1000);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1) / 1000;
}
