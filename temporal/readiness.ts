import type { ConnectionLike } from '@temporalio/client';
import { DEADLINES } from '../domain/core/deadlines';

/** A worker polls for work at least once a minute, even if there is none. A single poll that late proves nothing by itself. */
const SILENT_MS_MAX = 90_000;
/** Shorter than the caller's wait, so that nothing piles up. */
const DEADLINE_MS = DEADLINES.readinessCall;

/** @throws ServiceError if Temporal does not answer in time */
export async function temporalAnswers(connection: ConnectionLike): Promise<void> {
  await connection.withDeadline(Date.now() + DEADLINE_MS, () => connection.workflowService.getSystemInfo({}));
}

/** Where to look for workers. */
export interface PollersOf {
  namespace: string;
  taskQueue: string;
  /** Only this worker counts. Absent: any worker counts. */
  identity?: string;
}

/** @throws NoWorker if none has polled for work lately, ServiceError if Temporal does not answer */
export async function workerAsksForWork(connection: ConnectionLike, { namespace, taskQueue, identity }: PollersOf): Promise<void> {
  const { pollers } = await connection.withDeadline(Date.now() + DEADLINE_MS, () =>
    connection.workflowService.describeTaskQueue({ namespace, taskQueue: { name: taskQueue } }),
  );
  const lately = pollers.filter(({ lastAccessTime }) => Date.now() - Number(lastAccessTime?.seconds ?? 0) * 1000 < SILENT_MS_MAX);
  if (lately.some((poller) => identity === undefined || poller.identity === identity)) return;
  throw new NoWorker(`no worker has asked for work on ${taskQueue} lately`);
}

class NoWorker extends Error {
  override name = 'NoWorker';
  readonly code = 'no_worker';
}
