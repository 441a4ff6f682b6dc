import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, fstatSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { identify, signalGroup, type ProcessIdentity } from './process-identity';

/** The command to start, and its user. */
export interface ChildOptions {
  name: string;
  command: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  /** The file for stdout and stderr. */
  logFile: string;
  /** User and group to run as; only root can choose others. */
  user?: { uid: number; gid: number };
  cwd?: string;
  /** Whether only the child's user may read the files that the child makes. */
  secretive?: boolean;
  /** Whether the child is Node and reports over `process.send`. */
  ipc?: boolean;
}

/** A process in its own group, so that the terminal's Ctrl-C reaches only the launcher. */
export interface Child {
  name: string;
  identity: ProcessIdentity;
  process: ChildProcess;
  logFile: string;
  /** Where its own output begins in the log, in bytes. */
  logStart: number;
  /** How it ended: `exited with code 1`, `was ended by SIGKILL`. */
  ended: Promise<string>;
  /** The same, or undefined while it runs. */
  endedHow(): string | undefined;
}

/**
 * Starts a process whose output goes straight to its log file. It does not pass through the launcher, so that a killed launcher leaves no
 * child with a broken pipe.
 *
 * @throws Error if it cannot be started
 */
export async function startChild(options: ChildOptions): Promise<Child> {
  const log = openLog(options.logFile);
  const logStart = fstatSync(log).size;
  const child = spawnWith(options, log);
  closeSync(log);
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => {
      reject(new Error(`${options.name} cannot be started: ${error.message}`));
    });
  });
  return watch(child, options, logStart);
}

// A child inherits the file mode mask of the moment when it is spawned.
function spawnWith(options: ChildOptions, log: number): ChildProcess {
  const usual = options.secretive === true ? process.umask(0o077) : null;
  try {
    return spawn(options.command, options.args, {
      ...options.user,
      cwd: options.cwd,
      env: options.env,
      detached: true,
      stdio: options.ipc === true ? ['ignore', log, log, 'ipc'] : ['ignore', log, log],
    });
  } finally {
    if (usual !== null) process.umask(usual);
  }
}

/** The child's last lines, for the message about its death. */
export function lastWords(child: Child, lines = 30): string {
  try {
    const log = readFileSync(child.logFile);
    // A log that was rotated meanwhile starts at zero again.
    const written = log.subarray(log.length < child.logStart ? 0 : child.logStart).toString('utf8');
    return written.trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '';
  }
}

/**
 * Asks a child and its group to end, and kills them after `graceMs`.
 *
 * @param signal the child's signal for an orderly end; Postgres uses SIGINT
 */
export async function stopChild(child: Child, signal: NodeJS.Signals = 'SIGTERM', graceMs = 15_000): Promise<void> {
  if (child.endedHow() !== undefined) return;
  signalGroup(child.identity.pid, signal);
  const insist = setTimeout(() => {
    signalGroup(child.identity.pid, 'SIGKILL');
  }, graceMs);
  await child.ended;
  clearTimeout(insist);
}

function watch(child: ChildProcess, options: ChildOptions, logStart: number): Child {
  let how: string | undefined;
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => {
      how = signal === null ? `exited with code ${code ?? 0}` : `was ended by ${signal}`;
      resolve(how);
    });
  });
  const pid = child.pid ?? 0;
  // A zombie child has no start time. It has ended, and no later launcher needs to find it.
  const identity = identify(pid) ?? { pid, startedAt: '' };
  return { name: options.name, identity, process: child, logFile: options.logFile, logStart, ended, endedHow: () => how };
}

function openLog(logFile: string): number {
  mkdirSync(dirname(logFile), { recursive: true });
  return openSync(logFile, 'a', 0o600);
}
