/**
 * The loop that every entity's workflow is: do what the rows say is to be done outside; else the next message; else what is due
 * on the agenda; else wait. One thing at a time, each ending in one commit. The workflow keeps no state but the time: what a
 * commit answers is derived from the rows.
 */
import {
  allHandlersFinished,
  condition,
  continueAsNew,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { AgendaItem } from '../domain/workflow';
import { act } from './act';
import { Clock } from './clock';
import { commit, look, type StepResult } from './commit';
import {
  advanceUpdate,
  agendaQuery,
  ENTITY_UPDATES,
  SEARCH_ATTRIBUTES,
  wakeSignal,
  type ChangeAnswer,
  type ChangeMessage,
  type EntityInput,
} from './contract';

/** A run is followed by another after so many commits, so that no history grows long and no patch is kept for years. */
const COMMITS_PER_RUN = 50;

/** Real time, doubled with each refusal. */
const STAND_BACK_MS = 100;
const STAND_BACK_MAX_MS = 300_000;

interface Pending {
  step: string;
  message: ChangeMessage;
  answer: ChangeAnswer | null;
}

export async function runEntity(input: EntityInput): Promise<void> {
  await new Entity(input).run();
}

class Entity {
  private readonly clock: Clock;
  private readonly messages: Pending[] = [];
  private standing: StepResult | null = null;
  private woken: boolean;
  private commits = 0;
  /** How often in a row what is due was refused. */
  private refusals = 0;
  /** The latest time up to which everything due is done. */
  private settledAt = -1;
  private shownStatus: string | null = null;

  constructor(private readonly input: EntityInput) {
    this.clock = new Clock(input.testClock, input.now);
    this.woken = input.begin === 'look';
    for (const update of ENTITY_UPDATES[input.kind]) {
      setHandler(update, (message) => this.change(update.name, message));
    }
    setHandler(wakeSignal, ({ now }) => {
      this.clock.moveTo(now);
      this.woken = true;
    });
    setHandler(advanceUpdate, async ({ now }) => {
      this.clock.moveTo(now);
      this.woken = true;
      await condition(() => this.settledAt >= now);
    });
    setHandler(agendaQuery, () => ({
      status: this.standing?.status ?? 'starting',
      agenda: this.standing?.agenda ?? [],
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

  /** One thing at a time; false when there is nothing to do now. */
  private async step(): Promise<boolean> {
    if (this.standing?.outside) return this.goOutside();
    const pending = this.messages[0];
    if (pending) return this.handle(pending);
    const due = this.due();
    if (due) return this.commitDue(due);
    if (!this.woken) return false;
    await this.take(() => look(this.input, this.clock.now()));
    return true;
  }

  /** @param answers the cause of the change that waits for it */
  private async goOutside(answers?: string): Promise<boolean> {
    const outside = this.standing?.outside;
    if (!outside) return false;
    const answer = await act(this.input, outside);
    await this.take(() => commit(this.input, { step: outside.step, cause: outside.cause, now: this.clock.now(), answer, answers }));
    return true;
  }

  /** The caller is answered when the change and what it led to outside (its charge) are done. */
  private async handle(pending: Pending): Promise<boolean> {
    const { cause, now, target } = pending.message;
    this.clock.moveTo(now);
    let { refusal } = await this.take(() =>
      commit(this.input, { step: pending.step, cause, now: this.clock.now(), target, isMessage: true }),
    );
    while (this.standing?.outside && !refusal) {
      await this.goOutside(cause);
      refusal = this.standing.refusal;
    }
    this.messages.shift();
    pending.answer = { refusal };
    return true;
  }

  private due(): AgendaItem | null {
    const next = this.standing?.agenda[0];
    return next && next.at <= this.clock.now() ? next : null;
  }

  private async commitDue(due: AgendaItem): Promise<boolean> {
    const result = await this.take(() => commit(this.input, { ...due, now: this.clock.now() }));
    const next = result.agenda[0];
    const isUndone = !result.outside && next?.cause === due.cause && next.at <= this.clock.now();
    if (isUndone && !result.fresh) throw new Error(`${due.cause} was committed, and the rows say that it is still to be done`);
    if (isUndone && result.refusal) await this.standBack(result.refusal.code);
    else this.refusals = 0;
    return true;
  }

  /** Somebody else is at it (a payment of the same invoice), or it cannot be done as things are: asked again after a while, or for a message. */
  private async standBack(code: string): Promise<void> {
    this.refusals += 1;
    if (this.standing) setCurrentDetails(`${describe(this.standing)}, refused: ${code}`);
    const milliseconds = Math.min(STAND_BACK_MS * 2 ** this.refusals, STAND_BACK_MAX_MS);
    await condition(() => this.messages.length > 0 || this.woken, milliseconds);
  }

  /** A commit reads the rows as they are when it holds the lock, so that whatever woke this before it is seen by it. */
  private async take(commitStep: () => Promise<StepResult>): Promise<StepResult> {
    this.woken = false;
    const result = await commitStep();
    this.standing = result;
    this.commits += 1;
    this.show(result);
    return result;
  }

  /** For people who search: the status when it changes, the last one too; what it is while a charge is on its way is not worth an event. */
  private show(result: StepResult): void {
    setCurrentDetails(describe(result));
    if (result.outside || this.shownStatus === result.status) return;
    upsertSearchAttributes([{ key: SEARCH_ATTRIBUTES.status, value: result.status }]);
    this.shownStatus = result.status;
  }

  /** Nothing is due and nothing outside: whoever waits for that is told, and the workflow sleeps until something is. */
  private async rest(): Promise<void> {
    this.settledAt = this.clock.now();
    if (this.commits >= COMMITS_PER_RUN || workflowInfo().continueAsNewSuggested) await this.continueLater();
    const next = this.standing?.agenda[0] ?? null;
    const summary = next ? next.step : 'message';
    await this.clock.until(next?.at ?? null, () => this.messages.length > 0 || this.woken, summary);
  }

  private async continueLater(): Promise<void> {
    await condition(() => allHandlersFinished() || this.messages.length > 0 || this.woken);
    if (!allHandlersFinished() || this.messages.length > 0 || this.woken) return;
    await continueAsNew<typeof runEntity>({ ...this.input, now: this.clock.now(), begin: 'look' });
  }

  private async isOver(): Promise<boolean> {
    if (!this.standing?.ended || this.messages.length > 0) return false;
    this.settledAt = this.clock.now();
    await condition(() => allHandlersFinished() || this.messages.length > 0);
    return this.messages.length === 0;
  }
}

function describe(result: StepResult): string {
  const next = result.agenda[0];
  const due = next ? `next: ${next.step} at ${new Date(next.at * 1000).toISOString()}` : 'nothing due';
  return `**${result.status}**, ${due}`;
}
