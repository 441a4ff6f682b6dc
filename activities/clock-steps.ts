import type { DueMember } from '../db/test-clocks';
import { isOutside, lanesOf, pauseBefore, SAME_STEP_MAX } from '../domain/test-clock/rules';
import type { ActivityDependencies } from './dependencies';

/**
 * Customers of one clock that are stepped in parallel, and of all clocks of a process together. Most of a step is a wait for Temporal and
 * Postgres, so fewer leave the machine idle. A worker takes 40 workflow tasks at a time.
 */
const SIDE_BY_SIDE = 24;
const SIDE_BY_SIDE_IN_ALL = 40;
/** The pause after an error that is not the member's (Temporal is busy, a worker died), and while processors have not answered. */
const PAUSE_MS = 300;
/** A workflow that takes longer than this to answer is listed. */
const MOMENT_MS = 1_000;
const NAMED_MAX = 10;

/** Shared by the clocks that a process advances: the more clocks, the fewer customers each steps in parallel. */
export class ClockShares {
  private clocks = 0;

  /** How many customers one clock may step in parallel now. */
  get share(): number {
    return Math.min(SIDE_BY_SIDE, Math.max(1, Math.floor(SIDE_BY_SIDE_IN_ALL / Math.max(1, this.clocks))));
  }

  async taking<T>(work: () => Promise<T>): Promise<T> {
    this.clocks += 1;
    try {
      return await work();
    } finally {
      this.clocks -= 1;
    }
  }
}

/** Makes a clock's workflows do everything due at an instant, and tracks which have not finished. */
export class ClockSteps {
  /** When each workflow without an answer was called, milliseconds. */
  private readonly askedAt = new Map<string, number>();
  private readonly repeats = new Map<string, { at: number; nextStep: string | null; times: number }>();
  /** A workflow that repeats the same step without progress. */
  circling: string | null = null;

  /** @param over after it, no workflow is called and no answer awaited; messages that were sent still take effect */
  constructor(
    private readonly advance: ActivityDependencies['advance'],
    private readonly shares: ClockShares,
    private readonly over: AbortSignal,
  ) {}

  /** Calls each of them once, customers in parallel. Workflows that these wake are due at the same instant, and run in the next round. */
  async step(due: DueMember[], at: number): Promise<void> {
    const anyOutside = due.some(isOutside);
    this.forgetOthers(due);
    if (anyOutside) this.repeats.clear();
    const lanes = lanesOf(due);
    await Promise.all(Array.from({ length: this.shares.share }, (_, index) => this.work(lanes, at, index)));
    if (anyOutside) await this.pause(PAUSE_MS);
  }

  /** Ids of the workflows that have not answered within a moment. */
  waitingFor(): string[] {
    const since = Date.now() - MOMENT_MS;
    return [...this.askedAt]
      .filter(([, askedAt]) => askedAt <= since)
      .map(([id]) => id)
      .slice(0, NAMED_MAX);
  }

  private async work(lanes: DueMember[][], at: number, index: number): Promise<void> {
    // Other clocks may have started to advance since, so fewer workers take the rest of the lanes.
    while (index < this.shares.share) {
      const lane = lanes.shift();
      if (lane === undefined) return;
      for (const member of lane) {
        if (this.over.aborted || this.circling !== null) return;
        await this.ask(member, at);
        // Its row shows whether its charge is done, and the customer's other workflows may depend on that.
        if (isOutside(member)) break;
      }
    }
  }

  private async ask(member: DueMember, at: number): Promise<void> {
    const times = this.timesAsked(member, at);
    if (times > 0) await this.pause(pauseBefore(times));
    if (!this.askedAt.has(member.id)) this.askedAt.set(member.id, Date.now());
    try {
      // The id contains this instant and this version of the row, so a repetition after a crash is the same message.
      await this.advance(member, at, { updateId: `advance/${String(at)}/${member.movedAt}/${String(times)}`, signal: this.over });
      if (!isOutside(member)) this.askedAt.delete(member.id);
      if (times >= SAME_STEP_MAX) this.circling = member.id;
    } catch {
      // The rows show whether it was done. A workflow that is still due is called again, as long as there is progress.
      this.repeats.delete(member.id);
      await this.pause(PAUSE_MS);
    }
  }

  /** How often it has answered at this instant and still had the same work. Waiting for a processor does not count. */
  private timesAsked(member: DueMember, at: number): number {
    const { id, nextStep } = member;
    const last = this.repeats.get(id);
    const times = last?.at === at && last.nextStep === nextStep && !isOutside(member) ? last.times + 1 : 0;
    this.repeats.set(id, { at, nextStep, times });
    return times;
  }

  /** A workflow that is no longer due has finished. */
  private forgetOthers(due: DueMember[]): void {
    const ids = new Set(due.map(({ id }) => id));
    for (const id of this.askedAt.keys()) if (!ids.has(id)) this.askedAt.delete(id);
  }

  private pause(milliseconds: number): Promise<void> {
    if (this.over.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.over.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, milliseconds);
      this.over.addEventListener('abort', end);
    });
  }
}
