/** Test clocks, and the workflows on them, as rows for the scheduler. */
import { Rows } from '../domain/rows/rows';
import { CALL_ACTIVITIES } from '../domain/core/entity-state';
import type { TestClock } from '../domain/rows/test-clock';
import type { ClockMember } from '../domain/test-clock/rules';
import type { EntityRef } from '../domain/rows/workflow';
import type { Sql, TransactionSql } from './connect';
import { fromJson } from './json-rows';
import type { BillingInterval } from '../domain/money/billing-period';

type JsonRow = { row: Record<string, unknown> };

/** A clock's state, and the earliest time that any of its workflows waits for, without held ones. */
export interface ClockState extends Pick<TestClock, 'status' | 'deleted' | 'frozenTime' | 'targetTime' | 'account' | 'livemode'> {
  earliest: number | null;
  /** Ids of held workflows: the clock advances without them. */
  held: string[];
  /** The clock is older than clocks are kept. */
  expired: boolean;
}

export async function clockState(sql: Sql, clock: string): Promise<ClockState | null> {
  const [row] = await sql<ClockState[]>`
    select status, deleted, frozen_time, target_time, account, livemode, held.held,
      (select next_due from workflows w where w.test_clock = c.id and w.ended_at is null and w.next_due is not null
        and w.id <> all(held.held) order by next_due limit 1) as earliest,
      deletes_after < extract(epoch from now()) as expired
    from test_clocks c, lateral (${heldOn(sql, clock)}) held where id = ${clock}`;
  return row ?? null;
}

const heldOn = (sql: Sql, clock: string) =>
  sql`select coalesce(array_agg(h.workflow order by h.seq), '{}') as held from held h where h.test_clock = ${clock}`;

/** `movedAt` distinguishes one version of the row from the next. */
export type DueMember = EntityRef & ClockMember & { nextStep: string | null; movedAt: string };

export async function dueMembers(sql: Sql, clock: string, at: number): Promise<DueMember[]> {
  return sql<DueMember[]>`
    select id, kind, subject, account, livemode, customer, test_clock, next_step,
      (extract(epoch from moved_at) * 1000000)::bigint::text as moved_at
    from workflows where test_clock = ${clock} and ended_at is null and next_due <= ${at}
      and id <> all((${heldOn(sql, clock)})::text[]) order by id`;
}

/** Moves the frozen time to `to`. False if the clock no longer advances that far. */
export async function moveClock(sql: Sql, clock: string, to: number): Promise<boolean> {
  const moved = await sql`
    update test_clocks set frozen_time = greatest(frozen_time, ${to}),
      status_details = status_details || jsonb_build_object('progress_at', extract(epoch from clock_timestamp()))
    where id = ${clock} and status = 'advancing' and target_time >= ${to} and not deleted`;
  return moved.count > 0;
}

/** Whether this advance still applies: it was not canceled, and its clock was not deleted. */
export async function isAdvancing(sql: Sql, clock: string, target: number): Promise<boolean> {
  const found = await sql`
    select 1 from test_clocks where id = ${clock} and status = 'advancing' and target_time = ${target} and not deleted`;
  return found.length > 0;
}

/** Records for people the workflows that an advance waits for, and those that it continues without. */
export async function noteProgress(sql: Sql, clock: string, of: { waitingFor: string[]; held: string[] }): Promise<void> {
  const details = { waiting_for: of.waitingFor, held: of.held };
  await sql`
    update test_clocks set status_details = status_details || ${JSON.stringify(details)}::text::jsonb
    where id = ${clock} and status = 'advancing'`;
}

/**
 * Counts this check, and returns how many checks in a row found no progress in time or in any workflow on the clock, and no wait for a
 * processor. Kept in the row, so that time without a worker does not count.
 */
