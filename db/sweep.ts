/** Overdue entities, read by index: with them the sweep repairs the effects of a crash or a lost message. */
import type { Scope } from '../domain/core/steps';
import type { EntityRef } from '../domain/rows/workflow';
import { sendersWithDueMails } from './mails';
import { repairsAtWork } from './repairs';
import { sellersWithDueRecords, type TaxSeller } from './tax-records';
import type { Sql, TransactionSql } from './connect';

/** A test clock, as code that messages its workflow identifies it. */
export interface ClockRef {
  clock: string;
  account: string;
  livemode: boolean;
}

/** Everything that one sweep wakes. */
export interface Overdue {
  /** Entities, each with its present time (its test clock's, if it has one). */
  entities: { entity: EntityRef; now: number }[];
  endpoints: string[];
  clocks: ClockRef[];
  /** Sellers with documents that a tax provider is to record. */
  taxSellers: TaxSeller[];
  /** Sellers with mails that are to be sent. */
  mailSenders: Scope[];
  /** Repairs with invoices that are not done. */
  repairs: (Scope & { repair: string })[];
}

/** An arbitrary number, the same in every process. */
const SWEEP_LOCK = 7_341_001;
const PORTION = 500;

/**
 * Takes the entities that have been overdue for a minute, in one short transaction; null while another process does. A taken entity counts
 * as moved, so it is woken at most once a minute.
 */
export async function takeOverdue(sql: Sql, now: number): Promise<Overdue | null> {
  return sql.begin(async (tx) => {
    const [lock] = await tx<{ ours: boolean }[]>`select pg_try_advisory_xact_lock(${SWEEP_LOCK}) as ours`;
    if (!lock?.ours) return null;
    const realTime = await takeInRealTime(tx, now);
    const onClocks = await takeOnReadyClocks(tx);
    const endpoints = await overdueEndpoints(tx);
    const clocks = await stuckClocks(tx);
    const taxSellers = await sellersWithDueRecords(tx, now);
    const mailSenders = await sendersWithDueMails(tx, now);
    const repairs = await repairsAtWork(tx);
    return { entities: [...realTime, ...onClocks], endpoints, clocks, taxSellers, mailSenders, repairs };
  });
}

/** An entity that stays overdue (a processor is away) is woken less and less often, so that its history does not grow. */
async function takeInRealTime(tx: TransactionSql, now: number): Promise<Overdue['entities']> {
  const entities = await tx<EntityRef[]>`
    update workflows w set moved_at = now() from (
      select id from workflows
      where ended_at is null and test_clock is null and next_due <= ${now - 60}
        and not exists (select 1 from held h where h.workflow = workflows.id)
        and moved_at < now() - greatest(60, (${now} - next_due) / 10) * interval '1 second'
      order by next_due limit ${PORTION} for update skip locked) due
    where w.id = due.id
    returning w.kind, w.subject, w.account, w.livemode, w.customer, w.test_clock`;
  return entities.map((entity) => ({ entity, now }));
}

async function takeOnReadyClocks(tx: TransactionSql): Promise<Overdue['entities']> {
  const rows = await tx<(EntityRef & { now: number })[]>`
    update workflows w set moved_at = now() from (
      select w.id, t.frozen_time from workflows w join test_clocks t on t.id = w.test_clock
      where w.ended_at is null and w.next_due <= t.frozen_time and w.moved_at < now() - interval '1 minute'
        and t.status = 'ready' and not t.deleted and not exists (select 1 from held h where h.workflow = w.id)
      order by w.next_due limit ${PORTION} for update of w skip locked) due
    where w.id = due.id
    returning w.kind, w.subject, w.account, w.livemode, w.customer, w.test_clock, due.frozen_time as now`;
  return rows.map(({ now, ...entity }) => ({ entity, now }));
}

async function overdueEndpoints(tx: TransactionSql): Promise<string[]> {
  const rows = await tx<{ id: string }[]>`
    select id from webhook_endpoints e where exists (
      select 1 from deliveries d
      where d.endpoint = e.id and d.status = 'pending' and d.next_attempt_at < now() - interval '1 minute')`;
  return rows.map(({ id }) => id);
}

/** Advancing clocks, clocks that are too old, and deleted ones with running workflows: their own workflow may be lost. */
async function stuckClocks(tx: TransactionSql): Promise<ClockRef[]> {
  return tx<ClockRef[]>`
    select id as clock, account, livemode from test_clocks
    where status = 'advancing' and not deleted and coalesce((status_details ->> 'progress_at')::float8, 0) < extract(epoch from now()) - 60
    union
    select id as clock, account, livemode from test_clocks
    where status <> 'advancing' and not deleted and deletes_after < extract(epoch from now())
    union
    select t.id as clock, t.account, t.livemode from workflows w join test_clocks t on t.id = w.test_clock
    where w.ended_at is null and w.test_clock is not null and t.deleted`;
}
