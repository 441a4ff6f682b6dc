/** Stripe keeps its events for thirty days, also those that no webhook endpoint has taken. */
import type Stripe from 'stripe';
import type { ListedEvent } from '../../domain/rows/processor-event';
import { asking } from './asking';
import { eventOf, EVENTS_OF_INTEREST } from './webhooks';

/** Newest first, as Stripe lists them. */
export async function* listEvents(stripe: Stripe, { after, until }: { after: number; until: number }): AsyncGenerator<ListedEvent> {
  const query = { types: [...EVENTS_OF_INTEREST], created: { gt: after, lte: until }, limit: 100 };
  for (let last: string | undefined, more = true; more;) {
    const page = await asking(() => stripe.events.list({ ...query, ...(last !== undefined && { starting_after: last }) }));
    for (const event of page.data) yield { id: event.id, read: () => eventOf(event) };
    last = page.data.at(-1)?.id;
    more = page.has_more && last !== undefined;
  }
}
