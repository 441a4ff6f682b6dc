import { cancellationSignal, heartbeat } from '@temporalio/activity';
import { markEnded, runningOnClock } from '../db/test-clocks';
import { Advance, type AdvanceDependencies, type AdvanceResult } from './clock-advance';
import { ClockShares } from './clock-steps';
import type { ActivityDependencies } from './dependencies';

export type { AdvanceResult };
export type TestClockDependencies = AdvanceDependencies & Pick<ActivityDependencies, 'endWorkflow'>;

/** Workflows of a deleted clock that are ended in parallel. */
const ENDED_AT_ONCE = 8;

export function createTestClockActivities(deps: TestClockDependencies) {
  const shares = new ClockShares();
  return {
    /** Advances everything on a clock to its target, instant by instant. After a kill it resumes from the rows. */
    advanceClock: ({ clock }: { clock: string }): Promise<AdvanceResult> => shares.taking(() => new Advance(deps, shares, clock).run()),

    /** Ends the workflows of a deleted clock. Their rows stay. */
    endClock: async ({ clock }: { clock: string }): Promise<void> => {
      const running = await runningOnClock(deps.sql, clock);
      await Promise.all(Array.from({ length: ENDED_AT_ONCE }, () => endAll(deps, running, clock)));
    },
  };
}

async function endAll(deps: TestClockDependencies, running: string[], clock: string): Promise<void> {
  for (let workflow = running.shift(); workflow !== undefined; workflow = running.shift()) {
    heartbeat();
    cancellationSignal().throwIfAborted();
    await deps.endWorkflow(workflow, `test clock ${clock} was deleted`);
    await markEnded(deps.sql, workflow);
  }
}