export async function countStandstill(sql: Sql, clock: string): Promise<number> {
  const [row] = await sql<{ looks: number }[]>`
    with members as (
      select moved_at, next_due, next_step from workflows
      where test_clock = ${clock} and ended_at is null and id <> all((${heldOn(sql, clock)})::text[])),
    moved as (select extract(epoch from max(moved_at)) as at from members)
    update test_clocks c set status_details = c.status_details || jsonb_build_object(
      'looked_at', extract(epoch from clock_timestamp()),
      'standstill', case
        when greatest((c.status_details ->> 'progress_at')::float8, (select at from moved))
          > coalesce((c.status_details ->> 'looked_at')::float8, 0)
          or exists (select 1 from members m where m.next_due <= c.frozen_time and m.next_step in ${sql([...CALL_ACTIVITIES])}) then 0
        else coalesce((c.status_details ->> 'standstill')::integer, 0) + 1 end)
    where id = ${clock} and status = 'advancing' returning (status_details ->> 'standstill')::integer as looks`;
  return row?.looks ?? 0;
}

/** The clock's row, locked, so that its changes run one after another. Rows that only reference the clock can be written meanwhile. */
export async function loadClock(tx: TransactionSql, clock: string): Promise<Rows> {
  const found = await tx<JsonRow[]>`select to_jsonb(c) as row from test_clocks c where id = ${clock} for no key update`;
  return new Rows({ testClock: found.map(({ row }) => fromJson(row) as unknown as TestClock) });
}

/** The billing intervals of everything on the clock that has not ended, or that a schedule will start; and the phases that are repeated. */
export async function intervalsOnClock(tx: TransactionSql, clock: string): Promise<BillingInterval[]> {
  const rows = await tx<{ recurring: BillingInterval }[]>`
    with on_clock as (select id from customers where test_clock = ${clock} and not deleted),
    priced as (
      select i.price from subscription_items i where not i.deleted and i.subscription in (
        select id from subscriptions where customer in (select id from on_clock) and status not in ('canceled', 'incomplete_expired'))
      union
      select i.value ->> 'price' from subscription_schedules s, jsonb_array_elements(s.phases) p, jsonb_array_elements(p.value -> 'items') i
      where s.customer in (select id from on_clock) and s.status in ('not_started', 'active')
    )
    select jsonb_build_object('interval', recurring -> 'interval', 'interval_count', recurring -> 'interval_count') as recurring
    from prices where id in (select price from priced) and recurring is not null
    union
    select jsonb_build_object('interval', pending_item_billing -> 'interval', 'interval_count', pending_item_billing -> 'interval_count')
    from subscriptions where customer in (select id from on_clock) and status not in ('canceled', 'incomplete_expired') and pending_item_billing is not null
    union
    select jsonb_build_object('interval', 'day', 'interval_count', greatest(1, seconds / 86400)) as recurring
    from (select (phases -> -1 ->> 'end_date')::bigint - (phases -> -1 ->> 'start_date')::bigint as seconds from subscription_schedules
      where customer in (select id from on_clock) and status in ('not_started', 'active') and end_behavior = 'renew') last_phases`;
  return rows.map(({ recurring }) => recurring);
}

/** The clock with everything that is deleted together with it. Customers are locked in one order; no other transaction locks two. */
export async function loadClockAndMembers(tx: TransactionSql, clock: string): Promise<Rows> {
  const rows = await loadClock(tx, clock);
  const customers = await tx<JsonRow[]>`
    select to_jsonb(c) as row from customers c where test_clock = ${clock} and not deleted order by id for update`;
  const subscriptions = await tx<JsonRow[]>`
    select to_jsonb(s) as row from subscriptions s where customer in (select id from customers where test_clock = ${clock})
      and status not in ('canceled', 'incomplete_expired')`;
  for (const { row } of customers) rows.put('customer', fromJson(row) as never);
  for (const { row } of subscriptions) rows.put('subscription', fromJson(row) as never);
  return rows;
}

/** Ids of all running workflows on a clock. */
export async function runningOnClock(sql: Sql, clock: string): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`select id from workflows where test_clock = ${clock} and ended_at is null order by id`;
  return rows.map(({ id }) => id);
}

export async function markEnded(sql: Sql, workflow: string): Promise<void> {
  await sql`delete from held where workflow = ${workflow}`;
  await sql`
    update workflows set status = 'deleted', next_due = null, next_step = null, agenda = '[]', moved_at = now(),
      ended_at = coalesce((select frozen_time from test_clocks t where t.id = workflows.test_clock), started_at)
    where id = ${workflow} and ended_at is null`;
}
