/** Operators' metrics of the books, each read by one short statement: ages in seconds, 0 if there is nothing. */
import type { Sql } from './connect';
import type { SideConnection } from './side-connection';

interface Sample {
  labels: Record<string, string>;
  value: number;
}

type Figures<Name extends string> = Promise<Record<Name, Sample[]>>;

/** Reads each part of the metrics, on a connection of its own and with a time limit. */
export interface BookFigures {
  overdue: () => Figures<'overdue_workflows' | 'overdue_oldest_seconds'>;
  held: () => Figures<'held_entities' | 'held_oldest_seconds'>;
  deliveries: () => Figures<'webhook_deliveries_pending' | 'webhook_delivery_lag_seconds'>;
  payments: () => Figures<'payment_attempts_open' | 'payment_attempts_unknown_oldest_seconds'>;
  processors: () => Figures<'processors_paused' | 'payments_waiting'>;
  requests: () => Figures<'requests_unfinished'>;
  clocks: () => Figures<'test_clocks_advancing' | 'test_clocks_standing_still'>;
  written: () => Figures<'events_written' | 'deliveries_written'>;
  tables: () => Figures<'table_bytes'>;
  connections: () => Figures<'postgres_connections' | 'postgres_transaction_oldest_seconds'>;
}

/** Operators' metrics of the books. */
export function bookFigures(side: SideConnection): BookFigures {
  return {
    overdue: () => side.read(overdue),
    held: () => side.read(held),
    deliveries: () => side.read(deliveries),
    payments: () => side.read(payments),
    processors: () => side.read(processors),
    requests: () => side.read(requests),
    clocks: () => side.read(clocks),
    written: () => side.read(written),
    tables: () => side.read(tables),
    connections: () => side.read(connections),
  };
}

const one = (value: number | null | undefined): Sample[] => [{ labels: {}, value: value ?? 0 }];

/** Rows of a count as samples: every column but `n` is a label. */
const byLabels = (rows: readonly Record<string, unknown>[]): Sample[] =>
  rows.map(({ n, ...labels }) => ({
    labels: Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, String(value)])),
    value: Number(n),
  }));

async function overdue(sql: Sql): ReturnType<BookFigures['overdue']> {
  const [row] = await sql<{ real: number; oldest: number | null; clock: number }[]>`
    with now as (select floor(extract(epoch from now()))::bigint as at), real as (
      select count(*) as n, min(next_due) as oldest from workflows w, now
      where ended_at is null and test_clock is null and next_due <= now.at
        and not exists (select 1 from held h where h.workflow = w.id and h.released_at is null)
    ), clock as (
      select count(*) as n from workflows w join test_clocks t on t.id = w.test_clock
      where w.ended_at is null and w.next_due <= t.frozen_time and t.status = 'ready' and not t.deleted
        and not exists (select 1 from held h where h.workflow = w.id and h.released_at is null)
    )
    select real.n as real, now.at - real.oldest as oldest, clock.n as clock from now, real, clock`;
  return {
    overdue_workflows: [
      { labels: { time: 'real' }, value: row?.real ?? 0 },
      { labels: { time: 'clock' }, value: row?.clock ?? 0 },
    ],
    overdue_oldest_seconds: one(row?.oldest),
  };
}

async function held(sql: Sql): ReturnType<BookFigures['held']> {
  const rows = await sql<{ kind: string; reason: string; n: number; oldest: number }[]>`
    select kind, reason, count(*) as n, max(floor(extract(epoch from now()))::bigint - created) as oldest from held
    where released_at is null group by kind, reason`;
  return {
    held_entities: byLabels(rows.map(({ kind, reason, n }) => ({ kind, reason, n }))),
    held_oldest_seconds: one(Math.max(0, ...rows.map(({ oldest }) => oldest))),
  };
}

async function deliveries(sql: Sql): ReturnType<BookFigures['deliveries']> {
  const [row] = await sql<{ n: number; lag: number | null }[]>`
    select count(*) as n, extract(epoch from now() - min(next_attempt_at))::float8 as lag
    from deliveries where status = 'pending' and next_attempt_at <= now()`;
  return { webhook_deliveries_pending: one(row?.n), webhook_delivery_lag_seconds: one(row?.lag) };
}

