import type { Sql } from '../../db/connect';
import type { Received } from '../webhooks/receiver';

/** Events of an account for which an endpoint got nothing; none is what there should be. */
export async function undelivered(sql: Sql, endpoint: string, received: Received[]): Promise<string[]> {
  const heard = new Set(received.map(({ event }) => event.id));
  const meant = await sql<{ event: string; type: string }[]>`
    select d.event, e.type from deliveries d join events e on e.id = d.event where d.endpoint = ${endpoint}`;
  return meant.filter(({ event }) => !heard.has(event)).map(({ event, type }) => `${event} ${type}`);
}

/** Events that arrived for the first time after a later one of the same subscription (or customer) had. */
export async function outOfOrder(sql: Sql, received: Received[]): Promise<string[]> {
  const rows = await sql<{ id: string; orderKey: string; seq: number }[]>`select id, order_key, seq from events`;
  const known = new Map(rows.map((row) => [row.id, row]));
  const latest = new Map<string, number>();
  const seen = new Set<string>();
  const wrong: string[] = [];
  for (const { event } of received) {
    const row = known.get(event.id);
    if (!row || seen.has(event.id)) continue;
    seen.add(event.id);
    if (row.seq < (latest.get(row.orderKey) ?? 0)) wrong.push(`${event.type} ${event.id} of ${row.orderKey}`);
    latest.set(row.orderKey, Math.max(row.seq, latest.get(row.orderKey) ?? 0));
  }
  return wrong;
}
