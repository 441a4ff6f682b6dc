/**
 * The loop of every entity's workflow. It makes the pending external call; else takes the next message; else runs what is due on the
 * agenda; else waits. It does one thing at a time, and each ends in one commit. The workflow keeps only the time: a commit's answer is
 * derived from the rows. If a step fails because of a bug in Dunlin, the entity is held.
 */
import {
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { Refusal } from '../domain/core/errors';
import type { StepFailure } from '../domain/rows/held';
import { dateOf, plannedWords } from '../domain/agenda/words';
import { occurrenceOf, type AgendaItem, type WorkflowKind } from '../domain/rows/workflow';
import type { CallName } from '../domain/rows/lifecycle';
import type { Call } from './calls';
import { Clock } from './clock';
import { commit, eraseHold, REFRESH, writeHold, type Step, type StepResult } from './commit';
import {
  advanceUpdate,
  agendaQuery,
  ENTITY_UPDATES,
  releaseSignal,
  SEARCH_ATTRIBUTES,
  wakeSignal,
  type AdvanceAnswer,
  type ChangeAnswer,
  type ChangeMessage,
  type EntityInput,
  type Hold,
} from './contract';
import { isForGood, isRepeating, refusedForGood, repeating } from './hold-reasons';
import type { Lifecycle, Then } from './lifecycle';
import type { FinalAnswer } from './local';

/** A new run follows after this many commits, so that no history grows long and no patch must be kept for years. */
const COMMITS_PER_RUN = 50;

/** Real time, doubled with each refusal. */
const BACK_OFF_MS = 100;
const BACK_OFF_MAX_MS = 300_000;
interface Pending {
  step: string;
  message: ChangeMessage;
  answer: ChangeAnswer | null;
}

/** The workflow of one kind of entity, with its lifecycle. */
export function entityWorkflow<K extends WorkflowKind>(kind: K, lifecycle: Lifecycle<K>): EntityWorkflow {
  return async (input) => {
    const life: Life = { steps: { ...lifecycle.updates, ...lifecycle.agenda }, calls: lifecycle.calls };
    await kept(() => new Entity({ ...input, kind }, life).run());
  };
}

type EntityWorkflow = (input: EntityInput) => Promise<void>;

/** A lifecycle as the loop needs it, for every kind. */
interface Life {
  steps: Partial<Record<string, Then>>;
  calls: Partial<Record<CallName, Call>>;
}

/**
 * A cancellation from outside ends no entity, and callers still get their answers. To end a workflow, terminate it. Message handlers are
 * not part of the workflow's own scope, so each one is protected separately.
 */
const kept = <T>(work: () => Promise<T>): Promise<T> => CancellationScope.nonCancellable(work);

class Entity {
  private readonly clock: Clock;
  private readonly messages: Pending[] = [];
  private state: StepResult | null = null;
  /** Whether this run has made the state: a call that it only found may have been made before a hold, or by a run that was lost. */
  private isFresh = false;
  private woken: boolean;
  /** A failed step: until a release or a successful change, the workflow runs no step of its own. */
  private held: Hold | null = null;
  private released = false;
  /** Whether its row is in `held`. The row stays there until a commit writes, or nothing is due. */
  private isAmongHeld = false;
  private commits = 0;
  /** How often in a row the due step was refused. */
  private refusals = 0;
  /** How often in a row the same step was done and was still due. */
  private repeats = 0;
  /** The latest time up to which everything due is done. */
  private settledAt = -1;
  private shownStatus: string | null = null;
  /** What the last commit with words has done. */
  private done: string | null = null;

  constructor(
    private readonly input: EntityInput,
    private readonly life: Life,
  ) {
    this.clock = new Clock(input.testClock, input.now);
    this.woken = input.begin === 'refresh';
    if (input.held) this.holdAt(input.held);
    for (const update of ENTITY_UPDATES[input.kind]) {
      setHandler(update, (message) => kept(() => this.change(update.name, message)));
    }
    setHandler(wakeSignal, ({ now }) => {
      this.clock.moveTo(now);
      this.woken = true;
    });
    setHandler(releaseSignal, ({ now }) => {
      this.clock.moveTo(now);
      this.released = true;
      this.isAmongHeld = true;
      this.woken = true;
    });
    setHandler(advanceUpdate, (message) => kept(() => this.advance(message)));
    setHandler(agendaQuery, () => ({
      status: this.state?.status ?? 'starting',
      agenda: this.state?.agenda ?? [],
      now: this.clock.now(),
    }));
  }

  async run(): Promise<void> {
    if (this.input.begin === 'message') await condition(() => this.messages.length > 0 || this.woken);
    while (!(await this.isOver())) {
      const worked = await this.step();
      if (!worked) await this.rest();
    }
  }

  private async change(step: string, message: ChangeMessage): Promise<ChangeAnswer> {
    const pending: Pending = { step, message, answer: null };
    this.messages.push(pending);
    await condition(() => pending.answer !== null);
    return pending.answer as unknown as ChangeAnswer;
  }

  private async advance({ now }: { now: number }): Promise<AdvanceAnswer> {
    this.clock.moveTo(now);
    if (!this.held) this.woken = true;
    // Something else may have become due at the same instant.
    this.settledAt = -1;
    await condition(() => this.settledAt >= now || this.held !== null);
    return { held: this.held !== null };
  }

  /** Does one thing; false if there is nothing to do now. */
  private async step(): Promise<boolean> {
    if (this.held) return this.whileHeld();
    if (this.state?.pendingCall) {
      await this.callExternal();
      return true;
    }
    const pending = this.messages[0];
    if (pending) return this.handle(pending);
    const due = this.due();
    if (due) return this.commitDue(due);
    if (!this.woken) return false;
    await this.refresh();
    return true;
  }

  /** While held, it accepts changes, which may repair it, and retries when it is released, or when what refused it may have changed. */
  private async whileHeld(): Promise<boolean> {
    if (this.released || this.isRefusedAndWoken()) {
      this.resume();
      await this.refresh();
      return true;
    }
    const pending = this.messages[0];
    return pending ? this.handle(pending) : false;
  }

  private isRefusedAndWoken(): boolean {
    return this.woken && this.held?.failure.reason === 'refused';
  }

  private async refresh(): Promise<void> {
    await this.apply({
      step: REFRESH,
      commitKey: REFRESH,
      now: this.clock.now(),
      summary: 'something has changed: what is to be done now',
    });
  }

  /** @param answers the commit key of the change that waits for it */
  private async callExternal(answers?: string): Promise<FinalAnswer<StepResult> | null> {
    const pendingCall = this.state?.pendingCall;
    if (!pendingCall) return null;
    const { step, commitKey, activity, summary } = pendingCall;
    const call = this.life.calls[activity];
    if (!call) throw new Error(`${this.input.kind} has no place for ${activity}`);
    const acted = await call(pendingCall, { mayBeRepeated: !this.isFresh });
    if (acted.outcome === 'answered') {
      const outcome = acted.words === undefined ? summary : `${summary}: ${acted.words}`;
      return this.apply({ step, commitKey, now: this.clock.now(), answer: acted.value, answers, summary: outcome });
    }
    await this.hold(step, commitKey, acted.failure);
    return acted;
  }

  /** Answers the caller when the change and its external call (its charge) are done. */
  private async handle(pending: Pending): Promise<boolean> {
    const { commitKey, now, target } = pending.message;
    this.clock.moveTo(now);
    const answer: ChangeAnswer = { refusal: null, failure: null, woke: [] };
    let done: FinalAnswer<StepResult> | null = await this.apply({
      ...{ step: pending.step, commitKey, now: this.clock.now(), target, isMessage: true },
      summary: `asked for by ${commitKey}${target === undefined ? '' : `: ${target}`}`,
    });
    while (done !== null) {
      note(answer, done);
      const isDone = answer.refusal !== null || answer.failure !== null || this.life.steps[pending.step]?.call === false;
      done = isDone ? null : await this.callExternal(commitKey);
    }
    this.messages.shift();
    pending.answer = answer;
    // After a failed creation, the rows say whether there is an entity.
    if (this.state === null) this.woken = true;
    return true;
  }

  private due(): AgendaItem | null {
    const next = this.state?.agenda[0];
    return next && next.at <= this.clock.now() ? next : null;
  }

  private async commitDue(due: AgendaItem): Promise<boolean> {
    const { step, at, target } = due;
    const commitKey = occurrenceOf(due, this.state?.version ?? 0);
    const answer = await this.apply({ step, at, target, commitKey, now: this.clock.now(), summary: plannedWords(due) });
    if (answer.outcome === 'failed') return true;
    await this.afterDue(due, answer.value);
    return true;
  }

  /** The step may still be due: if it was refused, it is retried after a while; if it was done again and again, that is a bug in Dunlin. */
  private async afterDue(due: AgendaItem, { agenda, pendingCall, refusal }: StepResult): Promise<void> {
    const next = agenda[0];
    const isUndone = !pendingCall && next?.key === due.key && next.at <= this.clock.now();
    this.refusals = isUndone ? this.refusals : 0;
    this.repeats = isUndone && !refusal ? this.repeats + 1 : 0;
    if (isRepeating(this.repeats)) await this.hold(due.step, due.key, repeating(due));
    else if (isUndone && refusal) await this.backOff(due, refusal);
  }

  /**
   * Backs off after a refusal (e.g. another payment of this invoice is in flight). Retries with a growing delay, or at once when a message
   * arrives. What is refused for good holds the entity.
   */
  private async backOff(due: AgendaItem, refusal: Refusal): Promise<void> {
    this.refusals += 1;
    if (isForGood(refusal, this.refusals)) return this.hold(due.step, due.key, refusedForGood(refusal));
    if (this.state) setCurrentDetails(`${describe(this.state, this.done)}, refused: ${refusal.code}`);
    const milliseconds = Math.min(BACK_OFF_MS * 2 ** this.refusals, BACK_OFF_MAX_MS);
    await condition(() => this.messages.length > 0 || this.woken, milliseconds);
  }

  /**
   * Commits a step and takes over the new state. Clears the wake flag first: the commit reads rows under the lock, so it sees whatever any
   * earlier wake was about. If a change fails, its caller gets the failure; if a step of the entity's own fails, the entity is held.
   */
  private async apply(step: Step): Promise<FinalAnswer<StepResult>> {
    this.woken = false;
    const answer = await commit(this.input, step);
    this.commits += 1;
    if (answer.outcome === 'answered') {
      this.state = answer.value;
      this.isFresh = answer.value.fresh;
      if (this.isFresh) this.afterMoving();
      this.publishStatus(answer.value);
    } else if (!step.isMessage) await this.hold(step.step, step.commitKey, answer.failure);
    return answer;
  }

  private async hold(step: string, commitKey: string, failure: StepFailure): Promise<void> {
    await writeHold(this.input, { step, commitKey, failure });
    this.holdAt({ step, failure, since: new Date().toISOString() });
    this.released = false;
    this.repeats = 0;
    this.refusals = 0;
    upsertSearchAttributes([{ key: SEARCH_ATTRIBUTES.held, value: `${step}: ${failure.reason}` }]);
  }

  private holdAt(held: Hold): void {
    this.held = held;
    this.isAmongHeld = true;
    const { reason, name, message, where } = held.failure;
    setCurrentDetails(`**held** since ${held.since}: \`${held.step}\` ${reason}, ${name}: ${message} (${where ?? 'unknown place'})`);
  }

  private resume(): void {
    this.released = false;
    this.held = null;
    upsertSearchAttributes([{ key: SEARCH_ATTRIBUTES.held, value: null }]);
  }

  /** The commit wrote, so the entity works again; the commit has removed its row from `held`. */
  private afterMoving(): void {
    this.isAmongHeld = false;
    if (this.held) this.resume();
  }

  /** Updates the status search attribute when it changes. Skipped while a charge is in flight, to save a history event. */
  private publishStatus(result: StepResult): void {
    this.done = result.outcome ?? this.done;
    setCurrentDetails(describe(result, this.done));
    if (result.pendingCall || this.shownStatus === result.status) return;
    upsertSearchAttributes([{ key: SEARCH_ATTRIBUTES.status, value: result.status }]);
    this.shownStatus = result.status;
  }

  /** Nothing is due and no call is pending, or the entity is held: answers waiting callers, and sleeps until something happens. */
  private async rest(): Promise<void> {
    if (!this.held) this.settledAt = this.clock.now();
    if (!this.held && this.isAmongHeld) await this.endHold();
    if (this.commits >= COMMITS_PER_RUN || workflowInfo().continueAsNewSuggested) await this.continueLater();
    if (this.held) await condition(() => this.messages.length > 0 || this.released || this.isRefusedAndWoken());
    else await this.sleep();
  }

  private async sleep(): Promise<void> {
    const next = this.state?.agenda[0] ?? null;
    const summary = next ? `until ${dateOf(next.at)}: ${plannedWords(next)}` : 'a request';
    await this.clock.until(next?.at ?? null, () => this.messages.length > 0 || this.woken, summary);
  }

  /** After a release nothing is due any more, so the failed step is not needed now. */
  private async endHold(): Promise<void> {
    await eraseHold(this.input);
    this.isAmongHeld = false;
  }

  private async continueLater(): Promise<void> {
    await condition(() => allHandlersFinished() || this.messages.length > 0 || this.woken);
    if (!allHandlersFinished() || this.messages.length > 0 || this.woken) return;
    await continueAsNew<EntityWorkflow>({ ...this.input, now: this.clock.now(), begin: 'refresh', held: this.held });
  }

  private async isOver(): Promise<boolean> {
    if (!this.state?.ended || this.held || this.messages.length > 0) return false;
    if (this.isAmongHeld) await this.endHold();
    this.settledAt = this.clock.now();
    await condition(() => allHandlersFinished() || this.messages.length > 0);
    return this.messages.length === 0;
  }
}

/** Adds a step's result to the answer of the change that led to it. */
function note(answer: ChangeAnswer, done: FinalAnswer<StepResult>): void {
  if (done.outcome === 'failed') {
    answer.failure = done.failure;
    return;
  }
  answer.refusal = done.value.refusal;
  answer.woke.push(...done.value.woke);
}

function describe({ status, agenda, pendingCall }: StepResult, done: string | null): string {
  const [next] = agenda;
  const planned = next ? `next: ${dateOf(next.at)}, ${plannedWords(next)}` : 'nothing is planned';
  return `**${status}**${done === null ? '' : `: ${done}`}  \n${pendingCall ? `now: ${pendingCall.summary}` : planned}`;
}
