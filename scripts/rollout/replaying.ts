/** Whether running workflows can go on with this version: their histories are replayed with its code. */
import type { Client } from '@temporalio/client';
import { DeterminismViolationError } from '@temporalio/workflow';
import { DefaultLogger, Runtime, Worker, type ReplayResult } from '@temporalio/worker';
import { endWorkflow } from '../../temporal/advance';
import { workflowBundle } from '../../worker/bundle';

export interface Replayed {
  count: number;
  /** Workflows whose history asks for something else than this version would do. */
  differing: { workflowId: string; message: string }[];
}

const AT_ONCE = 8;
const FETCHED_AT_ONCE = 4;

/**
 * Replays running workflows.
 *
 * @param atMost newest first; absent: all
 */
export async function replayRunning(client: Client, taskQueue: string, atMost = Infinity): Promise<Replayed> {
  const logger = new DefaultLogger('ERROR', () => undefined);
  Runtime.install({ logger, telemetryOptions: { logging: { filter: { core: 'ERROR', other: 'ERROR' }, forward: {} } } });
  const query = `TaskQueue = '${taskQueue}' and ExecutionStatus = 'Running'`;
  const histories = client.workflow.list({ query }).intoHistories({ concurrency: FETCHED_AT_ONCE });
  const options = { workflowBundle: await workflowBundle(logger), reuseV8Context: true, maxConcurrentWorkflowTaskExecutions: AT_ONCE };
  const replayed: Replayed = { count: 0, differing: [] };
  for await (const result of Worker.runReplayHistories(options, firstOf(histories, atMost))) {
    replayed.count += 1;
    const message = differenceOf(result);
    if (message !== null) replayed.differing.push({ workflowId: result.workflowId, message });
  }
  return replayed;
}

/**
 * Ends workflows that this version cannot continue. Their rows stay: the next change, or the sweep when something is due, starts each again
 * from them.
 */
export async function restartFromRows(client: Client, { differing }: Replayed): Promise<void> {
  for (const { workflowId } of differing)
    await endWorkflow(client, workflowId, 'this version cannot continue the history; it starts again from its rows');
}

/** @throws Error of a replay that failed for another reason than a difference */
function differenceOf({ error, workflowId }: ReplayResult): string | null {
  if (error === undefined) return null;
  if (error instanceof DeterminismViolationError) return error.message;
  throw new Error(`The history of ${workflowId} was not replayed.`, { cause: error });
}

async function* firstOf<T>(items: AsyncIterable<T>, count: number): AsyncIterable<T> {
  let taken = 0;
  for await (const item of items) {
    if (taken >= count) return;
    taken += 1;
    yield item;
  }
}
