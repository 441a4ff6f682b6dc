import { setMaxListeners } from 'node:events';
import { cancellationSignal, heartbeat } from '@temporalio/activity';
import { commit, type CommitInput } from '../db/commit';
import type { TransactionSql } from '../db/connect';
import {
  clockState,
  countStandstill,
  dueMembers,
  loadClock,
  loadClockAndMembers,
  markEnded,
  moveClock,
  runningOnClock,
  type ClockState,
  type DueMember,
} from '../db/test-clocks';
import type { Plan } from '../domain/plan';
import type { Rows } from '../domain/rows';
import { deleteTestClock, failAdvance, finishAdvance } from '../domain/test-clock-changes';
import { lanesOf, LOOK_SECONDS, SAME_STEP_MAX, STANDSTILLS_MAX } from '../domain/test-clock-rules';
import { snapshot } from '../objects';
import type { ActivityDependencies } from './dependencies';

export type TestClockDependencies = Pick<ActivityDependencies, 'sql' | 'secret' | 'advance' | 'endWorkflow' | 'notifyEndpoints'>;

export interface AdvanceResult {
  status: 'ready' | 'advancing' | 'internal_failure' | 'deleted';
  frozenTime: number;
  targetTime: number | null;
  /** Workflow ids of members that have not answered; why it failed. */
  waitingFor: string[];
}

/** Customers that are stepped side by side. */
const SIDE_BY_SIDE = 12;
const HEARTBEAT_MS = 3_000;
/** After an error that is not the member's (Temporal is busy, a worker died), and while others are waited for. */
const PAUSE_MS = 300;

export function createTestClockActivities(deps: TestClockDependencies) {
  return {
    /** Brings everything on a clock to its target, instant by instant. Killed, it goes on from the rows. */
    advanceClock: async ({ clock }: { clock: string }): Promise<AdvanceResult> => new Advance(deps, clock).run(),

    /** Ends the workflows of a deleted clock. What they wrote stays. */
    endClock: async ({ clock }: { clock: string }): Promise<void> => {
      for (const workflow of await runningOnClock(deps.sql, clock)) {
        heartbeat();
        cancellationSignal().throwIfAborted();
        await deps.endWorkflow(workflow, `test clock ${clock} was deleted`);
        await markEnded(deps.sql, workflow);
      }
    },
  };
}

class Advance {
  private readonly stopped = cancellationSignal();
  /** Then the activity answers, so that the workflow says how far the clock is, and goes on. */
  private readonly budget = AbortSignal.timeout(LOOK_SECONDS * 1_000);
  private readonly over = AbortSignal.any([this.stopped, this.budget]);
  private readonly waitingFor = new Set<string>();
  private readonly repeats = new Map<string, { at: number; nextStep: string | null; times: number }>();
  private circling: string | null = null;

  constructor(
    private readonly deps: TestClockDependencies,
    private readonly clock: string,
  ) {
    setMaxListeners(0, this.stopped, this.over);
  }

  async run(): Promise<AdvanceResult> {
    const beat = setInterval(heartbeat, HEARTBEAT_MS);
    try {
      while (!this.over.aborted) {
        const state = await this.state();
        if (state.expired && !state.deleted && state.status !== 'advancing') await this.expire(state);
        else if (state.status !== 'advancing' || state.deleted) return this.result(state);
        else await this.step(state);
        if (this.circling !== null) await this.fail(`${this.circling} is due again and again, and does not move`);
      }
      return await this.afterBudget();
    } finally {
      clearInterval(beat);
    }
  }

