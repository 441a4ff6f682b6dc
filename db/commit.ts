/**
 * One step of one workflow (or one API write that no workflow owns), as one Postgres transaction: lock the customer, look the
 * cause up, load the facts, plan, write. A cause that was committed before changes nothing; a refusal has written nothing.
 */
import { BillingError, refusalOf, type Refusal } from '../domain/core/errors';
import { HeldError, type Hold } from '../domain/rows/held';
import { ChangeSet, type ChangeContext } from '../domain/core/change-set';
import type { RowKind, Rows } from '../domain/rows/rows';
import type { WorkflowRow } from '../domain/rows/workflow';
import { lockAccount } from './accounts';
import type { Sql, TransactionSql } from './connect';
import { idSource, secretSource } from './ids';
import { writePlan } from './write';

export interface CommitInput {
  /** The instance's secret: ids and client secrets are made with it. */
  secret: string;
  render: (kind: RowKind, key: string, rows: Rows) => Record<string, unknown>;
  scope: { account: string; livemode: boolean };
  /** The workflow id, or `api` for what no workflow owns. */
  workflow: string;
  /** Unique per workflow: an agenda item with its instant, an attempt's answer, a request's id. */
  cause: string;
  step: string;
  /** The cause of the change that this step ends, where it is another one. */
  answers?: string | null;
  /** Epoch seconds; on a test clock its frozen time. */
  now: number;
  /** Whose row is locked; null for what belongs to no customer, which is locked by `workflow`. */
  customer: string | null;
  request: ChangeContext['request'];
  load: (sql: TransactionSql) => Promise<Rows>;
  /** Runs when the lock is held; `version` counts the workflow's commits so far. */
  plan: (changes: ChangeSet, version: number) => void;
  /** The workflow's own row after this step, derived from the rows. */
  workflowRow?: (rows: Rows) => WorkflowRow | null;
  /** Aborted when nobody waits for the commit any more: what is not written by then is not written. */
  signal?: AbortSignal;
}

export interface Committed {
  rows: Rows;
  /** How many commits the workflow has behind it, this one included. */
  version: number;
  /** Workflows to wake and endpoints to deliver to, now that the transaction has committed. */
  wakes: ChangeSet['wakes'];
  endpoints: string[];
  /** Set when the step was written, now or before, and its answer is a refusal all the same (a declined `error_if_incomplete`). */
  refusal: Refusal | null;
  /** False when the cause had been committed before. */
  fresh: boolean;
}

/**
 * @throws BillingError where the plan refuses, HeldError where the workflow is held because its planning did not come back; nothing
 *   is written then
 */
export async function commit(sql: Sql, input: CommitInput): Promise<Committed> {
  return sql.begin<Committed>(async (tx) => {
    input.signal?.throwIfAborted();
    // Sent one after another down one connection: the facts' snapshot is taken when the lock is held.
    const [, seen, base] = await Promise.all([lock(tx, input), findState(tx, input), input.load(tx)]);
    if (seen.committed) return repeated(base, seen);
    if (seen.hold?.reason === 'stuck' && seen.hold.releasedAt === null) throw new HeldError(seen.hold);
    return planAndWrite(tx, input, { base, version: seen.version, endsHold: seen.hold !== null });
  });
}

async function planAndWrite(
  tx: TransactionSql,
  input: CommitInput,
  { base, version: before, endsHold }: { base: Rows; version: number; endsHold: boolean },
): Promise<Committed> {
  const version = before + 1;
  const changes = await planned(tx, input, base, before);
  const row = input.workflowRow?.(changes.rows) ?? null;
  input.signal?.throwIfAborted();
  const { endpoints } = await writePlan(tx, changes, {
    step: input.step,
    answers: input.answers ?? null,
    standing: row && { ...row, version },
    endsHold,
  });
  return { rows: changes.rows, version, wakes: changes.wakes, endpoints, refusal: changes.refusal, fresh: true };
}

/** A plan that changes the account takes something that all its customers share: it is made anew on the account's row, locked. */
async function planned(tx: TransactionSql, input: CommitInput, base: Rows, version: number): Promise<ChangeSet> {
  const plan = (): ChangeSet => {
    const changes = new ChangeSet(base, contextOf(input));
    input.plan(changes, version);
    return changes;
  };
  const changes = plan();
  if (!changes.changed.has('account')) return changes;
  base.put('account', await lockAccount(tx, input.scope.account));
  return plan();
}

function repeated(rows: Rows, { version, refusal }: WorkflowState): Committed {
  return { rows, version, wakes: [], endpoints: [], refusal, fresh: false };
}

/** The plan of a step without its commit, for previews: the same facts and rules, nothing locked, nothing written. */
export async function preview(sql: Sql, input: CommitInput): Promise<ChangeSet> {
  const base = await sql.begin('read only', (tx) => input.load(tx));
  const changes = new ChangeSet(base, { ...contextOf(input), preview: true });
  input.plan(changes, 0);
  return changes;
}

/** A step's outcome as a result: refusals do not cross Temporal as failures. */
export async function commitOrRefuse(sql: Sql, input: CommitInput): Promise<Committed | Refusal> {
  try {
    return await commit(sql, input);
  } catch (error) {
    if (error instanceof BillingError) return refusalOf(error);
    throw error;
  }
}

function contextOf(input: CommitInput): ChangeContext {
  const { scope, workflow, cause, now, request, render } = input;
  return {
    ...scope,
    workflow,
    cause,
    now,
    request,
    render,
    newId: idSource(input.secret, workflow, cause),
    secretFor: secretSource(input.secret),
  };
}

/** Sent at once: a query that waits to be awaited would follow those that are awaited first. */
function lock(tx: TransactionSql, { customer, workflow }: CommitInput): PromiseLike<unknown> {
  return customer === null
    ? tx`select pg_advisory_xact_lock(hashtextextended(${workflow}, 0))`.execute()
    : tx`select 1 from customers where id = ${customer} for update`.execute();
}

/** What the tables of the machinery say of a workflow, and of this cause. */
interface WorkflowState {
  version: number;
  committed: boolean;
  refusal: Refusal | null;
  hold: Hold | null;
}

async function findState(tx: TransactionSql, { workflow, cause }: CommitInput): Promise<WorkflowState> {
  const [row] = await tx<[WorkflowState]>`
    select coalesce(w.version, 0) as version, c.cause is not null as committed, c.refusal,
      case when h.workflow is not null then jsonb_build_object('workflow', h.workflow, 'step', h.step, 'reason', h.reason, 'error', h.error,
        'created', h.created, 'releasedAt', h.released_at) end as hold
    from (values (1)) one
    left join workflows w on w.id = ${workflow}
    left join commits c on c.workflow = ${workflow} and c.cause = ${cause}
    left join held h on h.workflow = ${workflow}`;
  return row;
}
