import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { DEADLINES } from '../domain/core/deadlines';
import type { HoldRequest } from '../domain/rows/held';
import type { PlanningGuard } from '../activities/dependencies';

/** The thread's input: the shared memory, and how to reach Postgres. */
export interface WatchdogData {
  beats: SharedArrayBuffer;
  /** JSON of the present planning, preceded by its length; a length of zero means none. */
  planning: SharedArrayBuffer;
  databaseUrl: string;
  appVersion: string;
}

export type Planned = Omit<HoldRequest, 'failure'>;

// tsx's loader for modules does not reach threads; its loader for `require` does.
const THREAD = `require(${JSON.stringify(require.resolve('tsx/cjs'))}); require(${JSON.stringify(join(__dirname, 'watchdog-thread.ts'))});`;
const PLANNING_BYTES = 4_096;
const LENGTH_BYTES = 4;

/**
 * Planning is ordinary code, and a bug in it can block the worker's only thread forever. Then none of this worker's workflows continue, and
 * its timers do not run, so it cannot help itself. Another thread watches this thread's heartbeat. If it stops during planning, the other
 * thread records the entity as held (`stuck`) and kills the process. The restarted process finds the entity held, and all others continue.
 */
export class Watchdog {
  private readonly beats = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  private readonly memory = new SharedArrayBuffer(LENGTH_BYTES + PLANNING_BYTES);
  private readonly length = new Int32Array(this.memory, 0, 1);
  private readonly text = new Uint8Array(this.memory, LENGTH_BYTES);
  private readonly thread: Worker;
  private readonly heart: NodeJS.Timeout;

  constructor(of: { databaseUrl: string; appVersion: string }) {
    const data: WatchdogData = { ...of, beats: this.beats.buffer, planning: this.memory };
    this.thread = new Worker(THREAD, { eval: true, execArgv: [], workerData: data });
    this.thread.unref();
    this.heart = setInterval(() => Atomics.add(this.beats, 0, 1), DEADLINES.heartbeat);
    this.heart.unref();
  }

  /** Runs planning, which may not return. */
  readonly guard: PlanningGuard = (planned, plan) => {
    const { written } = new TextEncoder().encodeInto(JSON.stringify(planned), this.text);
    Atomics.store(this.length, 0, written);
    try {
      return plan();
    } finally {
      Atomics.store(this.length, 0, 0);
    }
  };

  async stop(): Promise<void> {
    clearInterval(this.heart);
    await this.thread.terminate();
  }
}
