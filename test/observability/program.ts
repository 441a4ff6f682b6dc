import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { childEnvironment } from '../../config';

const root = join(__dirname, '..', '..');

/** One of Dunlin's programs as a process, with its operators' listener. */
export interface ProgramProcess {
  /** Of the API; empty for the worker. */
  url: string;
  /** Of the operators' listener. */
  operators: string;
  log(): string;
  /** SIGTERM, and waits for its end. @returns its exit code */
  stop(): Promise<number | null>;
}

/**
 * Starts a program and waits until it is ready.
 *
 * @param sources the folder of its version; absent: of this one
 */
export async function spawnProgram(
  name: 'server' | 'worker',
  env: Record<string, string>,
  sources: string = root,
): Promise<ProgramProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(sources, name, 'main.ts')], {
    cwd: sources,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: childEnvironment({ NODE_OPTIONS: '', PORT: '0', METRICS_PORT: '0', LOG_LEVEL: 'info', ...env }),
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const told = await new Promise<{ url?: string; metrics: string }>((resolve, reject) => {
    child.once('message', (message) => resolve(message as never));
    void ended.then(() => reject(new Error(`the ${name} ended before it was ready:\n${log}`)));
  });
  return {
    url: told.url ?? '',
    operators: told.metrics,
    log: () => log,
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}
