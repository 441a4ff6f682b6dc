/**
 * Metered usage as a fact: what a customer's events on a meter come to in a span of time. Read from the roll-ups before a step is
 * planned, so that planners stay pure.
 */

/** Usage of `customer`'s events with `from` <= timestamp < `to` whose payload has every value of `filters`. Epoch seconds. */
export interface UsageWindow {
  meter: string;
  /** Payload dimensions and the values that count; empty: all events. */
  filters: Record<string, string>;
  from: number;
  to: number;
}

/** What a window holds, exact, as decimal text. */
export interface Usage {
  /** By the meter's aggregation; '0' where there is no event. */
  quantity: string;
  events: number;
}

/** The same window always has the same key. */
export function usageKey({ meter, filters, from, to }: UsageWindow): string {
  const sorted = Object.keys(filters)
    .sort()
    .map((name) => [name, filters[name]]);
  return JSON.stringify([meter, sorted, from, to]);
}
