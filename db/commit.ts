/**
 * One step of one workflow (or one API write that no workflow owns), as one Postgres transaction: lock the customer, look the
 * cause up, load the facts, plan, write. A cause that was committed before changes nothing; a refusal has written nothing.
 */
import { BillingError, refusalOf, type Refusal } from '../domain/errors';
import { Plan, type PlanContext } from '../domain/plan';
import type { RowKind, Rows } from '../domain/rows';
import type { WorkflowRow } from '../domain/workflow';
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
  request: PlanContext['request'];
  load: (sql: TransactionSql) => Promise<Rows>;
  plan: (plan: Plan) => void;
  /** The workflow's own row after this step, derived from the rows. */
  standing?: (rows: Rows) => WorkflowRow | null;
}

export interface Committed {
  rows: Rows;
  standing: WorkflowRow | null;
  /** Workflows to wake and endpoints to deliver to, now that the transaction has committed. */
  wakes: Plan['wakes'];
  endpoints: string[];
  /** Set when the step was written, now or before, and its answer is a refusal all the same (a declined `error_if_incomplete`). */
  refusal: Refusal | null;
  /** False when the cause had been committed before. */
  fresh: boolean;
}

/** Throws BillingError where the plan refuses; nothing is written then. */
export async function commit(sql: Sql, input: CommitInput): Promise<Committed> {
  return sql.begin<Committed>(async (tx) => {
    // Sent one after another down one connection: the facts' snapshot is taken when the lock is held.
    const [, seen, base] = await Promise.all([lock(tx, input), findCommitted(tx, input), input.load(tx)]);
    const standingOf = input.standing ?? (() => null);
    if (seen) return { rows: base, standing: standingOf(base), wakes: [], endpoints: [], refusal: seen.refusal, fresh: false };
    const plan = new Plan(base, contextOf(input));
    input.plan(plan);
    const standing = standingOf(plan.rows);
    const { endpoints } = await writePlan(tx, plan, { step: input.step, answers: input.answers ?? null, standing });
    return { rows: plan.rows, standing, wakes: plan.wakes, endpoints, refusal: plan.refusal, fresh: true };
  });
}

/** The plan of a step without its commit, for previews: the same facts and rules, nothing locked, nothing written. */
export async function preview(sql: Sql, input: CommitInput): Promise<Plan> {
  const base = await sql.begin('read only', (tx) => input.load(tx));
  const plan = new Plan(base, { ...contextOf(input), preview: true });
  input.plan(plan);
  return plan;
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

function contextOf(input: CommitInput): PlanContext {
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

async function findCommitted(tx: TransactionSql, { workflow, cause }: CommitInput): Promise<{ refusal: Refusal | null } | undefined> {
  const [row] = await tx<{ refusal: Refusal | null }[]>`select refusal from commits where workflow = ${workflow} and cause = ${cause}`;
  return row;
}
