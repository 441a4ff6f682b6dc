/** The log of deliveries for people: what was sent to which endpoint, and the result of each attempt. */
import type { Sql } from '../connect';

export interface LoggedDelivery {
  id: string;
  event: string;
  type: string;
  status: 'pending' | 'delivered' | 'failed' | 'canceled';
  created: number;
  nextAttemptAt: number;
  deliveredAt: number | null;
  attempts: { at: number; duration_milliseconds: number; status: number | null; error: string | null }[];
}

export interface DeliveryPage {
  deliveries: LoggedDelivery[];
  hasMore: boolean;
}

/** Newest first. Null if the cursor is not a delivery of this endpoint. */
export async function listDeliveries(
  sql: Sql,
  endpoint: string,
  page: { status: string | null; cursor: { direction: 'after' | 'before'; id: string } | null; limit: number },
): Promise<DeliveryPage | null> {
  const { cursor, limit, status } = page;
  const isBefore = cursor?.direction === 'before';
  const seq = cursor === null ? null : await seqOf(sql, endpoint, cursor.id);
  if (cursor !== null && seq === null) return null;
  const beyond = seq === null ? sql`` : isBefore ? sql`and d.seq > ${seq}` : sql`and d.seq < ${seq}`;
  const rows = await sql<LoggedDelivery[]>`
    select d.id, d.event, v.type, d.status, v.created, extract(epoch from d.next_attempt_at)::bigint as next_attempt_at,
      extract(epoch from d.delivered_at)::bigint as delivered_at, (
        select coalesce(jsonb_agg(jsonb_build_object('at', floor(extract(epoch from a.at)), 'duration_milliseconds', a.duration_milliseconds,
          'status', a.status, 'error', a.error) order by a.at), '[]') from delivery_attempts a where a.delivery = d.id) as attempts
    from deliveries d join events v on v.id = d.event and v.recorded = d.recorded
    where d.endpoint = ${endpoint} ${status === null ? sql`` : sql`and d.status = ${status}`} ${beyond}
    order by d.seq ${isBefore ? sql`` : sql`desc`} limit ${limit + 1}`;
  const deliveries = rows.slice(0, limit);
  return { deliveries: isBefore ? deliveries.reverse() : deliveries, hasMore: rows.length > limit };
}

async function seqOf(sql: Sql, endpoint: string, id: string): Promise<number | null> {
  const [row] = await sql<{ seq: number }[]>`select seq from deliveries where id = ${id} and endpoint = ${endpoint}`;
  return row?.seq ?? null;
}
