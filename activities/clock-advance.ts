import { setMaxListeners } from 'node:events';
import { cancellationSignal, heartbeat } from '@temporalio/activity';
import { commit, type CommitInput, type Decide } from '../db/commit';
import type { TransactionSql } from '../db/connect';
import {
  clockState,
  countStandstill,
  dueMembers,
  isAdvancing,
  loadClock,
  loadClockAndMembers,
  moveClock,
  noteProgress,
  type ClockState,
} from '../db/test-clocks';
import type { ChangeSet } from '../domain/core/change-set';
import type { Rows } from '../domain/rows/rows';
import { deleteTestClock, failAdvance, finishAdvance } from '../domain/test-clock/changes';
import { LOOK_SECONDS, STANDSTILLS_MAX } from '../domain/test-clock/rules';
import { snapshot } from '../objects';
import { ClockSteps, type ClockShares } from './clock-steps';
import type { ActivityDependencies } from './dependencies';
import { DEADLINES } from '../domain/core/deadlines';

export type AdvanceDependencies = Pick<ActivityDependencies, 'sql' | 'secret' | 'linkTo' | 'advance' | 'notifyEndpoints'>;

export interface AdvanceResult {
  status: 'ready' | 'advancing' | 'internal_failure' | 'deleted';
  frozenTime: number;
  targetTime: number | null;
  /** Ids of the members that have not answered; why it failed. */
  waitingFor: string[];
}

const HEARTBEAT_MS = DEADLINES.clockBeat;
/** How often it checks that the advance still applies, and records which workflows it waits for. Milliseconds. */
const WATCH_MS = 400;

/** Advances a clock to its target instant by instant, while the advance applies, and for at most LOOK_SECONDS. */
export class Advance {
  private readonly stopped = cancellationSignal();
  /** The advance was canceled, or its clock deleted. */
  private readonly unwanted = new AbortController();
  /**
   * When it ends, the activity answers, and the workflow records the clock's progress and continues. A field keeps it alive: signals
   * derived from it do not.
   */
  private readonly budget = AbortSignal.timeout(LOOK_SECONDS * 1_000);
  private readonly over = AbortSignal.any([this.stopped, this.unwanted.signal, this.budget]);
  private readonly steps: ClockSteps;
  private target: number | null = null;
  private held: string[] = [];
  private noted = '';

  constructor(
    private readonly deps: AdvanceDependencies,
    shares: ClockShares,
    private readonly clock: string,
  ) {
    setMaxListeners(0, this.stopped, this.over);
    this.steps = new ClockSteps(deps.advance, shares, this.over);
  }

  async run(): Promise<AdvanceResult> {
    const beat = setInterval(heartbeat, HEARTBEAT_MS);
    const watch = this.startWatching();
    try {
      return await this.untilOver();
    } finally {
      clearInterval(beat);
      await watch.stop();
    }
  }

  private async untilOver(): Promise<AdvanceResult> {
    while (!this.over.aborted) {
      const state = await this.state();
      if (state.expired && !state.deleted && state.status !== 'advancing') await this.expire(state);
      else if (state.status !== 'advancing' || state.deleted) return this.result(state);
      else await this.step(state);
      if (this.steps.circling !== null) return this.fail(`${this.steps.circling} is due again and again, and does not move`);
    }
    return this.afterLook();
  }

  /** Moves to the next due instant (up to the target) and runs everything due then. */
  private async step(state: ClockState): Promise<void> {
    const { earliest, frozenTime, targetTime, held } = state;
    this.target = targetTime;
    this.held = held;
    if (earliest === null || targetTime === null || earliest > targetTime) {
      await this.write(state, { commitKey: `ready/${String(targetTime)}/${String(Date.now())}`, step: 'finishAdvance' }, (changes) => {
        if (changes.rows.get('testClock', this.clock).targetTime === targetTime) finishAdvance(changes, this.clock, held);
      });
      return;
    }
    const at = Math.max(earliest, frozenTime);
    if (at > frozenTime && !(await moveClock(this.deps.sql, this.clock, at))) return;
    await this.steps.step(await dueMembers(this.deps.sql, this.clock, at), at);
  }

