import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { DEADLINES } from '../domain/core/deadlines';
import type { HoldRequest } from '../domain/rows/held';
import type { PlanningGuard } from '../activities/dependencies';

/** What the thread is given: the memory that both see, and how it reaches Postgres. */
export interface WatchdogData {
  beats: SharedArrayBuffer;
  /** JSON of what is being planned, its length first; a length of zero is nothing. */
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
 * Planning is ordinary code, and a mistake in it can keep the worker's only thread for ever: then no other workflow of this worker goes
 * on, and its timers do not run, so that it cannot help itself. Another thread watches the heartbeat of this one. Where it stops
 * during planning, that thread writes the entity down as held (`stuck`) and kills the process; whoever starts it again finds the
 * entity held, and everybody else goes on.
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

  /** Runs planning, which may not come back. */
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
