/**
 * One step of one workflow (or one API write without a workflow), as one Postgres transaction: lock the customer, look up the commit key, load
 * the facts, plan, write. A commit key that was committed before changes nothing; a refusal has written nothing, and neither has a plan that
 * needs tax.
 */
import { type BillingError, refusalOf, type Refusal } from '../domain/core/errors';
import { HeldError, type Hold } from '../domain/rows/held';
import { deriveState } from '../domain/agenda/registry';
import { ChangeSet, type ChangeContext, type Keeps } from '../domain/core/change-set';
import { workflowRow, type EntityState } from '../domain/core/entity-state';
import type { Scope } from '../domain/core/steps';
import { wordsOf } from '../domain/steps/words';
import type { RowKind, Rows } from '../domain/rows/rows';
import type { SaleAnswer, SaleQuestion, TaxAnswer, TaxQuestion } from '../domain/rows/tax-calculation';
import type { TaxIdRegistryName } from '../domain/rows/tax-id';
import type { EntityRef, WorkflowRow } from '../domain/rows/workflow';
import { beyondLimits } from './agent-amounts';
import type { Sql, TransactionSql } from './connect';
import { keysOf, type CustomerKeys, type Locked } from './customer-keys';
import { forgetElsewhere } from './erasures';
import { idSource, secretSource } from './ids';
import { licenseSigner } from './license-keys';
import { planned } from './planning';
import { shapesOf, type StatementShapes } from './statement-shapes';
import { awaitedLater, beginSendingLast } from './transactions';
import { writePlan } from './write';

/** The parts of a commit that are known before anything is read. */
export interface CommitInput {
  /** The installation's secret, for ids and client secrets. */
  secret: string;
  render: (kind: RowKind, key: string, rows: Rows) => Record<string, unknown>;
  scope: Scope;
  /** The workflow id, or `api/…` for a write without a workflow. */
  workflow: string;
  /** Unique per workflow: an agenda item with its instant, an attempt's answer, a request's id. */
  commitKey: string;
  step: string;
  /** The commit key of the change that this step answers, if it differs from the step's own. */
  answers?: string | null;
  /** Epoch seconds; on a test clock its frozen time. */
  now: number;
  /** The customer whose row is locked; null for objects without a customer, which lock `workflow` instead. */
  customer: string | null;
  /** The answers to what an earlier try of this commit asked. */
  taxes?: TaxAnswer[];
  /** Asks remote tax providers about what is not final, outside of the transaction. Absent: the built-in engine estimates it. */
  askTaxProvider?: AskTaxProvider | undefined;
  /** The registries of tax ids that this installation can ask. Absent: none. */
  registries?: readonly TaxIdRegistryName[];
  /** What objects keep that are taken from another billing system. */
  keeps?: Keeps;
  /** Aborted when no caller waits for the commit any more: it then writes nothing. */
  signal?: AbortSignal;
}

export type AskTaxProvider = (questions: readonly SaleQuestion[]) => Promise<SaleAnswer[]>;

/** The facts of a commit, and its planner. */
export interface Decision {
  facts: Rows;
  /** The API request that requested it; null for a step that no request caused. */
  request: ChangeContext['request'];
  /**
   * @param version the number of the workflow's earlier commits
   * @throws BillingError to refuse: nothing is written then
   */
  plan: (changes: ChangeSet, version: number) => void;
}

/**
 * Loads the decision's facts. Its statements follow the lock on the same connection, so that they see the commits that the lock waited for.
 */
export type Decide = (tx: TransactionSql) => Promise<Decision>;

export interface Committed<State = null> {
  rows: Rows;
  /** The entity's state by these rows; null for a write without a workflow. */
  state: State;
  /** The number of the workflow's commits, including this one. */
  version: number;
  /** Workflows to wake and endpoints to deliver to, now that the transaction has committed. */
  wakes: ChangeSet['wakes'];
  endpoints: string[];
  /** It wrote mails that are to be sent. */
  hasMails: boolean;
  /** The request is refused: nothing was written, or only the refusal itself (a declined `error_if_incomplete`). */
  refusal: Refusal | null;
  /** What was done, in words; null if nothing was done that readers of the history follow. */
  outcome: string | null;
  /** False if the commit key had been committed before, or nothing was written. */
  fresh: boolean;
}

/** Nothing was written: the plan finalizes invoices whose tax must be calculated first. Commit again with the answers. */
export interface TaxNeeded {
  needsTax: TaxQuestion[];
}

