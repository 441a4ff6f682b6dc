import { CancellationScope, proxyActivities, setCurrentDetails, workflowInfo } from '@temporalio/workflow';
import type { Activities } from '../activities';
import { DEADLINES } from '../domain/core/deadlines';
import { endedBy } from './cancelable';
import { cancelFillSignal, testClocksTaskQueue, type FillInput } from './contract';

const PATIENT = {
  startToCloseTimeout: DEADLINES.fillTurn,
  heartbeatTimeout: DEADLINES.clockSilence,
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '20 seconds', maximumAttempts: 60 },
} as const;

/** A believable company comes into the sandbox and lives, month by month. A cancellation ends it at once; what was made stays. */
export async function fillWorkflow(input: FillInput): Promise<void> {
  const act = proxyActivities<Pick<Activities, 'beginFill' | 'endFill' | 'fillMonth'>>({
    ...PATIENT,
    taskQueue: testClocksTaskQueue(workflowInfo().taskQueue),
  });
  const ended = await endedBy(cancelFillSignal, async () => {
    const months = await act.beginFill(input);
    for (let month = 0; month < months; month += 1) {
      setCurrentDetails(`month ${String(month + 1)} of ${String(months)}`);
      await act.fillMonth({ ...input, month });
    }
  });
  const outcome = 'done' in ended ? ({ status: 'completed', failure: null } as const) : ended;
  await CancellationScope.nonCancellable(() => act.endFill({ ...input, ...outcome }));
  setCurrentDetails(`**${outcome.status}**`);
}
