/** Deliveries of events to webhook endpoints: the due ones, their order, and the result of each attempt. */
import type { BillingEvent, WebhookEndpoint } from '../../domain/rows/event';
import type { PendingDelivery } from '../../domain/event/delivery-rules';
import type { Sql, TransactionSql } from '../connect';
import { opened } from '../customer-keys';
import { fromJson } from '../json-rows';
import { lockName } from '../lock-name';

/** More than one order key can have failing at a time: one per hour is added, and each fails for three days. */
const LANE_MAX = 200;

export async function findEndpoint(sql: Sql, id: string): Promise<WebhookEndpoint | null> {
  const [found] = await sql<{ row: Record<string, unknown> }[]>`
    select to_jsonb(e) as row from webhook_endpoints e where id = ${id}`;
  return found ? (fromJson(found.row) as unknown as WebhookEndpoint) : null;
}

/** Order keys with a due delivery that are not being processed, longest due first. */
export async function dueLanes(sql: Sql, endpoint: string, atWork: string[], limit: number): Promise<string[]> {
  const rows = await sql<{ orderKey: string }[]>`
    select order_key from deliveries
    where endpoint = ${endpoint} and status = 'pending' and next_attempt_at <= now() and order_key <> all(${atWork})
    group by order_key order by min(next_attempt_at) limit ${limit}`;
  return rows.map(({ orderKey }) => orderKey);
}

/**
 * All pending deliveries of one order key, in the order of the events, and the present time by Postgres's clock, which is authoritative.
 */
export async function pendingInLane(sql: Sql, endpoint: string, orderKey: string): Promise<{ pending: PendingDelivery[]; nowMs: number }> {
  const rows = await sql<(PendingDelivery & { nowMs: number })[]>`
    select id, attempts, floor(extract(epoch from first_attempt_at) * 1000)::bigint as first_attempt_at,
      floor(extract(epoch from next_attempt_at) * 1000)::bigint as next_attempt_at, floor(extract(epoch from now()) * 1000)::bigint as now_ms
    from deliveries where endpoint = ${endpoint} and order_key = ${orderKey} and status = 'pending'
    order by seq limit ${LANE_MAX}`;
  return { pending: rows, nowMs: rows[0]?.nowMs ?? 0 };
}

/** Deliveries behind a failing event are not due before `untilMs`, so they are not checked again and again. */
export async function holdBack(sql: Sql, endpoint: string, orderKey: string, untilMs: number): Promise<void> {
  await sql`
    update deliveries set next_attempt_at = to_timestamp(${untilMs / 1000}::float8)
    where endpoint = ${endpoint} and order_key = ${orderKey} and status = 'pending' and first_attempt_at is null
      and next_attempt_at < to_timestamp(${untilMs / 1000}::float8)`;
}

export interface DeliveryToMake {
  event: BillingEvent;
  /** The number of endpoints that still wait for it, including this one. */
  pendingWebhooks: number;
  endpoint: WebhookEndpoint;
}

/** A pending delivery: the event as the API shows it, and the endpoint as it is now. */
export async function deliveryToMake(sql: Sql, delivery: string): Promise<DeliveryToMake | null> {
  const [found] = await sql<
    { event: Record<string, unknown>; key: Buffer | null; endpoint: Record<string, unknown>; pendingWebhooks: number }[]
  >`
    select to_jsonb(v) as event, k.key, to_jsonb(e) as endpoint,
      (select count(*)::integer from deliveries p where p.event = v.id and p.status = 'pending') as pending_webhooks
    from deliveries d join events v on v.id = d.event and v.recorded = d.recorded join webhook_endpoints e on e.id = d.endpoint
    left join customer_keys k on k.customer = v.customer
    where d.id = ${delivery} and d.status = 'pending' and e.status = 'enabled' and not e.deleted`;
  if (!found) return null;
  const event = opened(found.event, found.key);
  const endpoint = fromJson(found.endpoint) as unknown as WebhookEndpoint;
  return { event, endpoint, pendingWebhooks: found.pendingWebhooks };
}

export interface AttemptRecord {
  delivery: string;
  /** The attempt's number, from 1. */
  number: number;
  startedAtMs: number;
  durationMs: number;
  status: number | null;
  error: string | null;
  /** When to retry; null if it was delivered or is given up. */
  nextAttemptAtMs: number | null;
}

/** Logs the attempt, and updates the delivery. Recording the same attempt twice changes nothing. */
export async function recordAttempt(sql: Sql | TransactionSql, attempt: AttemptRecord): Promise<void> {
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
 * The same for a delivered `invoice.created`. The last endpoint to receive it sets the invoice's `webhooks_delivered_at`, in the time of the
 * invoice. Deliveries of one event are recorded one after another, so that the last one sees the others.
 */
export async function recordInvoiceDelivered(sql: Sql, attempt: AttemptRecord, { id: event, objectId }: BillingEvent): Promise<void> {
  await sql.begin(async (tx) => {
    await lockName(tx, event);
    await recordAttempt(tx, attempt);
    await tx`
      update invoices i set webhooks_delivered_at = coalesce((select t.frozen_time from test_clocks t where t.id = i.test_clock),
        floor(extract(epoch from now())))
      where i.id = ${objectId} and i.webhooks_delivered_at is null
        and not exists (select 1 from deliveries d where d.event = ${event} and d.status <> 'delivered')`;
  });
}

/**
 * Cancels the due deliveries of a disabled endpoint, or all of a deleted one. Deliveries that are due later are sent if the endpoint is
 * enabled again by then, as on Stripe.
 */
export async function cancelDeliveries(sql: Sql, endpoint: string, which: 'due' | 'all'): Promise<void> {
  await sql`
    update deliveries set status = 'canceled'
    where endpoint = ${endpoint} and status = 'pending' and (${which === 'all'} or next_attempt_at <= now())`;
}

/** Milliseconds until a delivery is due; null if none is pending. */
export async function nextDueInMs(sql: Sql, endpoint: string): Promise<number | null> {
  const [row] = await sql<{ wait: number | null }[]>`
    select greatest(ceil(extract(epoch from min(next_attempt_at) - clock_timestamp()) * 1000), 0)::bigint as wait
    from deliveries where endpoint = ${endpoint} and status = 'pending'`;
  return row?.wait ?? null;
}

/**
 * Sends an event to an endpoint again, or for the first time. It is sent at once and holds back no other event: its first hour counts as
 * over.
 */
export async function redeliver(sql: Sql, of: { account: string; event: string; endpoint: string; orderKey: string }): Promise<void> {
  await sql`
    insert into deliveries (id, account, endpoint, event, order_key, status, first_attempt_at, recorded)
    select ${`${of.event}/${of.endpoint}`}, ${of.account}, ${of.endpoint}, id, ${of.orderKey}, 'pending', now() - interval '1 hour', recorded
    from events where id = ${of.event}
    on conflict (id, recorded) do update set status = 'pending', next_attempt_at = now(), first_attempt_at = now() - interval '1 hour',
      delivered_at = null`;
}

/** The endpoints that would receive an event of this type now, oldest first. */
export async function endpointsFor(sql: Sql, scope: { account: string; livemode: boolean }, type: string): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from webhook_endpoints
    where account = ${scope.account} and livemode = ${scope.livemode} and not deleted and status = 'enabled'
      and enabled_events && array[${type}, '*'] order by seq`;
  return rows.map(({ id }) => id);
}
