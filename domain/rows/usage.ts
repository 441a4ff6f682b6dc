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

/** How far ahead of a customer's time an event may be. */
export const EVENT_AHEAD_SECONDS = 300;

const NOTHING: Usage = { quantity: '0', events: 0 };

/** What was read for one step: no event is later than the horizon, so that a window beyond it ends there. */
export class UsageFacts {
  constructor(
    private readonly horizon: number,
    private readonly read: ReadonlyMap<string, Usage>,
  ) {}

  /** That a window was not read is a programmer's mistake. */
  in(window: UsageWindow): Usage {
    const to = Math.min(window.to, this.horizon);
    if (window.from >= to) return NOTHING;
    const usage = this.read.get(usageKey({ ...window, to }));
    if (!usage) throw new Error(`usage of ${window.meter} from ${String(window.from)} to ${String(to)} is not among the loaded facts`);
    return usage;
  }
}

/** How soon is looked again at usage that is dated ahead, and not counted before its time. */
export const LOOK_AGAIN_SECONDS = 60;

/** The last second of which a customer whose time is `now` can have events, and one more. */
export const usageHorizon = (now: number): number => now + EVENT_AHEAD_SECONDS + 1;
