/**
 * Metered usage as a fact: the total of a customer's events on a meter in a span of time. It is read from the roll-ups before a step is
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

/** The content of a window: exact, as decimal text. */
export interface Usage {
  /** By the meter's aggregation; '0' if there is no event. */
  quantity: string;
  events: number;
}

/** The key of a window; equal windows have equal keys. */
export function usageKey({ meter, filters, from, to }: UsageWindow): string {
  const sorted = Object.keys(filters)
    .sort()
    .map((name) => [name, filters[name]]);
  return JSON.stringify([meter, sorted, from, to]);
}

/** How far ahead of the customer's time an event may be dated. */
export const EVENT_AHEAD_SECONDS = 300;

const NOTHING: Usage = { quantity: '0', events: 0 };

/** The usage read for one step. No event is later than the horizon, so a window that ends after it is read up to it. */
export class UsageFacts {
  constructor(
    private readonly horizon: number,
    private readonly read: ReadonlyMap<string, Usage>,
  ) {}

  /** @throws Error if the window was not read, which is a programming error */
  in(window: UsageWindow): Usage {
    const to = Math.min(window.to, this.horizon);
    if (window.from >= to) return NOTHING;
    const usage = this.read.get(usageKey({ ...window, to }));
    if (!usage) throw new Error(`usage of ${window.meter} from ${String(window.from)} to ${String(to)} is not among the loaded facts`);
    return usage;
  }
}

/** How soon the workflow checks again for usage dated in the future, which does not count before its time. */
export const LOOK_AGAIN_SECONDS = 60;

/** One second after the last one in which a customer whose time is `now` can have events. */
export const usageHorizon = (now: number): number => now + EVENT_AHEAD_SECONDS + 1;