  /** Runs beside the steps, so that a cancellation or deletion also takes effect during long steps. */
  private startWatching(): { stop: () => Promise<void> } {
    let looking = Promise.resolve();
    let isLooking = false;
    const timer = setInterval(() => {
      if (isLooking || this.over.aborted) return;
      isLooking = true;
      looking = this.look().finally(() => (isLooking = false));
    }, WATCH_MS);
    return {
      stop: () => {
        clearInterval(timer);
        return looking;
      },
    };
  }

  private async look(): Promise<void> {
    const { sql } = this.deps;
    try {
      if (this.target !== null && !(await isAdvancing(sql, this.clock, this.target))) this.unwanted.abort();
      else await this.note();
    } catch {
      // Postgres is away; the steps notice that themselves.
    }
  }

  private async note(): Promise<void> {
    const progress = { waitingFor: this.steps.waitingFor(), held: this.held };
    const text = JSON.stringify(progress);
    if (text === this.noted || this.target === null) return;
    await noteProgress(this.deps.sql, this.clock, progress);
    this.noted = text;
  }

  private async afterLook(): Promise<AdvanceResult> {
    this.stopped.throwIfAborted();
    if (this.unwanted.signal.aborted) return this.result(await this.state());
    const looks = await countStandstill(this.deps.sql, this.clock);
    if (looks < STANDSTILLS_MAX) return this.result(await this.state());
    const waitingFor = this.steps.waitingFor().join(', ');
    return this.fail(`nothing moved for ${String(looks * LOOK_SECONDS)} seconds; waiting for ${waitingFor}`);
  }

  private async fail(reason: string): Promise<AdvanceResult> {
    const state = await this.state();
    const commitKey = `internal_failure/${String(state.targetTime)}/${String(Date.now())}`;
    await this.write(state, { commitKey, step: 'failAdvance' }, (changes) => {
      failAdvance(changes, this.clock, reason);
    });
    return this.result(await this.state());
  }

  private expire(state: ClockState): Promise<void> {
    const load = (tx: TransactionSql): Promise<Rows> => loadClockAndMembers(tx, this.clock);
    return this.write(state, { commitKey: 'expire', step: 'deleteTestClock', load }, (changes) => {
      deleteTestClock(changes, this.clock);
    });
  }

  private async write(
    state: ClockState,
    { load, ...of }: Pick<CommitInput, 'commitKey' | 'step'> & { load?: (tx: TransactionSql) => Promise<Rows> },
    plan: (changes: ChangeSet) => void,
  ): Promise<void> {
    const { sql, secret, notifyEndpoints, linkTo } = this.deps;
    const input: CommitInput = {
      ...of,
      secret,
      render: (kind, key, rows) => snapshot(kind, key, rows, { linkTo }),
      scope: { account: state.account, livemode: state.livemode },
      workflow: `test-clock/${this.clock}`,
      now: Math.floor(Date.now() / 1000),
      customer: null,
    };
    const decide: Decide = async (tx) => ({ facts: await (load?.(tx) ?? loadClock(tx, this.clock)), request: null, plan });
    const { endpoints } = await commit(sql, input, decide);
    notifyEndpoints(endpoints);
  }

  private async state(): Promise<ClockState> {
    const state = await clockState(this.deps.sql, this.clock);
    if (!state) throw new Error(`there is no test clock ${this.clock}`);
    return state;
  }

  private result(state: ClockState): AdvanceResult {
    const { frozenTime, targetTime } = state;
    const waitingFor = this.steps.circling === null ? this.steps.waitingFor() : [this.steps.circling];
    return { status: state.deleted ? 'deleted' : state.status, frozenTime, targetTime, waitingFor };
  }
}
