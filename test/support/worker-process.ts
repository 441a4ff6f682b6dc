import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { temporalAddress } from './stack';
import type { TestSystem } from './system';

/** A worker in a process of its own, so that it can be killed. */
export interface WorkerProcess {
  /** SIGKILL: it has no moment to say goodbye. */
  kill(): Promise<void>;
  /** SIGTERM, and the exit code. */
  stop(): Promise<number | null>;
  isRunning(): boolean;
  /** When it has ended, however that came. */
  ended: Promise<number | null>;
}

interface WorkerProcessOptions {
  /** A file of `test/support` that is loaded before the worker. */
  preload?: string;
  env?: Record<string, string>;
}

const root = join(__dirname, '..', '..');

export async function spawnWorker(system: TestSystem, { preload, env }: WorkerProcessOptions = {}): Promise<WorkerProcess> {
  const loaded = preload === undefined ? [] : ['--require', 'tsx/cjs', '--require', join(__dirname, preload)];
  const child = spawn(process.execPath, ['--import', 'tsx', ...loaded, join(root, 'worker', 'main.ts')], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      ...process.env,
      DATABASE_URL: system.database.url,
      TEMPORAL_ADDRESS: await temporalAddress(),
      TASK_QUEUE: system.taskQueue,
      WEBHOOK_ALLOWED_HOSTS: '127.0.0.0/8',
      LOG_LEVEL: 'fatal',
      ...env,
    },
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  await ready(child, ended);
  const end = (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    return ended;
  };
  return {
    kill: () => end('SIGKILL').then(() => undefined),
    stop: () => end('SIGTERM'),
    isRunning: () => child.exitCode === null && child.signalCode === null,
    ended,
  };
}

async function ready(child: ChildProcess, ended: Promise<number | null>): Promise<void> {
  const said = new Promise<void>((resolve) => child.once('message', () => resolve()));
  const died = ended.then((code) => {
    throw new Error(`the worker exited with code ${String(code)} before it was ready`);
  });
  await Promise.race([said, died]);
  died.catch(() => undefined);
}
