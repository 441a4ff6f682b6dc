/** What an operator's check-up reads: facts of the database, and of what waits in it. */
import type { Sql } from './connect';

export interface DatabaseFacts {
  /** `18.4` */
  version: string;
  /** By Postgres's clock, in milliseconds. */
  nowMs: number;
  bytes: number;
  connections: number;
  connectionsMax: number;
  isStandby: boolean;
  /** What replication slots without a reader keep Postgres from deleting. */
  retainedWalBytes: number;
  /** Where Postgres keeps its files, if this user may know. */
  folder: string | null;
}

export async function databaseFacts(sql: Sql): Promise<DatabaseFacts> {
  const [row] = await sql<[DatabaseFacts]>`
    select current_setting('server_version') as version, extract(epoch from clock_timestamp())::float8 * 1000 as now_ms,
      pg_database_size(current_database()) as bytes,
      (select count(*) from pg_stat_activity where backend_type = 'client backend') as connections,
      current_setting('max_connections')::int as connections_max, pg_is_in_recovery() as is_standby,
      case when pg_is_in_recovery() then 0 else coalesce((select max(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn))::bigint
        from pg_replication_slots where not active), 0) end as retained_wal_bytes,
      case when pg_has_role('pg_read_all_settings', 'member') then current_setting('data_directory', true) end as folder`;
  return row;
}

export interface KeyFacts {
  account: string;
  livemode: boolean;
  usable: number;
  /** Those that end within a week, by their last four. */
  ending: string[];
}

/** Keys of every seller that can be used now. */
export function keyFacts(sql: Sql, now: number): Promise<KeyFacts[]> {
  return sql<KeyFacts[]>`
    select a.id as account, m.livemode, count(k.id)::int as usable,
      coalesce(array_agg(k.last4) filter (where k.expires_at < ${now + 604_800}), '{}') as ending
    from accounts a cross join (values (true), (false)) m (livemode)
    left join api_keys k on k.account = a.id and k.livemode = m.livemode and k.revoked_at is null and (k.expires_at is null or k.expires_at > ${now})
    group by 1, 2 order by 1, 2`;
}

export interface FailingEndpoint {
  id: string;
  url: string;
  account: string;
  waiting: number;
  attempts: number;
  /** The last answer: `the endpoint answered 500`. */
  error: string | null;
}

/** Endpoints that have not taken what they were sent. */
export function failingEndpoints(sql: Sql): Promise<FailingEndpoint[]> {
  return sql<FailingEndpoint[]>`
    select e.id, e.url, e.account, count(*)::int as waiting, max(d.attempts) as attempts,
      (array_agg(t.error order by t.at desc nulls last))[1] as error
    from deliveries d join webhook_endpoints e on e.id = d.endpoint and not e.deleted
    left join lateral (select error, at from delivery_attempts t where t.delivery = d.id order by at desc limit 1) t on true
    where d.status = 'pending' and d.attempts > 0
    group by 1, 2, 3 order by waiting desc limit 20`;
}

export interface ProcessorFacts {
  processor: string;
  account: string;
  livemode: boolean;
  status: 'paused' | 'running';
  pausedBy: string | null;
  reason: string | null;
  failures: number;
}

/** Processors that are paused, or have failed since their last answer. */
export function troubledProcessors(sql: Sql): Promise<ProcessorFacts[]> {
  return sql<ProcessorFacts[]>`
    select processor, account, livemode, status, paused_by, reason, failures from processor_states
    where status = 'paused' or failures > 0 order by processor`;
}

export interface HeldFacts {
  reason: string;
  count: number;
  /** One of them, and why it is held. */
  example: string;
  error: string;
}

export function heldFacts(sql: Sql): Promise<HeldFacts[]> {
  return sql<HeldFacts[]>`
    select reason, count(*)::int as count, min(id) as example, (array_agg(error ->> 'message' order by id))[1] as error
    from held where released_at is null group by reason order by reason`;
}

export interface WaitingFacts {
  /** How long the oldest workflow has been due in real time, seconds. */
  overdueSeconds: number;
  /** How long the oldest delivery has been due that was never tried, seconds. */
  deliverySeconds: number;
  /** Test clocks that advance and have not moved for a minute. */
  stillClocks: number;
  /** Charges whose answer was lost over an hour ago. */
  unknownPayments: number;
}

export async function waitingFacts(sql: Sql): Promise<WaitingFacts> {
  const [row] = await sql<[WaitingFacts]>`
    select
      coalesce((select extract(epoch from now())::bigint - min(next_due) from workflows w where ended_at is null and test_clock is null
        and next_due <= extract(epoch from now()) and not exists (select 1 from held h where h.workflow = w.id and h.released_at is null)), 0) as overdue_seconds,
      coalesce((select extract(epoch from now() - min(next_attempt_at))::int from deliveries
        where status = 'pending' and attempts = 0 and next_attempt_at <= now()), 0) as delivery_seconds,
      (select count(*)::int from test_clocks where status = 'advancing' and not deleted
        and coalesce((status_details ->> 'progress_at')::float8, 0) < extract(epoch from now()) - 60) as still_clocks,
      (select count(*)::int from payment_attempts where status in ('open', 'requires_action', 'unknown', 'processing', 'waiting')
        and status = 'unknown' and created < extract(epoch from now()) - 3600) as unknown_payments`;
  return row;
}
