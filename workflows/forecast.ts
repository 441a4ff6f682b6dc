import { CancellationScope, continueAsNew, proxyActivities, setCurrentDetails, workflowInfo } from '@temporalio/workflow';
import type { Activities } from '../activities';
import type { ForecastPlan } from '../activities/forecasts';
import { DEADLINES } from '../domain/core/deadlines';
import { endedBy } from './cancelable';
import { cancelForecastSignal, testClocksTaskQueue, type ForecastInput } from './contract';

/** Batches that live at the same time. Each is a test clock, and the work of this machine is shared with everything else. */
const SIDE_BY_SIDE = 2;

const PATIENT = {
  startToCloseTimeout: DEADLINES.forecastTurn,
  heartbeatTimeout: DEADLINES.clockSilence,
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '20 seconds', maximumAttempts: 60 },
} as const;

type Forecasting = Pick<
  Activities,
  | 'advanceForecastBatch'
  | 'beginForecast'
  | 'copyForecastBatch'
  | 'endForecast'
  | 'finishForecastBatch'
  | 'removeForecastBatch'
  | 'sumForecastBatch'
>;

/**
 * Copies of running subscriptions live through the months of a forecast, batch by batch, and are removed. A cancellation, by the API or from outside, ends
 * it at once; what it has made is removed first.
 */
export async function forecastWorkflow(input: ForecastInput): Promise<void> {
  const act = proxyActivities<Forecasting>({ ...PATIENT, taskQueue: testClocksTaskQueue(workflowInfo().taskQueue) });
  const ended = await endedBy(cancelForecastSignal, () => forecast(input, act));
  if ('done' in ended && ended.done === 'unfinished') await continueAsNew<typeof forecastWorkflow>(input);
  const outcome = 'done' in ended ? ({ status: 'completed', failure: null } as const) : ended;
  await CancellationScope.nonCancellable(() => act.endForecast({ ...input, ...outcome }));
  setCurrentDetails(`**${outcome.status}**`);
}

async function forecast(input: ForecastInput, act: Forecasting): Promise<'completed' | 'unfinished'> {
  const plan = await act.beginForecast(input);
  const left = [...plan.batches];
  const isLong = (): boolean => workflowInfo().continueAsNewSuggested;
  const work = async (): Promise<void> => {
    for (let batch = left.shift(); batch !== undefined; batch = isLong() ? undefined : left.shift()) {
      await live({ ...input, batch }, plan, act);
      setCurrentDetails(`${String(left.length)} of ${String(plan.batches.length)} batches are left`);
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  return left.length > 0 ? 'unfinished' : 'completed';
}

/** One batch, in each version one after the other. */
async function live(of: { forecast: string; batch: number }, { months, versions }: ForecastPlan, act: Forecasting): Promise<void> {
  for (const version of versions) {
    await act.copyForecastBatch({ ...of, version });
    for (let month = 0; month < months; month += 1) await act.advanceForecastBatch({ ...of, version, month });
    await act.sumForecastBatch({ ...of, version });
    await act.removeForecastBatch({ ...of, version });
  }
  await act.finishForecastBatch(of);
}
