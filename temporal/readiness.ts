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
  const lately = await pollersOf(connection, { namespace, taskQueue, kind: 'workflow' });
  if (lately.some((poller) => identity === undefined || poller.identity === identity)) return;
  throw new NoWorker(`no worker has asked for work on ${taskQueue} lately`);
}

/** What a worker asks for: tasks of workflows, or of activities. */
export type TaskKind = 'activity' | 'workflow';

export interface Poller {
  identity: string;
  /** By Temporal's clock, in milliseconds. */
  lastAccessMs: number;
}

/** The workers that have asked for work lately. */
export async function pollersOf(
  connection: ConnectionLike,
  { namespace, taskQueue, kind }: { namespace: string; taskQueue: string; kind: TaskKind },
): Promise<Poller[]> {
  const { pollers } = await connection.withDeadline(Date.now() + DEADLINE_MS, () =>
    // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- The enum is in a package that Dunlin does not depend on.
    connection.workflowService.describeTaskQueue({ namespace, taskQueue: { name: taskQueue }, ...TASKS[kind] }),
  );
  return pollers
    .map(({ identity, lastAccessTime }) => ({ identity: identity ?? '', lastAccessMs: Number(lastAccessTime?.seconds ?? 0) * 1000 }))
    .filter(({ lastAccessMs }) => Date.now() - lastAccessMs < SILENT_MS_MAX);
}

// Temporal's `TaskQueueType`, which the SDK exports from a package that Dunlin does not depend on.
const TASKS: Record<TaskKind, { taskQueueType: number }> = { workflow: { taskQueueType: 1 }, activity: { taskQueueType: 2 } };

class NoWorker extends Error {
  override name = 'NoWorker';
  readonly code = 'no_worker';
}
