import { ActivityFailure, CancellationScope, isCancellation, rootCause, setHandler, type SignalDefinition } from '@temporalio/workflow';

/** What ended work before it was done. */
export type Ended = { status: 'canceled'; failure: null } | { status: 'failed'; failure: string };

/** Does work until it is done. The signal, a cancellation from outside and an activity that was given up end it at once. */
export async function endedBy<T>(signal: SignalDefinition, work: () => Promise<T>): Promise<Ended | { done: T }> {
  const scope = new CancellationScope();
  setHandler(signal, () => {
    scope.cancel();
  });
  try {
    return { done: await scope.run(work) };
  } catch (error) {
    if (isCancellation(error)) return { status: 'canceled', failure: null };
    if (!(error instanceof ActivityFailure)) throw error;
    return { status: 'failed', failure: rootCause(error) ?? 'no message' };
  }
}
