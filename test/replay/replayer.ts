import { PassThrough } from 'node:stream';
import { DefaultLogger, Worker, type ReplayWorkerOptions } from '@temporalio/worker';
import { quietRuntime } from '../support/runtime';

export const logger = new DefaultLogger('ERROR');

/** Replays histories one after the other in one worker: a worker of its own for each would take ten times as long as most histories. */
export class Replayer {
  private readonly given = new PassThrough({ objectMode: true });
  private readonly results: ReturnType<typeof Worker.runReplayHistories>;
  private count = 0;

  constructor(options: ReplayWorkerOptions) {
    quietRuntime();
    this.results = Worker.runReplayHistories({ reuseV8Context: true, ...options }, this.given);
  }

  /** @throws DeterminismViolationError if the workflow would do something else than it did */
  async replay(history: object): Promise<void> {
    const workflowId = `replayed-${String((this.count += 1))}`;
    this.given.write({ workflowId, history });
    const result = await this.results.next();
    if (result.done === true) throw new Error(`the worker ended before it had replayed ${workflowId}`);
    if (result.value.workflowId !== workflowId) throw new Error(`${result.value.workflowId} was replayed, and not ${workflowId}`);
    if (result.value.error) throw result.value.error;
  }

  async stop(): Promise<void> {
    this.given.end();
    await this.results.next();
  }
}