async function payments(sql: Sql): ReturnType<BookFigures['payments']> {
  const open = await sql<{ status: string; n: number }[]>`
    select status, count(*) as n from payment_attempts where status in ('open', 'requires_action', 'unknown', 'processing', 'waiting') group by status`;
  // In test mode a tester often orders a lost answer: `POST /v1/test_helpers/sandbox/faults`. `created` is a test clock's time there.
  const oldest = await sql<{ livemode: boolean; n: number }[]>`
    select livemode, greatest(0, max(extract(epoch from now())::bigint - created)) as n
    from payment_attempts where status in ('open', 'requires_action', 'unknown', 'processing', 'waiting') and status = 'unknown' group by livemode`;
  return { payment_attempts_open: byLabels(open), payment_attempts_unknown_oldest_seconds: byLabels(oldest) };
}

async function processors(sql: Sql): ReturnType<BookFigures['processors']> {
  const paused = await sql<{ processor: string; pausedBy: string; livemode: boolean; n: number }[]>`
    select processor, paused_by, livemode, count(*) as n from processor_states where status = 'paused' group by 1, 2, 3`;
  const waiting = await sql<{ kind: string; livemode: boolean; n: number }[]>`
    select case status when 'waiting' then 'charge' else 'capture' end as kind, livemode, count(*) as n from payment_attempts
      where waiting_for is not null group by 1, 2
    union all select 'refund', livemode, count(*) from refunds where waiting_for is not null group by 2`;
  const labeled = paused.map(({ pausedBy, ...row }) => ({ ...row, paused_by: pausedBy }));
  return { processors_paused: byLabels(labeled), payments_waiting: byLabels(waiting) };
}

/** Uses the index on `created`: reading a whole day's requests would take too long. */
async function requests(sql: Sql): ReturnType<BookFigures['requests']> {
  const [row] = await sql<{ n: number }[]>`
    select count(*) as n from requests
    where created > extract(epoch from now())::bigint - 600 and status is null and (held_until is null or held_until < now())`;
  return { requests_unfinished: one(row?.n) };
}

async function clocks(sql: Sql): ReturnType<BookFigures['clocks']> {
  const [row] = await sql<{ advancing: number; still: number }[]>`
    select count(*) as advancing, count(*) filter (
      where coalesce((status_details ->> 'progress_at')::float8, 0) < extract(epoch from now()) - 60) as still
    from test_clocks where status = 'advancing' and not deleted`;
  return { test_clocks_advancing: one(row?.advancing), test_clocks_standing_still: one(row?.still) };
}

/** From the sequences, so that no rows are counted. */
async function written(sql: Sql): ReturnType<BookFigures['written']> {
  const [row] = await sql<{ events: number | null; deliveries: number | null }[]>`
    select pg_sequence_last_value(pg_get_serial_sequence('events', 'seq')::regclass) as events,
      pg_sequence_last_value(pg_get_serial_sequence('deliveries', 'seq')::regclass) as deliveries`;
  return { events_written: one(row?.events), deliveries_written: one(row?.deliveries) };
}

/** Partitions count for their table. */
async function tables(sql: Sql): ReturnType<BookFigures['tables']> {
  const rows = await sql<{ table: string; n: number }[]>`
    select coalesce(parent.relname, c.relname) as table, sum(pg_total_relation_size(c.oid))::bigint as n
    from pg_class c left join pg_inherits i on i.inhrelid = c.oid left join pg_class parent on parent.oid = i.inhparent
    where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace group by 1`;
  return { table_bytes: byLabels(rows) };
}

async function connections(sql: Sql): ReturnType<BookFigures['connections']> {
  const rows = await sql<{ program: string; state: string; n: number }[]>`
    select application_name as program, coalesce(state, 'unknown') as state, count(*) as n from pg_stat_activity
    where datname = current_database() and application_name like 'dunlin%' group by 1, 2`;
  const [oldest] = await sql<{ seconds: number | null }[]>`
    select extract(epoch from max(clock_timestamp() - xact_start))::float8 as seconds from pg_stat_activity
    where datname = current_database() and application_name like 'dunlin%' and pid <> pg_backend_pid()`;
  return { postgres_connections: byLabels(rows), postgres_transaction_oldest_seconds: one(oldest?.seconds) };
}
