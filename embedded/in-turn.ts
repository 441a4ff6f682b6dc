import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identify, isRunning, type ProcessIdentity } from './process-identity';

const PAUSE_MS = 500;

/**
 * Does what takes long and need not be done twice: while one process of this machine works, the others wait. The turn of a killed process
 * is over. In a rare race two processes may still work at the same time, and `work` must allow that.
 *
 * @param file exists during a turn and names its process
 * @param during runs the wait, if there is one
 */
export async function inTurn<T>(file: string, during: (wait: () => Promise<void>) => Promise<void>, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o755 });
  if (!take(file)) {
    await during(async () => {
      while (!take(file)) await sleep(PAUSE_MS);
    });
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file: string): boolean {
  if (!isTaken(file)) rmSync(file, { force: true });
  try {
    writeFileSync(file, JSON.stringify(identify(process.pid) ?? null), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function isTaken(file: string): boolean {
  try {
    return isRunning(JSON.parse(readFileSync(file, 'utf8')) as ProcessIdentity);
  } catch {
    // There is none, or it names nobody.
    return false;
  }
}
