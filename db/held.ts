/** Entities that stand still by a mistake of ours: put there by their workflows, looked at by operators, released by them or in time. */
import type { HoldRequest, HoldReason, StepFailure } from '../domain/rows/held';
import { workflowId, type EntityRef, type WorkflowKind } from '../domain/rows/workflow';
import type { Sql } from './connect';
import { heldId } from './ids';

/** One held entity, as the API and the sweep see it. */
export interface HeldRow extends EntityRef {
  id: string;
  seq: number;
  workflow: string;
  kind: WorkflowKind;
  /** Epoch seconds, real time, of the first failure since it last moved. */
  created: number;
  step: string;
  cause: string;
  reason: HoldReason;
  error: Omit<StepFailure, 'reason'>;
  /** The version of Dunlin in which it failed. */
  appVersion: string;
  /** How often it has failed since it last moved. */
  times: number;
  /** When it is tried again by itself, epoch seconds; null for what was stuck. */
  lookAgainAt: number | null;
  releasedAt: number | null;
}

const HOUR = 3_600;

/** Puts an entity among the held, or counts one failure more. One that was stuck is not tried again by itself: it costs a worker. */
export async function holdEntity(sql: Sql, request: HoldRequest, appVersion: string): Promise<void> {
  const { entity, step, cause, failure } = request;
  const { kind, subject, account, livemode, customer, testClock } = entity;
  const { reason, ...error } = failure;
  const workflow = workflowId(kind, subject);
  const now = Math.floor(Date.now() / 1000);
  await sql`
    insert into held as h (id, workflow, kind, subject, account, livemode, customer, test_clock, created, step, cause, reason, error,
      app_version, look_again_at)
    values (${heldId(workflow)}, ${workflow}, ${kind}, ${subject}, ${account}, ${livemode}, ${customer}, ${testClock}, ${now}, ${step},
      ${cause}, ${reason}, ${sql.json(error)}, ${appVersion}, ${reason === 'stuck' ? null : now + HOUR})
    on conflict (workflow) do update set step = excluded.step, cause = excluded.cause, reason = excluded.reason, error = excluded.error,
      app_version = excluded.app_version, look_again_at = excluded.look_again_at, times = h.times + 1, released_at = null`;
}

export async function endHold(sql: Sql, workflow: string): Promise<void> {
  await sql`delete from held where workflow = ${workflow}`;
}

/** Lets it be tried once more. Null where it is not held, or not in this account and mode. */
export async function releaseHeld(sql: Sql, scope: { account: string; livemode: boolean }, id: string): Promise<HeldRow | null> {
  const [row] = await sql<HeldRow[]>`
    update held set released_at = extract(epoch from now())::bigint
    where id = ${id} and account = ${scope.account} and livemode = ${scope.livemode} returning *`;
  return row ?? null;
}

interface HeldPage {
  limit: number;
  /** Id of the last one of the page before. */
  after?: string | undefined;
  kind?: WorkflowKind | undefined;
  reason?: HoldReason | undefined;
  customer?: string | undefined;
}

/** One page, newest first, and how many there are in all; null where the cursor names nothing. */
export async function listHeld(
  sql: Sql,
  scope: { account: string; livemode: boolean },
  { limit, after, kind, reason, customer }: HeldPage,
): Promise<{ rows: HeldRow[]; hasMore: boolean; total: number } | null> {
  const wanted = sql`
    account = ${scope.account} and livemode = ${scope.livemode}
    ${kind === undefined ? sql`` : sql`and kind = ${kind}`} ${reason === undefined ? sql`` : sql`and reason = ${reason}`}
    ${customer === undefined ? sql`` : sql`and customer = ${customer}`}`;
  const cursor = after === undefined ? null : await findHeld(sql, scope, after);
  if (after !== undefined && cursor === null) return null;
  const older = cursor ? sql`and seq < ${cursor.seq}` : sql``;
  const rows = await sql<HeldRow[]>`select * from held where ${wanted} ${older} order by seq desc limit ${limit + 1}`;
  const [{ total }] = await sql<[{ total: number }]>`select count(*)::int as total from held where ${wanted}`;
  return { rows: rows.slice(0, limit), hasMore: rows.length > limit, total };
}

export async function findHeld(sql: Sql, scope: { account: string; livemode: boolean }, id: string): Promise<HeldRow | null> {
  const [row] = await sql<HeldRow[]>`select * from held where id = ${id} and account = ${scope.account} and livemode = ${scope.livemode}`;
  return row ?? null;
}

const PORTION = 200;

/**
 * Takes those that may be tried again: an hour has passed, or they failed in another version than this one. With each comes what time
 * it is for it: that of its test clock, or `now`.
 */
export async function takeHeldToLookAgain(sql: Sql, appVersion: string, now: number): Promise<{ entity: EntityRef; now: number }[]> {
  const rows = await sql<(EntityRef & { frozenTime: number | null })[]>`
    update held h set released_at = extract(epoch from now())::bigint, look_again_at = extract(epoch from now())::bigint + ${HOUR},
      app_version = ${appVersion}
    from (
      select id from held where look_again_at <= extract(epoch from now()) or app_version <> ${appVersion}
      order by created limit ${PORTION} for update skip locked) due
    where h.id = due.id
    returning h.kind, h.subject, h.account, h.livemode, h.customer, h.test_clock,
      (select frozen_time from test_clocks t where t.id = h.test_clock) as frozen_time`;
  return rows.map(({ frozenTime, ...entity }) => ({ entity, now: frozenTime ?? now }));
}
