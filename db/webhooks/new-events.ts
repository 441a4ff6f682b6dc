/** Events of what no commit changes. They are written in the transaction that changes it, with their deliveries. */
import { randomUUID } from 'node:crypto';
import type { TransactionSql } from '../connect';
import { idSource } from '../ids';

interface NewEvent {
  account: string;
  livemode: boolean;
  created: number;
  type: string;
  apiVersion: string;
  objectId: string;
  object: object;
  /** Deliveries of one key keep the order of their events. */
  orderKey: string;
  workflow: string;
  /** It only names its object. */
  thin: boolean;
  request: string | null;
  idempotencyKey: string | null;
}

/**
 * One delivery for each enabled endpoint that wants an event of `ev`, which are those that the same statement has written: so that none is missed. A thin event
 * goes only to endpoints that have enabled its type.
 */
export const DELIVERIES_OF_EV = `
  insert into deliveries (id, account, endpoint, event, order_key, status, recorded)
  select ev.id || '/' || e.id, ev.account, e.id, ev.id, ev.order_key, 'pending', ev.recorded
  from ev join webhook_endpoints e on e.account = ev.account and e.livemode = ev.livemode
  where not e.deleted and e.status = 'enabled' and (ev.type = any(e.enabled_events) or (not ev.thin and '*' = any(e.enabled_events)))
  order by ev.seq returning endpoint`;

/** @returns the endpoints that have something to deliver */
export async function insertEvents(tx: TransactionSql, secret: string, events: readonly NewEvent[]): Promise<string[]> {
  if (events.length === 0) return [];
  const all = events.map(({ apiVersion, objectId, orderKey, idempotencyKey, ...event }) => {
    const commitKey = randomUUID();
    const id = idSource(secret, event.workflow, commitKey)('evt', 0);
    const renamed = { api_version: apiVersion, object_id: objectId, order_key: orderKey, idempotency_key: idempotencyKey };
    return { ...event, ...renamed, id, commit_key: commitKey };
  });
  const rows = await tx<{ endpoint: string }[]>`
    with ev as (
      insert into events (id, account, livemode, created, type, api_version, object_id, object, order_key, workflow, commit_key, thin, request,
        idempotency_key)
      select id, account, livemode, created, type, api_version, object_id, object, order_key, workflow, commit_key, thin, request, idempotency_key
      from json_to_recordset(${JSON.stringify(all)}::text::json) as r(id text, account text, livemode boolean, created bigint, type text,
        api_version text, object_id text, object jsonb, order_key text, workflow text, commit_key text, thin boolean, request text,
        idempotency_key text)
      returning *
    )
    ${tx.unsafe(DELIVERIES_OF_EV)}`;
  return [...new Set(rows.map(({ endpoint }) => endpoint))];
}
