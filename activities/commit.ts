import { log } from '@temporalio/activity';
import { loadFacts, loadReferenced, lockIntent, type FactsOf } from '../db/facts';
import { commitOrRefuse, type CommitInput } from '../db/commit';
import { refreshRow } from '../db/refresh';
import { loadRedeeming } from '../db/redemptions';
import { findRequest, type StoredRequest } from '../db/step-requests';
import { workflowVersion } from '../db/timeline';
import { rowsFromJson } from '../db/json-rows';
import type { Sql, TransactionSql } from '../db/connect';
import { loadUsage } from '../db/metering/usage-facts';
import type { Refusal } from '../domain/core/errors';
import type { Rows } from '../domain/rows/rows';
import { DERIVE_STATE } from '../domain/agenda/registry';
import { workflowRow, type PendingCall, type EntityState } from '../domain/core/entity-state';
import { planStep, STEPS } from '../domain/steps/registry';
import type { StepInput } from '../domain/core/steps';
import {
  commitActivity,
  occurrenceOf,
  workflowId,
  type AgendaItem,
  type EntityRef,
  type WorkflowKind,
  type WorkflowRow,
} from '../domain/rows/workflow';
import { snapshot } from '../objects';
import type { CommitOutcome } from '../observability/metrics';
import { answering, type Answer } from './answers';
import type { ActivityDependencies } from './dependencies';

export interface CommitStepInput {
  entity: EntityRef;
  step: string;
  cause: string;
  now: number;
  /** When an agenda item was due; `now` where it is not from the agenda. */
  at?: number;
  /** What a message is about where that is not the subject. */
  target?: string | undefined;
  /** What came back from outside. */
  answer?: unknown;
  /** The cause of the caller's change that this step ends, whose answer its refusal is. */
  answers?: string | undefined;
  /** A caller's change: its parameters are in `requests`, under the cause. */
  isMessage?: boolean;
}

export interface StepResult {
  refusal: Refusal | null;
  status: string;
  pendingCall: PendingCall | null;
  /** The next few items, earliest first. */
  agenda: AgendaItem[];
  ended: boolean;
  /** Whether this call has written: not where the cause was committed before, or was refused. */
  fresh: boolean;
  /** How many commits the workflow has behind it: makes the next cause of an agenda item another one. */
  version: number;
  /** Workflow ids of those that were woken, since what they are has changed. */
  woke: string[];
}

const AGENDA_SHOWN = 3;

/** One activity per step, all of them the same commit, by the names that the Temporal UI shows. */
export type CommitActivities = Record<`commit/${string}`, (input: CommitStepInput) => Promise<Answer<StepResult>>>;

export function createCommitActivities(deps: ActivityDependencies): CommitActivities {
  const commitAny = (input: CommitStepInput) =>
    measured(
      deps,
      input.step,
      answering((signal) => commitStep(deps, input, signal)),
    );
  return Object.fromEntries(['refresh', ...Object.keys(STEPS)].map((step) => [commitActivity(step), commitAny]));
}

/** Tells the metrics how a commit ended; what is thrown is thrown while the database is away. */
async function measured(deps: ActivityDependencies, step: string, commit: Promise<Answer<StepResult>>): Promise<Answer<StepResult>> {
  const startedAt = performance.now();
  let outcome: CommitOutcome = 'unavailable';
  try {
    const answer = await commit;
    outcome = answer.outcome === 'answered' ? (answer.value.refusal ? 'refused' : 'committed') : answer.outcome;
    return answer;
  } finally {
    deps.metrics.commit(step, outcome, (performance.now() - startedAt) / 1000);
  }
}

async function commitStep(deps: ActivityDependencies, input: CommitStepInput, signal: AbortSignal): Promise<StepResult> {
  if (input.step === 'refresh') return refresh(deps, input);
  const committed = await commitOrRefuse(deps.sql, commitInput(deps, input, signal));
  if ('message' in committed) return refused(deps, input, committed);
  await announce(deps, input, committed);
  const woke = committed.wakes.map((wake) => workflowId(wake.kind, wake.subject));
  return { ...resultOf(stateOf(input, committed.rows), committed.version), refusal: committed.refusal, fresh: committed.fresh, woke };
}

/** A refusal wrote nothing: the entity stands where it stood, or does not exist. */
async function refused(deps: ActivityDependencies, input: CommitStepInput, refusal: Refusal): Promise<StepResult> {
  const rows = await withUsage(deps.sql, input, await loadFacts(deps.sql, factsOf(input)));
  const version = await workflowVersion(deps.sql, workflowId(input.entity.kind, input.entity.subject));
  return { ...resultOf(stateOf(input, rows), version), refusal };
}

async function refresh(deps: ActivityDependencies, input: CommitStepInput): Promise<StepResult> {
  const load = async (tx: TransactionSql) => withUsage(tx, input, await loadFacts(tx, factsOf(input)));
  const { rows, version } = await refreshRow(deps.sql, input.entity.customer, load, (base) => rowOf(input, base));
  return resultOf(stateOf(input, rows), version);
}

