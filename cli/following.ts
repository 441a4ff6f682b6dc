/** Follows the events of an account as they are written, each once, also those of customers whose test clock shows another time. */
import { setTimeout as sleep } from 'node:timers/promises';
import type Stripe from 'stripe';

/** An event as the API shows it, which is also what a webhook gets. */
export interface ShownEvent {
  id: string;
  type: string;
  created: number;
  data: { object: { id?: string } };
}

export interface FollowOptions {
  /** May end in `*`. Empty: all. */
  types: readonly string[];
  /** So many of the past ones first. */
  last: number;
  /** Called when whatever is written from now on will be told. */
  onReady: () => void;
  /** Called for each, one after the other. */
  onEvent: (event: ShownEvent) => Promise<void>;
  /** Stops after so many. Null: never. */
  limit: number | null;
}

const PAUSE_MS = 1_000;
/** A transaction may end so long after it has written its event, and no later. Seconds. */
const LATE = 30;
const PAGE = 100;

export async function follow(stripe: Stripe, options: FollowOptions): Promise<void> {
  const { types, onReady, onEvent, limit } = options;
  const seen = new Map<string, number>();
  let count = 0;
  for await (const event of eventsOf(stripe, { ...options, types, seen, onReady })) {
    await onEvent(event);
    count += 1;
    if (limit !== null && count >= limit) return;
  }
}

type Source = Pick<FollowOptions, 'last' | 'onReady' | 'types'> & {
  /** When an event was told that may come once more, by its id. */
  seen: Map<string, number>;
};

async function* eventsOf(stripe: Stripe, { types, last, seen, onReady }: Source): AsyncGenerator<ShownEvent> {
  const note = (event: ShownEvent): ShownEvent => {
    seen.set(event.id, epochSeconds());
    return event;
  };
  for (const event of await recentEvents(stripe, { types }, epochSeconds() - LATE)) note(event);
  const shown = last === 0 ? [] : (await pageOf(stripe, { types, limit: Math.min(last, PAGE) })).data.reverse();
  onReady();
  for (const event of shown) yield note(event);
  for (let from = epochSeconds() - LATE; ;) {
    await sleep(PAUSE_MS);
    const next = epochSeconds() - LATE;
    for (const event of await recentEvents(stripe, { types }, from)) if (!seen.has(event.id)) yield note(event);
    for (const [id, at] of seen) if (at < from - LATE) seen.delete(id);
    from = next;
  }
}

interface Page {
  data: ShownEvent[];
  has_more: boolean;
}

/** Those written since a time, in the order of their own times. */
async function recentEvents(stripe: Stripe, filter: Filter, from: number): Promise<ShownEvent[]> {
  const events: ShownEvent[] = [];
  for (;;) {
    const page = await pageOf(stripe, { ...filter, after: events.at(-1)?.id, from, limit: PAGE });
    events.push(...page.data);
    if (!page.has_more) return events.reverse();
  }
}

interface Filter {
  types: readonly string[];
}

interface PageParameters extends Filter {
  after?: string | undefined;
  from?: number;
  limit: number;
}

function queryOf({ types, after, from, limit }: PageParameters): string {
  const query = new URLSearchParams({ limit: String(limit) });
  for (const type of types) query.append('types[]', type);
  if (after !== undefined) query.set('starting_after', after);
  if (from !== undefined) query.set('recorded[gte]', String(from));
  return query.toString();
}

/** As the API answers, without what the SDK makes of it. */
async function pageOf(stripe: Stripe, parameters: PageParameters): Promise<Page> {
  const page: unknown = await stripe.rawRequest('GET', `/v1/events?${queryOf(parameters)}`);
  return page as Page;
}

const epochSeconds = (): number => Math.floor(Date.now() / 1000);
