/** The measured system: its own Postgres, and everything else as `npm start` starts it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { childEnvironment } from '../config';
import { connect, type Sql } from '../db/connect';
import type { Child } from '../embedded/child';
import { openDataFolder, type DevFile } from '../embedded/data-folder';
import { freePort } from '../embedded/ports';
import { initializeCluster, startPostgres, stopPostgres, type PostgresHome } from '../embedded/postgres';
import { administratorUrl, postgresUrl } from '../embedded/postgres-roles';
import { choosePostgresHome } from '../embedded/postgres-home';
import { silent } from '../embedded/progress';
import { openTap, type Tap } from './tap';

/** The measured processes, by the launcher's names for its children. */
export type ProcessName = 'server' | 'worker' | 'temporal' | 'postgres';
export const PROCESS_NAMES: readonly ProcessName[] = ['server', 'worker', 'temporal', 'postgres'];

export interface MeasuredStack extends DevFile {
  pids: Record<ProcessName, number>;
  /** The system's connection to Postgres, if it was requested. */
  tap: Tap | null;
  /** The benchmark's own connections, which do not count as work of the system. */
  sql: Sql;
  /** URL of its database for a superuser. */
  administratorUrl: string;
  stop: () => Promise<void>;
}

export interface StackOptions {
  /** Another checkout of Dunlin, to compare two versions in one run. */
  checkout?: string;
  /** Counts the traffic between the system and Postgres. */
  tapped?: boolean;
  /** Puts a proxy between the system and Postgres: returns the system's URL, and how to close the proxy. */
  between?: (databaseUrl: string) => Promise<{ url: string; close: () => Promise<void> }>;
  /** Additional environment for the children, for instance `NODE_OPTIONS` for a profile. */
  env?: Record<string, string>;
}

const READY_MS = 180_000;

const started = new Set<() => Promise<void>>();

/** Runs a benchmark as a program: everything that it started ends with it, also on a signal, and an error sets the exit code. */
export function run(main: () => Promise<void>): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void stopStacks().then(() => process.exit(130));
    });
  }
  main().catch(async (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    await stopStacks();
    process.exit(1);
  });
}

/** Runs `work`, and then undoes what it has started, in reverse order; also on a signal. */
export async function undoing<T>(work: (undo: (() => unknown)[]) => Promise<T>): Promise<T> {
  const undo: (() => unknown)[] = [];
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
    started.delete(stop);
  };
  started.add(stop);
  try {
    return await work(undo);
  } finally {
    await stop();
  }
}

/** Stops everything that was started, even during a start. */
async function stopStacks(): Promise<void> {
  await Promise.all([...started].map((stop) => stop()));
}

/** In a new folder below the system's temporary one, on free ports; `stop` ends and removes exactly that. */
export async function startStack(options: StackOptions = {}): Promise<MeasuredStack> {
  const folder = mkdtempSync(join(tmpdir(), 'dunlin-bench-'));
  chmodSync(folder, 0o711);
  const undo: (() => unknown)[] = [
    () => {
      rmSync(folder, { recursive: true, force: true });
    },
  ];
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
    started.delete(stop);
  };
  started.add(stop);
  try {
    const { url, postgres, ...database } = await startDatabase(folder, undo);
    const tap = options.tapped === true ? await openTap(url) : null;
    const way = tap ?? (await options.between?.(url)) ?? null;
    if (way !== null) undo.push(way.close);
    const launcher = startLauncher(folder, way?.url ?? url, options);
    undo.push(() => endLauncher(launcher));
    const dev = await untilReady(folder, launcher);
    const sql = connect(url, { max: 4, name: 'dunlin-bench' });
    undo.push(() => sql.end({ timeout: 2 }));
    return { ...dev, ...database, tap, pids: { ...childrenOf(folder), postgres: postgres.identity.pid }, sql, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A throwaway Postgres. */
export interface Database {
  url: string;
  administratorUrl: string;
  postgres: Child;
}

export async function startDatabase(folder: string, undo: (() => unknown)[]): Promise<Database> {
  const data = openDataFolder(join(folder, 'data'));
  const home: PostgresHome = await choosePostgresHome(data, await freePort(), silent);
  undo.push(() => {
    rmSync(home.folder, { recursive: true, force: true });
  });
  await initializeCluster(home);
  const postgres = await startPostgres(home);
  undo.push(() => stopPostgres(postgres));
  const url = postgresUrl(home);
  return { url, administratorUrl: administratorUrl(home, new URL(url).pathname.slice(1)), postgres };
}

function startLauncher(folder: string, databaseUrl: string, { checkout = join(__dirname, '..'), env = {} }: StackOptions): ChildProcess {
  const log = openSync(join(folder, 'launcher.log'), 'a');
  return spawn(process.execPath, ['--enable-source-maps', '--import', 'tsx', join(checkout, 'embedded', 'main.ts')], {
    cwd: checkout,
    env: childEnvironment({ ...env, PORT: '0', DUNLIN_DATA: join(folder, 'data'), DATABASE_URL: databaseUrl, LOG_LEVEL: 'warn' }),
    stdio: ['ignore', log, log],
  });
}

/** Asks the launcher to stop its children, and waits for it. */
async function endLauncher(launcher: ChildProcess): Promise<void> {
  if (launcher.exitCode !== null || launcher.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => launcher.once('exit', () => resolve()));
  launcher.kill('SIGTERM');
  await gone;
}

async function untilReady(folder: string, launcher: ChildProcess): Promise<DevFile> {
  const file = join(folder, 'data', 'dev.json');
  const deadline = Date.now() + READY_MS;
  while (!existsSync(file)) {
    if (launcher.exitCode !== null || Date.now() > deadline) {
      throw new Error(`Dunlin did not start:\n${readFileSync(join(folder, 'launcher.log'), 'utf8')}`);
    }
    await sleep(100);
  }
  return JSON.parse(readFileSync(file, 'utf8')) as DevFile;
}

function childrenOf(folder: string): Record<'server' | 'worker' | 'temporal', number> {
  const { children } = JSON.parse(readFileSync(join(folder, 'data', 'run.json'), 'utf8')) as { children: { name: string; pid: number }[] };
  const pid = (name: string): number => children.find((child) => child.name === name)?.pid ?? 0;
  return { server: pid('server'), worker: pid('worker'), temporal: pid('temporal') };
}
