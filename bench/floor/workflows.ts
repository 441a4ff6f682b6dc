/** The shape of an empty renewal: its timers, local activities and its one activity, none of which does anything. */
import { proxyActivities, proxyLocalActivities, sleep } from '@temporalio/workflow';
import type { NothingActivities } from './worker';

const local = proxyLocalActivities<NothingActivities>({ startToCloseTimeout: '5 seconds' });
const processor = proxyActivities<NothingActivities>({ startToCloseTimeout: '30 seconds', taskQueue: 'floor-payments' });

export async function emptyRenewalWorkflow(renewals: number): Promise<void> {
  for (let done = 0; done < renewals; done += 1) {
    await sleep('2 seconds');
    await local.nothing('draft');
    await sleep('1 second');
    await local.nothing('finalize');
    await local.nothing('assess');
    await processor.nothing('charge');
    await local.nothing('record');
  }
}
