import { execFile } from 'node:child_process';
import { accessSync, chmodSync, constants, existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { lastWords, startChild, stopChild, type Child } from './child';
import { cacheFolder, makeWhole } from './data-folder';
import { inTurn } from './in-turn';
import type { Progress } from './progress';

/** Observes a search for Temporal. */
export interface SearchOptions {
  env: NodeJS.ProcessEnv;
  progress: Progress;
  /** Receives each process that the search starts, so that it can be stopped. */
  onChild?: (child: Child) => void;
}

const goPackage = 'github.com/temporalio/cli/cmd/temporal@v1.5.1';
const probeUrl = 'https://temporal.download/cli/default?format=json';
const probeMs = 4_000;
const downloadMs = 180_000;
const buildMs = 1_800_000;
const execFileAsync = promisify(execFile);

const noWayLeft = `Temporal is not available here. One of these helps:
  1. set TEMPORAL_ADDRESS to a running Temporal server (host:port)
  2. put the Temporal CLI ("temporal") on PATH
  3. allow https://temporal.download, so that the CLI can be downloaded
  4. put Go ("go", 1.25 or later) on PATH: the CLI is then built from the Go module proxy`;

/**
 * The path of a Temporal CLI that runs: on PATH, cached by an earlier run, downloaded, or built with Go. A downloaded or built one goes
 * into a cache folder of the user, shared by all data folders. Of several first starts at the same time, one makes it and the others wait.
 *
 * @throws Error that names the four ways if none works
 */
export async function findTemporal(options: SearchOptions): Promise<string> {
  const cache = cacheFolder(options.env);
  const cached = join(cache, executable('temporal'));
  for (const candidate of [which('temporal', options.env), cached]) {
    if (candidate !== undefined && (await runs(candidate))) return candidate;
  }
  const waiting = (wait: () => Promise<void>): Promise<void> =>
    options.progress.during('waiting for another start, which makes the Temporal CLI', wait);
  const made = await inTurn(`${cached}.turn`, waiting, async () => {
    if (await runs(cached)) return cached;
    return makeWhole(cache, cached, async (workshop) => (await download(workshop, options)) ?? (await build(workshop, options)));
  });
  if (made === undefined) throw new Error(noWayLeft);
  return made;
}

function executable(name: string): string {
  return process.platform === 'win32' ? `${name}.exe` : name;
}

function which(name: string, env: NodeJS.ProcessEnv): string | undefined {
  return (env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, executable(name)))
    .find((path) => isExecutable(path));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

// An incomplete copy, or one for another kind of machine, cannot print its version.
async function runs(path: string): Promise<boolean> {
  if (!existsSync(path)) return false;
  return execFileAsync(path, ['--version'], { timeout: 20_000 }).then(
    () => true,
    () => false,
  );
}

/**
 * The official download, made by `@temporalio/testing` with the SDK's own code in a separate process, because it has no time limit and
 * shows no progress. A short probe comes first; without a network the download would try for minutes.
 */
async function download(workshop: string, options: SearchOptions): Promise<string | undefined> {
  const reachable = await fetch(probeUrl, { signal: AbortSignal.timeout(probeMs) }).then(
    (response) => response.ok,
    () => false,
  );
  if (!reachable) {
    options.progress.say('Temporal CLI: none on PATH, and temporal.download cannot be reached');
    return undefined;
  }
  return options.progress.during('downloading the Temporal CLI', () =>
    make({ name: 'temporal-download', workshop, timeoutMs: downloadMs, ...downloadCommand(workshop) }, options),
  );
}

function downloadCommand(workshop: string): { command: string; args: string[] } {
  const script = `
    const { TestWorkflowEnvironment } = require(${JSON.stringify(require.resolve('@temporalio/testing'))});
    const executable = { type: 'cached-download', downloadDir: ${JSON.stringify(workshop)} };
    TestWorkflowEnvironment.createLocal({ server: { executable } }).then((env) => env.teardown());`;
  return { command: process.execPath, args: ['-e', script] };
}

async function build(workshop: string, options: SearchOptions): Promise<string | undefined> {
  const go = which('go', options.env);
  if (go === undefined) {
    options.progress.say('Temporal CLI: there is no "go" on PATH to build it with');
    return undefined;
  }
  return options.progress.during('building the Temporal CLI with Go, once on this machine, about three minutes', () =>
    make({ name: 'go-install', workshop, timeoutMs: buildMs, command: go, args: ['install', goPackage] }, options),
  );
}

interface Making {
  name: string;
  workshop: string;
  timeoutMs: number;
  command: string;
  args: string[];
}

/**
 * Runs a command that puts one executable into the workshop.
 *
 * @returns its path, or undefined if that failed
 */
async function make(making: Making, options: SearchOptions): Promise<string | undefined> {
  const { name, workshop } = making;
  const logFile = join(dirname(workshop), `${name}.log`);
  const env = { ...options.env, HOME: options.env.HOME ?? homedir(), GOBIN: workshop };
  const child = await startChild({ name, command: making.command, args: making.args, env, cwd: workshop, logFile });
  options.onChild?.(child);
  const late = setTimeout(() => void stopChild(child), making.timeoutMs);
  const how = await child.ended;
  clearTimeout(late);
  const made = readdirSync(workshop).find((file) => file.startsWith('temporal'));
  if (made !== undefined) {
    const path = join(workshop, made);
    chmodSync(path, 0o755);
    if (await runs(path)) return path;
  }
  options.progress.say(`${name} ${how}, see ${logFile}: ${lastWords(child, 1)}`);
  return undefined;
}
