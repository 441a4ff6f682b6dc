/** Deliveries of events to webhook endpoints: what is due, in which order, and how each attempt went. */
import type { BillingEvent, WebhookEndpoint } from '../../domain/rows/event';
import type { PendingDelivery } from '../../domain/event/delivery-rules';
import type { Sql } from '../connect';
import { fromJson } from '../json-rows';

/** More than one order key can have failing at a time: one an hour joins them, each for three days. */
const LANE_MAX = 200;

export async function findEndpoint(sql: Sql, id: string): Promise<WebhookEndpoint | null> {
  const [found] = await sql<{ row: Record<string, unknown> }[]>`
    select to_jsonb(e) as row from webhook_endpoints e where id = ${id}`;
  return found ? (fromJson(found.row) as unknown as WebhookEndpoint) : null;
}

/** Order keys with something due that are not among those at work, longest due first. */
export async function dueLanes(sql: Sql, endpoint: string, atWork: string[], limit: number): Promise<string[]> {
  const rows = await sql<{ orderKey: string }[]>`
    select order_key from deliveries
    where endpoint = ${endpoint} and status = 'pending' and next_attempt_at <= now() and order_key <> all(${atWork})
    group by order_key order by min(next_attempt_at) limit ${limit}`;
  return rows.map(({ orderKey }) => orderKey);
}

/** All that is pending under one order key, in the order of the events, and what time it is: Postgres's, whose clock is the one that counts. */
export async function pendingInLane(sql: Sql, endpoint: string, orderKey: string): Promise<{ pending: PendingDelivery[]; nowMs: number }> {
  const rows = await sql<(PendingDelivery & { nowMs: number })[]>`
    select id, attempts, floor(extract(epoch from first_attempt_at) * 1000)::bigint as first_attempt_at,
      floor(extract(epoch from next_attempt_at) * 1000)::bigint as next_attempt_at, floor(extract(epoch from now()) * 1000)::bigint as now_ms
    from deliveries where endpoint = ${endpoint} and order_key = ${orderKey} and status = 'pending'
    order by seq limit ${LANE_MAX}`;
  return { pending: rows, nowMs: rows[0]?.nowMs ?? 0 };
}

/** What waits behind a failing event is not due before that: it need not be looked at again and again. */
export async function holdBack(sql: Sql, endpoint: string, orderKey: string, untilMs: number): Promise<void> {
  await sql`
    update deliveries set next_attempt_at = to_timestamp(${untilMs / 1000}::float8)
    where endpoint = ${endpoint} and order_key = ${orderKey} and status = 'pending' and first_attempt_at is null
      and next_attempt_at < to_timestamp(${untilMs / 1000}::float8)`;
}

export interface DeliveryToMake {
  event: BillingEvent;
  /** How many endpoints still have to get it, this one included. */
  pendingWebhooks: number;
  endpoint: WebhookEndpoint;
}

/** A delivery that is still to be made: the event as the API shows it, and the endpoint as it is now. */
export async function deliveryToMake(sql: Sql, delivery: string): Promise<DeliveryToMake | null> {
  const [found] = await sql<{ event: Record<string, unknown>; endpoint: Record<string, unknown>; pendingWebhooks: number }[]>`
    select to_jsonb(v) as event, to_jsonb(e) as endpoint,
      (select count(*)::integer from deliveries p where p.event = v.id and p.status = 'pending') as pending_webhooks
    from deliveries d join events v on v.id = d.event and v.recorded = d.recorded join webhook_endpoints e on e.id = d.endpoint
    where d.id = ${delivery} and d.status = 'pending' and e.status = 'enabled' and not e.deleted`;
  if (!found) return null;
  const event = fromJson(found.event) as unknown as BillingEvent;
  const endpoint = fromJson(found.endpoint) as unknown as WebhookEndpoint;
  return { event, endpoint, pendingWebhooks: found.pendingWebhooks };
}

export interface AttemptRecord {
  delivery: string;
  /** Which one it was, from 1. */
  number: number;
  startedAtMs: number;
  durationMs: number;
  status: number | null;
  error: string | null;
  /** When to try again; null when it was delivered or is given up. */
  nextAttemptAtMs: number | null;
}

/** The attempt into the log, and the delivery on to where it stands now. The same attempt recorded twice changes nothing. */
export async function recordAttempt(sql: Sql, attempt: AttemptRecord): Promise<void> {
  const { delivery, number, startedAtMs, durationMs, status, error, nextAttemptAtMs } = attempt;
  const outcome = error === null ? 'delivered' : nextAttemptAtMs === null ? 'failed' : 'pending';
  await sql`
    with logged as (
      insert into delivery_attempts (id, delivery, at, duration_milliseconds, status, error, recorded)
      select ${`${delivery}/${String(number)}`}, id, to_timestamp(${startedAtMs / 1000}::float8), ${durationMs}, ${status}, ${error}, recorded
      from deliveries where id = ${delivery}
      on conflict do nothing
    )
    update deliveries set status = ${outcome}, attempts = ${number},
      first_attempt_at = coalesce(first_attempt_at, to_timestamp(${startedAtMs / 1000}::float8)),
      next_attempt_at = coalesce(to_timestamp(${nextAttemptAtMs === null ? null : nextAttemptAtMs / 1000}::float8), next_attempt_at),
      delivered_at = case when ${outcome} = 'delivered' then now() end
    where id = ${delivery} and status = 'pending' and attempts < ${number}`;
}

/**
 * What is due for an endpoint that is disabled is canceled, and all of it when the endpoint is deleted. What is due only later
 * goes out if the endpoint is enabled again by then, as on Stripe.
 */
export async function cancelDeliveries(sql: Sql, endpoint: string, which: 'due' | 'all'): Promise<void> {
  await sql`
    update deliveries set status = 'canceled'
    where endpoint = ${endpoint} and status = 'pending' and (${which === 'all'} or next_attempt_at <= now())`;
}

/** Milliseconds until something is due; null when nothing is pending. */
export async function nextDueInMs(sql: Sql, endpoint: string): Promise<number | null> {
  const [row] = await sql<{ wait: number | null }[]>`
    select greatest(ceil(extract(epoch from min(next_attempt_at) - clock_timestamp()) * 1000), 0)::bigint as wait
    from deliveries where endpoint = ${endpoint} and status = 'pending'`;
  return row?.wait ?? null;
}

/**
 * Sends an event to an endpoint once more, or for the first time. It goes at once and holds nothing back: its first hour counts
 * as over.
 */
export async function redeliver(sql: Sql, of: { account: string; event: string; endpoint: string; orderKey: string }): Promise<void> {
  await sql`
    insert into deliveries (id, account, endpoint, event, order_key, status, first_attempt_at, recorded)
    select ${`${of.event}/${of.endpoint}`}, ${of.account}, ${of.endpoint}, id, ${of.orderKey}, 'pending', now() - interval '1 hour', recorded
    from events where id = ${of.event}
    on conflict (id, recorded) do update set status = 'pending', next_attempt_at = now(), first_attempt_at = now() - interval '1 hour',
      delivered_at = null`;
}

/** The endpoints that would get an event of this type today, oldest first. */
export async function endpointsFor(sql: Sql, scope: { account: string; livemode: boolean }, type: string): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from webhook_endpoints
    where account = ${scope.account} and livemode = ${scope.livemode} and not deleted and status = 'enabled'
      and enabled_events && array[${type}, '*'] order by seq`;
  return rows.map(({ id }) => id);
}
