/** The dated table of tax rates, and how to read it: which rows are in force in a place at an instant, and which want checking. */
import { CANADA_RATES } from './canada-rates';
import type { DatedRate, Supply } from './dated-rate';
import { EUROPEAN_UNION_RATES } from './european-union-rates';
import { dayIn } from './time-zones';
import { UNITED_STATES_RATES } from './united-states-rates';
import { WORLD_RATES } from './world-rates';

export const RATES: readonly DatedRate[] = [...EUROPEAN_UNION_RATES, ...WORLD_RATES, ...CANADA_RATES, ...UNITED_STATES_RATES];

const BY_PLACE = new Map<string, DatedRate[]>();
for (const rate of RATES) BY_PLACE.set(rate.place, [...(BY_PLACE.get(rate.place) ?? []), rate]);

/** All kinds of tax that a place has on any supply at an instant (epoch seconds), in the order of the table. */
export function ratesIn(place: string, instant: number): DatedRate[] {
  const rows = BY_PLACE.get(place) ?? [];
  if (rows.length === 0) return [];
  const day = dayIn(place, instant);
  return rows.filter(({ from, to }) => (from === null || from <= day) && (to === null || day < to));
}

export function isOn(rate: DatedRate, supply: Supply): boolean {
  return rate.supplies.includes(supply);
}

/**
 * Rows of rates or thresholds in force on `today` (`2026-11-28`) that nobody has compared with their source for a year, or ever. Rows of the past
 * cannot go stale.
 */
export function staleRows<Row extends Pick<DatedRate, 'to' | 'checkedOn'>>(rows: readonly Row[], today: string): Row[] {
  const yearAgo = `${String(Number(today.slice(0, 4)) - 1)}${today.slice(4)}`;
  return rows.filter(({ to, checkedOn }) => (to === null || to > today) && (checkedOn === null || checkedOn < yearAgo));
}
