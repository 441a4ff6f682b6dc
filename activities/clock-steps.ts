import type { DueMember } from '../db/test-clocks';
import { isOutside, lanesOf, pauseBefore, SAME_STEP_MAX } from '../domain/test-clock/rules';
import type { ActivityDependencies } from './dependencies';

/** Customers of one clock that are stepped side by side, and of all clocks of a process together. */
const SIDE_BY_SIDE = 12;
const SIDE_BY_SIDE_IN_ALL = 24;
/** After an error that is not the member's (Temporal is busy, a worker died), and while processors are waited for. */
const PAUSE_MS = 300;
/** Who takes longer than this to answer is named. */
const MOMENT_MS = 1_000;
const NAMED_MAX = 10;

/** What the clocks that a process moves have in common: the more of them, the fewer customers each steps at once. */
export class ClockShares {
  private clocks = 0;

  /** How many customers one clock may step side by side now. */
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

/** Has a clock's workflows do what is due at an instant, and knows who has not come to an end with it. */
export class ClockSteps {
  /** Since when each that has not answered was asked, milliseconds. */
  private readonly askedAt = new Map<string, number>();
  private readonly repeats = new Map<string, { at: number; nextStep: string | null; times: number }>();
  /** A workflow that has the same to do again and again. */
  circling: string | null = null;

  /** @param over when nobody is asked any more, and no answer waited for; what was sent is done all the same */
  constructor(
    private readonly advance: ActivityDependencies['advance'],
    private readonly shares: ClockShares,
    private readonly over: AbortSignal,
  ) {}

  /** Asks each of them once, customers side by side. Who is woken by it is due at the same instant, and comes next. */
  async step(due: DueMember[], at: number): Promise<void> {
    const anyOutside = due.some(isOutside);
    this.forgetOthers(due);
    if (anyOutside) this.repeats.clear();
    const lanes = lanesOf(due);
    await Promise.all(Array.from({ length: this.shares.share }, (_, index) => this.work(lanes, at, index)));
    if (anyOutside) await this.pause(PAUSE_MS);
  }

  /** Workflow ids of those that have not answered within a moment. */
  waitingFor(): string[] {
    const since = Date.now() - MOMENT_MS;
    return [...this.askedAt]
      .filter(([, askedAt]) => askedAt <= since)
      .map(([id]) => id)
      .slice(0, NAMED_MAX);
  }

  private async work(lanes: DueMember[][], at: number, index: number): Promise<void> {
    // Other clocks may have begun to move since: the rest of the lanes is for fewer.
    while (index < this.shares.share) {
      const lane = lanes.shift();
      if (lane === undefined) return;
      for (const member of lane) {
        if (this.over.aborted || this.circling !== null) return;
        await this.ask(member, at);
        // Whether its charge is done is in its row, and what the customer's others do may depend on it.
        if (isOutside(member)) break;
      }
    }
  }

  private async ask(member: DueMember, at: number): Promise<void> {
    const times = this.timesAsked(member, at);
    if (times > 0) await this.pause(pauseBefore(times));
    if (!this.askedAt.has(member.id)) this.askedAt.set(member.id, Date.now());
    try {
      // Under an id of this instant and this version of the row: asked again after a crash, it is the same message.
      await this.advance(member, at, { updateId: `advance/${String(at)}/${member.movedAt}/${String(times)}`, signal: this.over });
      if (!isOutside(member)) this.askedAt.delete(member.id);
      if (times >= SAME_STEP_MAX) this.circling = member.id;
    } catch {
      // Whether it was done is in the rows; who is still due is asked again, for as long as anything moves.
      this.repeats.delete(member.id);
      await this.pause(PAUSE_MS);
    }
  }

  /** How often it has answered at this instant, and still had the same to do. What a processor has to answer is no circle. */
  private timesAsked(member: DueMember, at: number): number {
    const { id, nextStep } = member;
    const last = this.repeats.get(id);
    const times = last?.at === at && last.nextStep === nextStep && !isOutside(member) ? last.times + 1 : 0;
    this.repeats.set(id, { at, nextStep, times });
    return times;
  }

  /** Who is not due any more has done what it was waited for. */
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
