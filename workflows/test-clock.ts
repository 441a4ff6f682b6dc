import {
  CancellationScope,
  condition,
  continueAsNew,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../activities';
import type { AdvanceResult } from '../activities/test-clocks';
import { DEADLINES } from '../domain/core/deadlines';
import { advanceSignal, SEARCH_ATTRIBUTES, testClocksTaskQueue, type TestClockInput } from './contract';

const RUNS_PER_HISTORY = 100;

/** Assumes that failures are ours (Postgres, a worker that died): it resumes from the rows, so it may be retried forever. */
const ADVANCE = {
  startToCloseTimeout: DEADLINES.clockTurnLimit,
  heartbeatTimeout: DEADLINES.clockSilence,
  retry: { initialInterval: '500 milliseconds', backoffCoefficient: 2, maximumInterval: '20 seconds' },
} as const;

/**
 * Advances virtual time over every workflow on one test clock, whenever the clock's row has a target. Keeps no state: the rows say what is
 * done and what is left. Ends when the clock is deleted, and not by a cancellation from outside.
 */
export async function testClockWorkflow(input: TestClockInput): Promise<void> {
  await CancellationScope.nonCancellable(() => moveTime(input));
}

async function moveTime(input: TestClockInput): Promise<void> {
  const { advanceClock, endClock } = proxyActivities<Pick<Activities, 'advanceClock' | 'endClock'>>({
    ...ADVANCE,
    taskQueue: testClocksTaskQueue(workflowInfo().taskQueue),
  });
  let signaled = false;
  setHandler(advanceSignal, () => {
    signaled = true;
  });
  let status = workflowInfo().typedSearchAttributes.get(SEARCH_ATTRIBUTES.status);
  for (let runs = 0; runs < RUNS_PER_HISTORY && !workflowInfo().continueAsNewSuggested; runs += 1) {
    signaled = false;
    const result = await advanceClock({ clock: input.clock });
    if (result.status !== status) upsertSearchAttributes([{ key: SEARCH_ATTRIBUTES.status, value: result.status }]);
    status = result.status;
    setCurrentDetails(describe(result));
    if (result.status === 'deleted') return endClock({ clock: input.clock });
    if (result.status !== 'advancing') await condition(() => signaled);
  }
  await continueAsNew<typeof testClockWorkflow>(input);
}

function describe({ status, frozenTime, targetTime, waitingFor }: AdvanceResult): string {
  const time = (seconds: number): string => new Date(seconds * 1000).toISOString();
  const target = targetTime === null ? '' : `, on its way to ${time(targetTime)}`;
  const waiting = waitingFor.length === 0 ? '' : `, waiting for ${waitingFor.map((id) => `\`${id}\``).join(', ')}`;
  return `**${status}** at ${time(frozenTime)}${target}${waiting}`;
}
