/**
 * Events that no webhook has brought: its address was wrong, its secret, or the server was away for longer than the processor tries. They are read
 * from the processor's own list, and acted on as if the webhook had brought them.
 */
import { randomId } from '../../db/ids';
import { claimFetch, finishFetch, type EventList } from '../../db/processor-fetches';
import { BillingError } from '../../domain/core/errors';
import type { ListEvents } from '../../domain/rows/processor-event';
import type { Dependencies } from '../http/dependencies';
import { actOnce } from './events';

const EVERY_SECONDS = 600;
/** What is younger may still be on its way. */
const DELIVERY_SECONDS = 300;
/** An event that cannot be acted on is tried for as long as Stripe sends one again. */
const TRIED_FOR_SECONDS = 3 * 86_400;

/** Each list that is due, of every processor that has one. Servers take turns. */
export async function fetchMissedEvents(deps: Dependencies, now: number): Promise<void> {
  for (const { name: processor } of deps.config.processors) {
    for (const livemode of [true, false]) {
      const list = deps.processors.eventsOf(processor, livemode);
      if (list !== null) await fetchFrom(deps, { processor, livemode }, { list, now });
    }
  }
}

async function fetchFrom(deps: Dependencies, of: EventList, { list, now }: { list: ListEvents; now: number }): Promise<void> {
  const until = now - DELIVERY_SECONDS;
  const readUntil = await claimFetch(deps.sql, of, { now, every: EVERY_SECONDS, from: until });
  if (readUntil === null || readUntil >= until) return;
  const error = await actOnAll(deps, list({ after: Math.max(readUntil, until - TRIED_FOR_SECONDS), until }));
  await finishFetch(deps.sql, of, { now, before: until, error });
}

/** An event that cannot be acted on does not stop the others. Null: each was acted on. */
async function actOnAll(deps: Dependencies, events: ReturnType<ListEvents>): Promise<string | null> {
  let problem: string | null = null;
  try {
    for await (const { id, read } of events) {
      try {
        await actOnce(deps, read(), { requestId: randomId('req'), fetched: true });
      } catch (error) {
        problem ??= problemOf(deps, error, id);
      }
    }
  } catch (error) {
    problem ??= problemOf(deps, error, 'the list of events');
  }
  return problem;
}

function problemOf({ log }: Dependencies, error: unknown, what: string): string {
  if (error instanceof BillingError) return error.message;
  log.warn({ err: error }, `${what} of a processor was not acted on`);
  return `${what}: ${error instanceof Error ? error.message : 'unknown'}`;
}
