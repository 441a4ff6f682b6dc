import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { childEnvironment } from '../../config';
import type { DevFile } from '../../embedded/data-folder';
import { isRunning } from '../../embedded/process-identity';
import type { NotedChild } from '../../embedded/run-file';

const root = join(__dirname, '..', '..');
const patienceMs = 120_000;

/** One run of `npm start`, as a process. */
export interface Launcher {
  process: ChildProcess;
  pid: number;
  /** What it has printed so far. */
  output(): string;
  /** Waits for `dev.json`; fails with the output when the launcher ends first. */
  ready(): Promise<DevFile>;
  /** Waits for its end. @returns the exit code, or the signal's name */
  ended(): Promise<number | string>;
}

const launchers: Launcher[] = [];
const folders: string[] = [];

/** A data folder of the test's own that Postgres's user can reach. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dunlin-start-'));
  chmodSync(folder, 0o711);
  folders.push(folder);
  return folder;
}

/** Starts the launcher on free ports. */
export function start(dataFolder: string, env: NodeJS.ProcessEnv = {}): Launcher {
  const child = spawn(process.execPath, [join(root, 'cli', 'dunlin.cjs'), 'start'], {
    cwd: root,
    env: childEnvironment({ NODE_OPTIONS: '', PORT: '0', DUNLIN_DATA: dataFolder, DATABASE_URL: '', TEMPORAL_ADDRESS: '', ...env }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const closed = new Promise<number | string>((resolve) => {
    child.once('close', (code, signal) => {
      resolve(code ?? signal ?? 'unknown');
    });
  });
  const launcher: Launcher = {
    process: child,
    pid: child.pid ?? 0,
    output: () => output,
    ready: () => untilReady(child, dataFolder, () => output),
    ended: () => closed,
  };
  launchers.push(launcher);
  return launcher;
}

/** The children that a launcher has noted in its data folder. */
export function noted(dataFolder: string): NotedChild[] {
  try {
    return (JSON.parse(readFileSync(join(dataFolder, 'run.json'), 'utf8')) as { children: NotedChild[] }).children;
  } catch {
    return [];
  }
}

/** Waits until a condition holds. */
export async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await sleep(50);
  }
}

/** Whether anything answers HTTP under a URL, with whatever status. */
export async function answers(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
    () => true,
    () => false,
  );
}

/** Processes whose command line names a data folder, where there is a /proc to look at. */
export function processesNaming(dataFolder: string): string[] {
  if (process.platform !== 'linux') return [];
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      } catch {
        return '';
      }
    })
    .filter((line) => line.includes(dataFolder));
}

/** Ends what a test has left, also when it failed, and deletes its folders. */
export async function cleanUp(): Promise<void> {
  for (const launcher of launchers.splice(0)) {
    if (launcher.process.exitCode !== null || launcher.process.signalCode !== null) continue;
    launcher.process.kill('SIGTERM');
    await launcher.ended();
  }
  for (const folder of folders.splice(0)) {
    for (const child of noted(folder).filter(isRunning)) process.kill(child.pid, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function untilReady(child: ChildProcess, dataFolder: string, output: () => string): Promise<DevFile> {
  const file = join(dataFolder, 'dev.json');
  await until('Dunlin is ready', () => {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the launcher ended:\n${output()}`);
    return existsSync(file) && output().includes('Dunlin is ready');
  });
  return JSON.parse(readFileSync(file, 'utf8')) as DevFile;
}

/** Files of a data folder that other users of the machine may read. */
export function readableByOthers(data: string): string[] {
  return readdirSync(data)
    .map((name) => join(data, name))
    .filter((path) => statSync(path).isFile() && (statSync(path).mode & 0o077) !== 0);
}