  /** The next instant at which something is due, up to the target: all of it. Who is woken by it is due at the same instant, and comes next. */
  private async step(state: ClockState): Promise<void> {
    const { earliest, frozenTime, targetTime } = state;
    if (earliest === null || targetTime === null || earliest > targetTime) {
      await this.write(state, { cause: `ready/${String(targetTime)}`, step: 'finishAdvance' }, (plan) => {
        finishAdvance(plan, this.clock);
      });
      return;
    }
    const at = Math.max(earliest, frozenTime);
    if (at > frozenTime && !(await moveClock(this.deps.sql, this.clock, at))) return;
    const lanes = lanesOf(await dueMembers(this.deps.sql, this.clock, at));
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, () => this.work(lanes, at)));
  }

  private async work(lanes: DueMember[][], at: number): Promise<void> {
    for (let lane = lanes.shift(); lane !== undefined; lane = lanes.shift()) {
      for (const member of lane) {
        if (this.over.aborted || this.circling !== null) return;
        await this.advance(member, at);
      }
    }
  }

  /** Under an id of this instant and this version of the row: asked again after a crash, it is the same message. */
  private async advance(member: DueMember, at: number): Promise<void> {
    const times = this.timesAsked(member, at);
    const updateId = `advance/${String(at)}/${member.movedAt}/${String(times)}`;
    this.waitingFor.add(member.id);
    try {
      await this.deps.advance(member, at, { updateId, signal: this.over });
      this.waitingFor.delete(member.id);
      if (times >= SAME_STEP_MAX) this.circling = member.id;
    } catch {
      // Whether it was done is in the rows; who is still due is asked again, for as long as anything moves.
      this.repeats.delete(member.id);
      if (!this.over.aborted) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  /** How often it has answered at this instant, and still had the same to do. */
  private timesAsked({ id, nextStep }: DueMember, at: number): number {
    const last = this.repeats.get(id);
    const times = last?.at === at && last.nextStep === nextStep ? last.times + 1 : 0;
    this.repeats.set(id, { at, nextStep, times });
    return times;
  }

  private async afterBudget(): Promise<AdvanceResult> {
    this.stopped.throwIfAborted();
    const looks = await countStandstill(this.deps.sql, this.clock);
    if (looks < STANDSTILLS_MAX) return this.result(await this.state());
    return this.fail(`nothing moved for ${String(looks * LOOK_SECONDS)} seconds; waiting for ${[...this.waitingFor].join(', ')}`);
  }

  private async fail(reason: string): Promise<AdvanceResult> {
    const state = await this.state();
    const cause = `internal_failure/${String(state.targetTime)}/${String(Date.now())}`;
    await this.write(state, { cause, step: 'failAdvance' }, (plan) => {
      failAdvance(plan, this.clock, reason);
    });
    return this.result(await this.state());
  }

  private expire(state: ClockState): Promise<void> {
    const load = (tx: TransactionSql): Promise<Rows> => loadClockAndMembers(tx, this.clock);
    return this.write(state, { cause: 'expire', step: 'deleteTestClock', load }, (plan) => {
      deleteTestClock(plan, this.clock);
    });
  }

  private async write(
    state: ClockState,
    of: Pick<CommitInput, 'cause' | 'step'> & Partial<CommitInput>,
    plan: (plan: Plan) => void,
  ): Promise<void> {
    const { sql, secret, notifyEndpoints } = this.deps;
    const { endpoints } = await commit(sql, {
      secret,
      render: snapshot,
      scope: { account: state.account, livemode: state.livemode },
      workflow: `test-clock/${this.clock}`,
      now: Math.floor(Date.now() / 1000),
      customer: null,
      request: null,
      load: (tx) => loadClock(tx, this.clock),
      plan,
      ...of,
    });
    notifyEndpoints(endpoints);
  }

  private async state(): Promise<ClockState> {
    const state = await clockState(this.deps.sql, this.clock);
    if (!state) throw new Error(`there is no test clock ${this.clock}`);
    return state;
  }

  private result(state: ClockState): AdvanceResult {
    const { frozenTime, targetTime } = state;
    const waitingFor = this.circling === null ? [...this.waitingFor].slice(0, 5) : [this.circling];
    return { status: state.deleted ? 'deleted' : state.status, frozenTime, targetTime, waitingFor };
  }
}
