/**
 * The shapes of a start and of a renewal with nothing in them: Dunlin's timers, messages, local activities and its one activity, none of
 * which does anything.
 */
import { condition, defineUpdate, proxyActivities, proxyLocalActivities, setHandler, sleep } from '@temporalio/workflow';
import type { NothingActivities } from './worker';

const createUpdate = defineUpdate('create');
const advanceUpdate = defineUpdate('advance');

const local = proxyLocalActivities<NothingActivities>({ startToCloseTimeout: '5 seconds' });
const processor = proxyActivities<NothingActivities>({ startToCloseTimeout: '30 seconds', taskQueue: 'floor-payments' });

/** A subscription that is paid at its start, and then waits for its first renewal. */
export async function emptyStartWorkflow(): Promise<void> {
  setHandler(createUpdate, async () => {
    await local.nothing('create');
    await charge();
  });
  await sleep('1 day');
}

/** By timers: the draft, an hour, the finalization and the charge. */
export async function emptyRenewalWorkflow(renewals: number): Promise<void> {
  for (let done = 0; done < renewals; done += 1) {
    await sleep('2 seconds');
    await local.nothing('draft');
    await sleep('1 second');
    await local.nothing('finalize');
    await charge();
  }
}

/** By timers, with an invoice that is final at once. */
export async function emptyRenewalWithoutHourWorkflow(renewals: number): Promise<void> {
  for (let done = 0; done < renewals; done += 1) {
    await sleep('2 seconds');
    await local.nothing('draft and finalize');
    await charge();
  }
}

/** On a test clock: one message for the draft, one for the finalization and the charge. */
export async function emptyClockWorkflow(): Promise<void> {
  let messages = 0;
  setHandler(advanceUpdate, async () => {
    messages += 1;
    if (messages % 2 === 1) {
      await local.nothing('draft');
    } else {
      await local.nothing('finalize');
      await charge();
    }
  });
  await condition(() => false);
}

async function charge(): Promise<void> {
  await local.nothing('assess');
  await processor.nothing('charge');
  await local.nothing('record');
}
