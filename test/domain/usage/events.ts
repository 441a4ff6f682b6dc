import BigNumber from 'bignumber.js';
import type { Usage, UsageWindow } from '../../../domain/rows/usage';

export interface UsageEvent {
  meter: string;
  at: number;
  value: number;
  dimensions: Record<string, string>;
}

/** What a meter that sums has counted, event by event. */
export function usageIn(events: readonly UsageEvent[], { meter, filters, from, to }: UsageWindow): Usage {
  const counted = events.filter(
    (event) =>
      event.meter === meter &&
      event.at >= from &&
      event.at < to &&
      Object.entries(filters).every(([name, value]) => event.dimensions[name] === value),
  );
  return { quantity: BigNumber.sum(0, ...counted.map(({ value }) => value)).toString(), events: counted.length };
}