/** Nothing was written: a remote tax provider must be asked first. Plan again with the answers. */
interface SalesAsked {
  asksProvider: readonly SaleQuestion[];
}

const isSalesAsked = (result: object): result is SalesAsked => 'asksProvider' in result;

/** Plans again with the provider's answers, until a plan has nothing to ask. */
async function untilAnswered<T extends object>(input: CommitInput, attempt: (input: Answered) => Promise<T | SalesAsked>): Promise<T> {
  const { askTaxProvider: ask } = input;
  let answered: Answered = ask ? { ...input, sales: [] } : input;
  for (;;) {
    const result = await attempt(answered);
    if (!isSalesAsked(result)) return result;
    if (!ask) throw new Error(`${input.step} asks a tax provider that it cannot reach`);
    answered = { ...answered, sales: [...(answered.sales ?? []), ...(await ask(result.asksProvider))] };
  }
}

/** A commit with what a tax provider has said so far. */
type Answered = CommitInput & { sales?: SaleAnswer[] };

export const isTaxNeeded = (result: object): result is TaxNeeded => 'needsTax' in result;

/** Derives the workflow's own row. */
interface OwnRow<State> {
  stateOf: (rows: Rows) => State;
  rowOf: (state: State) => WorkflowRow | null;
}

const NO_WORKFLOW: OwnRow<null> = { stateOf: () => null, rowOf: () => null };

/**
 * Commits a write without a workflow. Such a write finalizes no invoice: nobody could calculate its tax.
 *
 * @throws BillingError if the plan refuses; nothing is written then
 */
export async function commit(sql: Sql, input: CommitInput, decide: Decide): Promise<Committed> {
  const ran = await untilAnswered(input, (answered) => run(sql, answered, decide, NO_WORKFLOW));
  if (isTaxNeeded(ran)) throw new Error(`${input.step} finalizes an invoice, and has no workflow that calculates its tax`);
  if (ran.refused) throw ran.refused;
  return ran.committed;
}

/**
 * Commits a step of a workflow. The workflow's own row is derived from the rows and written with them. If the plan refuses, the refusal is
 * returned and nothing is written. If it needs tax, that is returned and nothing is written.
 *
 * @throws HeldError if the workflow is held as `stuck`; nothing is written then
 */
export async function commitStep(
  sql: Sql,
  { entity, ...input }: CommitInput & { entity: EntityRef },
  decide: Decide,
): Promise<Committed<EntityState> | TaxNeeded> {
  const ran = await untilAnswered(input, (answered) =>
    run(sql, answered, decide, {
      stateOf: (rows) => deriveState(entity, rows, input.now),
      rowOf: (state) => workflowRow(entity, state, input.now),
    }),
  );
  if (isTaxNeeded(ran)) return ran;
  return ran.refused ? { ...ran.committed, refusal: refusalOf(ran.refused) } : ran.committed;
}

interface Run<State> {
  committed: Committed<State>;
  refused: BillingError | null;
}

async function run<State>(sql: Sql, input: Answered, decide: Decide, own: OwnRow<State>): Promise<Run<State> | TaxNeeded | SalesAsked> {
  return beginSendingLast<Run<State> | TaxNeeded | SalesAsked>(sql, async (tx) => {
    input.signal?.throwIfAborted();
    // Sent one after another on one connection: the facts' snapshot is taken after the lock.
    const [locked, seen, { facts, request, plan }] = await Promise.all([lock(tx, input), findState(tx, input), decide(tx)]);
    if (seen.committed) return nothingSent({ committed: unchanged(facts, seen, own), refused: null });
    if (seen.hold?.reason === 'stuck' && seen.hold.releasedAt === null) throw new HeldError(seen.hold);
    const { changes, refused: refusedByPlan } = await planned(tx, {
      facts,
      context: contextOf(input, request),
      plan: (to) => plan(to, seen.version),
    });
    if (changes.taxQuestions.length > 0) return nothingSent({ needsTax: changes.taxQuestions });
    const refused = refusedByPlan ?? (await beyondLimits(tx, changes));
    if (refused) return nothingSent({ committed: unchanged(facts, seen, own), refused });
    if (changes.saleQuestions.length > 0) return nothingSent({ asksProvider: changes.saleQuestions });
    changes.outcome = wordsOf(changes);
    const keys = await keysFor(tx, input, changes, locked);
    const committing = write(tx, input, changes, { seen, own, keys, shapes: shapesOf(sql, input.workflow) });
    return async () => ({ committed: await committing(), refused: null });
  });
}