function commitInput(deps: ActivityDependencies, input: CommitStepInput, signal: AbortSignal): CommitInput {
  const { entity, step, cause, now } = input;
  const scope = { account: entity.account, livemode: entity.livemode };
  let request: StoredRequest | null = null;
  return {
    secret: deps.secret,
    render: (kind, key, rows) => snapshot(kind, key, rows, { now }),
    scope,
    workflow: workflowId(entity.kind, entity.subject),
    cause,
    step,
    answers: input.answers ?? null,
    now,
    customer: entity.customer,
    signal,
    get request() {
      return request && { id: request.id, idempotencyKey: request.idempotencyKey };
    },
    load: async (tx) => {
      // Without a customer there is no row that all who write to a payment have locked: its intent is.
      if (entity.customer === null) await lockIntent(tx, factsOf(input));
      if (!input.isMessage) return withUsage(tx, input, await loadFacts(tx, factsOf(input)));
      request = await findRequest(tx, cause);
      return withUsage(tx, input, await loadWithReferences(tx, input, request), request.parameters);
    },
    plan: (changes, version) => {
      deps.guardPlanning({ entity, step, cause }, () => {
        if (input.isMessage || isStillToDo(input, changes.base, version)) planStep(changes, step, stepInput(input, request));
      });
    },
    workflowRow: (rows) => rowOf(input, rows),
  };
}

/** The world may have moved on since the workflow was told of a step: what the rows do not ask for is not done. */
function isStillToDo(input: CommitStepInput, rows: Rows, version: number): boolean {
  const state = stateOf(input, rows);
  return state.pendingCall?.cause === input.cause || state.agenda.some((item) => occurrenceOf(item, version) === input.cause);
}

/** Where something is metered, what it has counted up to each instant at which the step may cut it. */
async function withUsage(
  sql: Sql | TransactionSql,
  { entity, now, at }: CommitStepInput,
  rows: Rows,
  parameters: Record<string, unknown> = {},
): Promise<Rows> {
  const { account, livemode, customer } = entity;
  if (customer === null) return rows;
  const instants = [at, parameters['proration_date']].filter((instant) => typeof instant === 'number');
  return loadUsage(sql, rows, { account, livemode, customer }, { now, instants });
}

async function loadWithReferences(tx: TransactionSql, input: CommitStepInput, request: StoredRequest): Promise<Rows> {
  const scope = { account: input.entity.account, livemode: input.entity.livemode };
  const references = STEPS[input.step]?.references?.(request.parameters, scope) ?? {};
  const named = await loadRedeeming(tx, scope, input.entity.customer, references);
  const facts = await loadFacts(tx, factsOf(input));
  const products = (named.price ?? []).map((price) => price['product'] as string);
  const more = await loadReferenced(tx, scope, { product: [...new Set(products)] });
  for (const [kind, rows] of [...Object.entries(named), ...Object.entries(more)]) {
    for (const row of rowsFromJson({ [kind]: rows }).all(kind as never)) facts.put(kind as never, row);
  }
  return facts;
}

function stepInput(input: CommitStepInput, request: StoredRequest | null): StepInput {
  return {
    subject: input.entity.subject,
    target: input.target ?? null,
    at: input.at ?? input.now,
    parameters: request?.parameters ?? {},
    answer: input.answer ?? null,
    workflow: workflowId(input.entity.kind, input.entity.subject),
    customer: input.entity.customer,
  };
}

function factsOf({ entity, target }: CommitStepInput): FactsOf {
  const { account, customer, subject, kind } = entity;
  return { account, customer, ...ASKED_BY[kind](subject, target ?? null) };
}

/** What each kind of workflow decides on; the target is what a step is about where that is not the subject. */
const ASKED_BY: Record<WorkflowKind, (subject: string, target: string | null) => Omit<FactsOf, 'account'>> = {
  subscription: (subscription, invoice) => ({ subscription, invoice }),
  quote: (quote) => ({ quote }),
  schedule: (schedule) => ({ schedule }),
  invoice: (invoice) => ({ invoice }),
  dunning: (invoice) => ({ invoice }),
  payment: (intent, paymentMethod) => ({ intent, paymentMethod }),
  refund: (refund, charge) => ({ refund, charge }),
  dispute: (dispute) => ({ dispute }),
  usage: (watched) => ({ watched }),
};

function stateOf(input: CommitStepInput, rows: Rows): EntityState {
  return DERIVE_STATE[input.entity.kind](rows, input.entity.subject, input.now);
}

function rowOf(input: CommitStepInput, rows: Rows): WorkflowRow {
  const { kind, subject, account, livemode, customer, testClock } = input.entity;
  return workflowRow({ kind, subject, account, livemode, customer, testClock }, stateOf(input, rows), input.now, input.now);
}

function resultOf(state: EntityState, version: number): StepResult {
  const { status, pendingCall, agenda, ended } = state;
  return { refusal: null, status, pendingCall, agenda: agenda.slice(0, AGENDA_SHOWN), ended, fresh: false, version, woke: [] };
}

/** After the commit: hints to whoever is concerned. On an advancing clock its scheduler steps them, in causal order. */
async function announce(
  deps: ActivityDependencies,
  input: CommitStepInput,
  committed: {
    rows: Rows;
    wakes: { kind: WorkflowKind; subject: string; customer: string | null; testClock: string | null }[];
    endpoints: string[];
  },
): Promise<void> {
  deps.notifyEndpoints(committed.endpoints);
  const advancing = committed.rows.all('testClock').some((clock) => clock.status === 'advancing');
  if (advancing || committed.wakes.length === 0) return;
  const { account, livemode } = input.entity;
  try {
    await deps.wake(
      committed.wakes.map((wake) => ({ ...wake, account, livemode })),
      input.now,
    );
  } catch (error) {
    log.warn('a wake was lost; the sweep will repeat it', { error, wakes: committed.wakes.map((wake) => wake.subject) });
  }
}
