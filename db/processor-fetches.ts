/** Until when the events of each processor are fetched. One server does it at a time. */
import type { Sql } from './connect';

/** One list of events at a processor. */
export interface EventList {
  processor: string;
  livemode: boolean;
}

/**
 * Takes the next turn of reading the list.
 *
 * @returns after which moment it is to be read, epoch seconds; null: it is not due. The first turn begins at `from`
 */
export async function claimFetch(
  sql: Sql,
  { processor, livemode }: EventList,
  { now, every, from }: { now: number; every: number; from: number },
): Promise<number | null> {
  const [row] = await sql<{ readUntil: number }[]>`
    insert into processor_fetches as f (processor, livemode, read_until, tried_at) values (${processor}, ${livemode}, ${from}, ${now})
    on conflict (processor, livemode) do update set tried_at = excluded.tried_at where f.tried_at <= excluded.tried_at - ${every}::bigint
    returning read_until`;
  return row?.readUntil ?? null;
}

/** @param error of an event or of the list: the same time is read again. Null: everything until `before` is acted on */
export async function finishFetch(
  sql: Sql,
  { processor, livemode }: EventList,
  { now, before, error }: { now: number; before: number; error: string | null },
): Promise<void> {
  await (error === null
    ? sql`update processor_fetches set read_until = ${before}, read_at = ${now}, error = null where processor = ${processor} and livemode = ${livemode}`
    : sql`update processor_fetches set error = ${error} where processor = ${processor} and livemode = ${livemode}`);
}