/** The keys with which its events are sealed. What no commit writes of those whom it erases is emptied before. */
async function keysFor(
  tx: TransactionSql,
  { customer, secret }: CommitInput,
  changes: ChangeSet,
  [locked]: Locked[],
): Promise<CustomerKeys> {
  await forgetElsewhere(tx, changes, secret);
  return keysOf(tx, changes, customer === null ? null : (locked ?? null));
}

const nothingSent =
  <T>(result: T) =>
  (): Promise<T> =>
    Promise.resolve(result);

function unchanged<State>(rows: Rows, { version, refusal }: WorkflowState, { stateOf }: OwnRow<State>): Committed<State> {
  return { rows, state: stateOf(rows), version, wakes: [], endpoints: [], hasMails: false, refusal, outcome: null, fresh: false };
}

/** Sends the change set, and returns what awaits it. */
function write<State>(
  tx: TransactionSql,
  input: CommitInput,
  changes: ChangeSet,
  { seen, own, keys, shapes }: { seen: WorkflowState; own: OwnRow<State>; keys: CustomerKeys; shapes: StatementShapes },
): () => Promise<Committed<State>> {
  const version = seen.version + 1;
  const state = own.stateOf(changes.rows);
  const row = own.rowOf(state);
  input.signal?.throwIfAborted();
  const written = awaitedLater(
    writePlan(tx, changes, {
      step: input.step,
      answers: input.answers ?? null,
      workflow: row && { ...row, version },
      endsHold: seen.hold !== null,
      keys,
      shapes,
    }),
  );
  const { rows, wakes, refusal, outcome } = changes;
  const hasMails = rows.all('mail').some((mail) => mail.status === 'pending');
  return async () => ({ rows, state, version, wakes, endpoints: (await written).endpoints, hasMails, refusal, outcome, fresh: true });
}

/** Plans a step without its commit, for previews: the same facts and rules, without locks or writes. */
export async function preview(sql: Sql, input: CommitInput, decide: Decide): Promise<ChangeSet> {
  return untilAnswered<ChangeSet>(input, async (answered) => {
    const { facts, request, plan } = await sql.begin('isolation level repeatable read read only', decide);
    const changes = new ChangeSet(facts, { ...contextOf(answered, request), preview: true });
    plan(changes, 0);
    return changes.saleQuestions.length > 0 ? { asksProvider: changes.saleQuestions } : changes;
  });
}

function contextOf(
  { scope, workflow, commitKey, now, secret, render, sales, keeps, taxes = [], registries = [] }: Answered,
  request: ChangeContext['request'],
): ChangeContext {
  return {
    taxes,
    ...(sales ? { sales } : {}),
    ...(keeps ? { keeps } : {}),
    registries,
    ...scope,
    workflow,
    commitKey,
    now,
    request,
    render,
    newId: idSource(secret, workflow, commitKey),
    secretFor: secretSource(secret),
    sign: licenseSigner(secret),
  };
}

/** Sent at once: a query that waits for its await would follow those that are awaited first. */
function lock(tx: TransactionSql, { customer, workflow }: CommitInput): PromiseLike<Locked[]> {
  return customer === null
    ? tx<Locked[]>`select pg_advisory_xact_lock(hashtextextended(${workflow}, 0)) `.execute()
    : tx<Locked[]>`
      select c.id as customer, c.deleted, k.key from customers c left join customer_keys k on k.customer = c.id
      where c.id = ${customer} for update of c`.execute();
}

/** The infrastructure's record of a workflow, and of this commit key. */
interface WorkflowState {
  version: number;
  committed: boolean;
  refusal: Refusal | null;
  hold: Hold | null;
}

async function findState(tx: TransactionSql, { workflow, commitKey }: CommitInput): Promise<WorkflowState> {
  const [row] = await tx<[WorkflowState]>`
    select coalesce(w.version, 0) as version, c.commit_key is not null as committed, c.refusal,
      case when h.workflow is not null then jsonb_build_object('workflow', h.workflow, 'step', h.step, 'reason', h.reason, 'error', h.error,
        'created', h.created, 'releasedAt', h.released_at) end as hold
    from (values (1)) one
    left join workflows w on w.id = ${workflow}
    left join commits c on c.workflow = ${workflow} and c.commit_key = ${commitKey}
    left join held h on h.workflow = ${workflow}`;
  return row;
}
