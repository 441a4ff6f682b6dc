import { log } from '@temporalio/activity';
import { commitStep, isTaxNeeded, type Committed, type CommitInput, type Decision, type TaxNeeded } from '../db/commit';
import type { TransactionSql } from '../db/connect';
import { refreshRow } from '../db/refresh';
import { findRequest, type StoredRequest } from '../db/step-requests';
import { BillingError, type Refusal } from '../domain/core/errors';
import type { Rows } from '../domain/rows/rows';
import type { TaxAnswer } from '../domain/rows/tax-calculation';
import { deriveState } from '../domain/agenda/registry';
import type { PendingCall, EntityState } from '../domain/core/entity-state';
import { planStep, STEPS } from '../domain/steps/registry';
import type { StepInput } from '../domain/core/steps';
import { affectedBy } from '../domain/core/wakes';
import { commitActivity, occurrenceOf, workflowId, type AgendaItem, type EntityRef } from '../domain/rows/workflow';
import { snapshot } from '../objects';
import type { CommitOutcome } from '../observability/metrics';
import { answering, type Answer } from './answers';
import type { ActivityDependencies } from './dependencies';
import { loadStepFacts, scopeOf, type StepOf } from './step-facts';

export interface CommitStepInput extends StepOf {
  commitKey: string;
  /** The answer of the external call. */
  answer?: unknown;
  /** The commit key of the caller's change that this step answers: a refusal of the step is the change's answer. */
  answers?: string | undefined;
  /** The answers to what an earlier try of this commit asked. */
  taxes?: TaxAnswer[];
  /** A caller's change: its parameters are in `requests`, under the commit key. */
  isMessage?: boolean;
}

export interface StepResult {
  refusal: Refusal | null;
  status: string;
  pendingCall: PendingCall | null;
  /** The next few items, earliest first. */
  agenda: AgendaItem[];
  ended: boolean;
  /** Whether this call has written: false if the commit key was committed before, or the step was refused. */
  fresh: boolean;
  /** The number of the workflow's commits. It makes the next commit key of an agenda item different. */
  version: number;
  /** What was done, in words, for readers of the history; null if nothing was done that they follow. */
  outcome: string | null;
  /** Ids of the woken workflows, whose rows have changed. */
  woke: string[];
}

/** What a commit answers: the step's result, or what it has to know before it writes anything. */
export type CommitResult = StepResult | TaxNeeded;

/** The step that writes nothing but the workflow's own row. */
const REFRESH = 'refresh';

const AGENDA_SHOWN = 3;

/** One activity per step, all of them the same commit, so that the Temporal UI shows the step's name. */
export type CommitActivities = Record<`commit/${string}`, (input: CommitStepInput) => Promise<Answer<CommitResult>>>;

export function createCommitActivities(deps: ActivityDependencies): CommitActivities {
  const commitAny = (input: CommitStepInput) =>
    measured(
      deps,
      input.step,
      answering((signal) => takeStep(deps, input, signal)),
    );
  return Object.fromEntries([REFRESH, ...Object.keys(STEPS)].map((step) => [commitActivity(step), commitAny]));
}

/** Reports to the metrics how a commit ended; exceptions are thrown only while the database is away. */
async function measured(deps: ActivityDependencies, step: string, commit: Promise<Answer<CommitResult>>): Promise<Answer<CommitResult>> {
  const startedAt = performance.now();
  let outcome: CommitOutcome = 'unavailable';
  try {
    const answer = await commit;
    outcome = answer.outcome === 'answered' ? outcomeOf(answer.value) : answer.outcome;
    return answer;
  } finally {
    deps.metrics.commit(step, outcome, (performance.now() - startedAt) / 1000);
  }
}

function outcomeOf(result: CommitResult): CommitOutcome {
  if (isTaxNeeded(result)) return 'tax_needed';
  return result.refusal ? 'refused' : 'committed';
}

async function takeStep(deps: ActivityDependencies, input: CommitStepInput, signal: AbortSignal): Promise<CommitResult> {
  if (input.step === REFRESH) return refresh(deps, input, signal);
  const committed = await commitStep(deps.sql, commitInput(deps, input, signal), (tx) => decide(deps, input, tx));
  if (isTaxNeeded(committed)) return committed;
  await announce(deps, input, committed);
  const { state, version, refusal, fresh, outcome, wakes, rows } = committed;
  return { ...resultOf(state, version), refusal, fresh, outcome, woke: affectedBy(wakes, rows) };
}

/** What a wake tells a subscription is mostly that its status has to follow: that is done at once, with no step of its own. */
async function refresh(deps: ActivityDependencies, input: CommitStepInput, signal: AbortSignal): Promise<CommitResult> {
  const { state, version } = await refreshRow(deps.sql, input.entity, input.now, (tx) => loadStepFacts(tx, input, null));
  const [due] = state.agenda;
  if (due?.step !== 'settleSubscription') return resultOf(state, version);
  return takeStep(deps, { ...input, step: due.step, at: due.at, commitKey: occurrenceOf(due, version) }, signal);
}

function commitInput(deps: ActivityDependencies, input: CommitStepInput, signal: AbortSignal): CommitInput & { entity: EntityRef } {
  const { entity, step, commitKey, now, answers = null, taxes = [] } = input;
  return {
    ...{ step, commitKey, now, answers, taxes, signal, entity },
    secret: deps.secret,
    render: (kind, key, rows) => snapshot(kind, key, rows, { now, linkTo: deps.linkTo }),
    scope: scopeOf(entity),
    workflow: workflowId(entity.kind, entity.subject),
    customer: entity.customer,
  };
}

/** The step's facts, and its caller's request. */
async function decide(deps: ActivityDependencies, input: CommitStepInput, tx: TransactionSql): Promise<Decision> {
  const { entity, step, commitKey } = input;
  const request = input.isMessage ? await findRequest(tx, commitKey) : null;
  return {
    facts: await loadStepFacts(tx, input, request),
    request,
    plan: (changes, version) => {
      if (input.isMessage && !request) throw forgotten(commitKey);
      deps.guardPlanning({ entity, step, commitKey }, () => {
        if (input.isMessage || isStillToDo(input, changes.base, version)) planStep(changes, step, stepInput(input, request));
      });
    },
  };
}

function forgotten(request: string): BillingError {
  return new BillingError('lock_timeout', `The change of request ${request} could not be made for so long that the request was removed.`);
}

/** The rows may have changed since the workflow planned a step. A step that the rows no longer require is not done. */
function isStillToDo({ entity, commitKey, now }: CommitStepInput, rows: Rows, version: number): boolean {
  const { pendingCall, agenda } = deriveState(entity, rows, now);
  return pendingCall?.commitKey === commitKey || agenda.some((item) => occurrenceOf(item, version) === commitKey);
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

function resultOf(state: EntityState, version: number): StepResult {
  const { status, pendingCall, agenda, ended } = state;
  return {
    refusal: null,
    status,
    pendingCall,
    agenda: agenda.slice(0, AGENDA_SHOWN),
    ended,
    fresh: false,
    version,
    outcome: null,
    woke: [],
  };
}

/** After the commit: hints to the affected workflows. On an advancing clock its scheduler steps them instead, in causal order. */
async function announce(deps: ActivityDependencies, input: CommitStepInput, committed: Committed<EntityState>): Promise<void> {
  deps.notifyEndpoints(committed.endpoints);
  if (committed.hasMails) deps.notifyMails(scopeOf(input.entity));
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
