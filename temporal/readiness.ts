import type { ConnectionLike } from '@temporalio/client';
import { DEADLINES } from '../domain/core/deadlines';

/** A worker asks for work at least once a minute, also when there is none; on its own, an answer that late is no sign of life. */
const SILENT_MS_MAX = 90_000;
/** Less than whoever asks waits, so that nothing piles up. */
const DEADLINE_MS = DEADLINES.readinessCall;

/** @throws ServiceError when Temporal does not answer in time */
export async function temporalAnswers(connection: ConnectionLike): Promise<void> {
  await connection.withDeadline(Date.now() + DEADLINE_MS, () => connection.workflowService.getSystemInfo({}));
}

/** Where to look for workers. */
export interface PollersOf {
  namespace: string;
  taskQueue: string;
  /** Only this worker counts. Absent: any does. */
  identity?: string;
}

/** @throws NoWorker when none has asked for work lately, ServiceError when Temporal does not answer */
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
