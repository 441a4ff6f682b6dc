/** Workflows that bring about, one by one, what can become of a message to a workflow. */
import { ApplicationFailure } from '@temporalio/common';
import { allHandlersFinished, condition, defineSignal, defineUpdate, proxyLocalActivities, setHandler } from '@temporalio/workflow';
import { createRefundUpdate } from '../../workflows/contract';

export const changeUpdate = defineUpdate<string, [string]>('change');
export const endSignal = defineSignal('end');
export const otherSignal = defineSignal('other');

export interface Helpers {
  /** How often this workflow has started, this time included. */
  started: () => Promise<number>;
  /** Keeps the workflow's task open. */
  takeAWhile: () => Promise<void>;
}
const { started, takeAWhile } = proxyLocalActivities<Helpers>({ startToCloseTimeout: '5 seconds' });

const never = () => condition(() => false).then(() => '');

/** Accepts every message and answers at once; ends on request. */
export async function answering(): Promise<void> {
  let isOver = false;
  setHandler(changeUpdate, (what) => {
    if (what === 'a bug') throw ApplicationFailure.nonRetryable('it cannot do that', 'Bug');
    return `${what} is done`;
  });
  setHandler(endSignal, () => {
    isOver = true;
  });
  await condition(() => isOver);
}

/** Accepts every message and never answers. */
export async function silent(): Promise<void> {
  setHandler(changeUpdate, never);
  await condition(() => false);
}

/** Ends while it is at work on what it was told. */
export async function ending(): Promise<void> {
  let isTold = false;
  setHandler(changeUpdate, () => {
    isTold = true;
    return never();
  });
  await condition(() => isTold);
}

/** Ends in a task that takes a while, so that a signal overtakes its end, and the task fails with what it had taken in. */
export async function overtaken(): Promise<void> {
  let isTold = false;
  setHandler(changeUpdate, () => {
    isTold = true;
    return never();
  });
  setHandler(otherSignal, () => undefined);
  await condition(() => isTold);
  await takeAWhile();
}

/** Knows no message. */
export async function deaf(): Promise<void> {
  await condition(() => false);
}

/** Cannot continue: each of its tasks fails. */
export async function broken(): Promise<void> {
  setHandler(changeUpdate, () => '');
  await condition(() => {
    throw new TypeError('its code is broken');
  });
}

/** In its first run it ends while it is at work on a change, as one does that is ended by what another one wrote; then it answers. */
export async function refundWorkflow(): Promise<void> {
  let isTold = false;
  let answers = false;
  setHandler(createRefundUpdate, async () => {
    isTold = true;
    await condition(() => answers);
    return { refusal: null, failure: null, woke: [] };
  });
  if ((await started()) === 1) {
    await condition(() => isTold);
    return;
  }
  answers = true;
  await condition(() => isTold && allHandlersFinished());
}
