/** Held entities: recorded by their workflows, listed and released by operators, retried after a time. */
import type { HoldRequest, HoldReason, StepFailure } from '../domain/rows/held';
import { workflowId, type EntityRef, type WorkflowKind } from '../domain/rows/workflow';
import type { Sql } from './connect';
import { heldId } from './ids';
import { beyond, placeIn, sortedBy, valueAt, type Order, type Place } from './orders';

/** One held entity, for the API and the sweep. */
export interface HeldRow extends EntityRef {
  id: string;
  seq: number;
  workflow: string;
  kind: WorkflowKind;
  /** When it first failed since its last progress. Epoch seconds, real time. */
  created: number;
  step: string;
  commitKey: string;
  reason: HoldReason;
  error: Omit<StepFailure, 'reason'>;
  /** The version of Dunlin in which it failed. */
  appVersion: string;
  /** The number of failures since its last progress. */
  times: number;
  /** When it is retried automatically, epoch seconds; null for `stuck`. */
  lookAgainAt: number | null;
  releasedAt: number | null;
}

const HOUR = 3_600;

/** Holds an entity, or counts one more failure. A `stuck` entity is not retried automatically, because each try costs a worker. */
export async function holdEntity(sql: Sql, request: HoldRequest, appVersion: string): Promise<void> {
  const { entity, step, commitKey, failure } = request;
  const { kind, subject, account, livemode, customer, testClock } = entity;
  const { reason, ...error } = failure;
  const workflow = workflowId(kind, subject);
  const now = Math.floor(Date.now() / 1000);
  await sql`
    insert into held as h (id, workflow, kind, subject, account, livemode, customer, test_clock, created, step, commit_key, reason, error,
      app_version, look_again_at)
    values (${heldId(workflow)}, ${workflow}, ${kind}, ${subject}, ${account}, ${livemode}, ${customer}, ${testClock}, ${now}, ${step},
      ${commitKey}, ${reason}, ${sql.json(error)}, ${appVersion}, ${reason === 'stuck' ? null : now + HOUR})
    on conflict (workflow) do update set step = excluded.step, commit_key = excluded.commit_key, reason = excluded.reason, error = excluded.error,
      app_version = excluded.app_version, look_again_at = excluded.look_again_at, times = h.times + 1, released_at = null`;
}

export async function endHold(sql: Sql, workflow: string): Promise<void> {
  await sql`delete from held where workflow = ${workflow}`;
}

/** Releases an entity for one more try. Null if it is not held, or not in this account and mode. */
export async function releaseHeld(sql: Sql, scope: { account: string; livemode: boolean }, id: string): Promise<HeldRow | null> {
  const [row] = await sql<HeldRow[]>`
    update held set released_at = extract(epoch from now())::bigint
    where id = ${id} and account = ${scope.account} and livemode = ${scope.livemode} returning *`;
  return row ?? null;
}

interface HeldPage {
  limit: number;
  /** Id of the last entry of the previous page. */
  after?: string | undefined;
  kind?: WorkflowKind | undefined;
  reason?: HoldReason | undefined;
  customer?: string | undefined;
  order: Order | null;
}

/** One page, newest first, and the total number; null if the cursor does not exist. */
export async function listHeld(
  sql: Sql,
  scope: { account: string; livemode: boolean },
  { limit, after, kind, reason, customer, order }: HeldPage,
): Promise<{ rows: HeldRow[]; hasMore: boolean; total: number } | null> {
  const wanted = sql`
    account = ${scope.account} and livemode = ${scope.livemode}
    ${kind === undefined ? sql`` : sql`and kind = ${kind}`} ${reason === undefined ? sql`` : sql`and reason = ${reason}`}
    ${customer === undefined ? sql`` : sql`and customer = ${customer}`}`;
  const cursor = after === undefined ? null : await findHeld(sql, scope, after);
  if (after !== undefined && cursor === null) return null;
  const place = placeIn(sql, 'held', order);
  const value = cursor === null ? null : await valueOf(sql, place, cursor.id);
  const older = cursor === null ? sql`` : sql`and ${beyond(sql, place, { value, isBackward: false, among: sql`seq < ${cursor.seq}` })}`;
  const rows = await sql<HeldRow[]>`
    select * from held where ${wanted} ${older} order by ${sortedBy(sql, place, false)} seq desc limit ${limit + 1}`;
  const [{ total }] = await sql<[{ total: number }]>`select count(*)::int as total from held where ${wanted}`;
  return { rows: rows.slice(0, limit), hasMore: rows.length > limit, total };
}

async function valueOf(sql: Sql, place: Place | null, id: string): Promise<unknown> {
  const [at] = await sql<{ value: unknown }[]>`select ${valueAt(sql, place)} as value from held where id = ${id}`;
  return at?.value ?? null;
}

export async function findHeld(sql: Sql, scope: { account: string; livemode: boolean }, id: string): Promise<HeldRow | null> {
  const [row] = await sql<HeldRow[]>`select * from held where id = ${id} and account = ${scope.account} and livemode = ${scope.livemode}`;
  return row ?? null;
}

const PORTION = 200;

/**
 * Takes the entities that may be retried: an hour has passed, or they failed in another version. Each comes with its present time: its test
 * clock's, or `now`.
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
