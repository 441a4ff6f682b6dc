import { chmodSync, existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import type { Config } from '../config';
import { temporalConnectionOptions } from '../temporal/connect';
import { ensureNamespaceRetention, registerSearchAttributes } from '../worker/search-attributes';
import { lastWords, startChild, stopChild, type Child } from './child';
import { isFree } from './ports';
import type { Progress } from './progress';
import type { Service } from './supervisor';

/** Dunlin's own Temporal dev server. */
export interface TemporalHome {
  binary: string;
  namespace: string;
  /** SQLite file of all its data. Absent: in memory, lost with the process. */
  databaseFile?: string;
  port: number;
  /** Port of the Web UI. Absent: no UI. */
  uiPort?: number;
  logFile: string;
  env: NodeJS.ProcessEnv;
}

/** A dev server keeps closed workflows for a day, which is too short to investigate last week. */
const retentionDays = 30;

/**
 * Without these, each of its many small transactions creates, syncs and deletes a journal file, which is half of Temporal's CPU. A killed
 * process loses nothing. A machine that loses power may lose the last moments of the file, but never its consistency; the rows then restart
 * the lost work.
 */
const pragmas = ['journal_mode=WAL', 'synchronous=NORMAL', 'cache_size=-65536', 'temp_store=MEMORY'];

/** One server needs no partitions: each but the first only passes tasks on. */
const partitions = ['matching.numTaskqueueReadPartitions=1', 'matching.numTaskqueueWritePartitions=1'];

/**
 * How much the heap may grow, in percent, before Go collects it. At Go's usual 100, the collector is an eighth of Temporal's CPU. This takes
 * some 170 MB more memory.
 */
const heapGrowth = { GOGC: '400' };

/** Address of its frontend. */
export function temporalAddressOf(home: TemporalHome): string {
  return `127.0.0.1:${home.port}`;
}

/**
 * Besides its configured ports, the dev server listens on ports that it chooses itself. Another program may take one of them between choice
 * and use. The dev server dies then, and the next one chooses others.
 */
const STARTS = 5;

/**
 * Starts the dev server and waits until it answers. One that crashes first is started again, a few times.
 *
 * @throws Error with the end of its log if it crashes each time or is stopped, or does not answer within a minute
 */
export async function startTemporal(home: TemporalHome, onChild: (child: Child) => void = () => undefined): Promise<Child> {
  for (let starts = 1; ; starts += 1) {
    const child = await startOnce(home, onChild);
    try {
      await untilItAnswers(home, child);
      return child;
    } catch (error) {
      const crashed = /^exited with code [^0]/.test(child.endedHow() ?? '');
      await stopTemporal(child);
      if (!crashed || starts === STARTS || !(await isFree(home.port))) throw error;
    }
  }
}

async function startOnce(home: TemporalHome, onChild: (child: Child) => void): Promise<Child> {
  if (home.databaseFile !== undefined) closeToOthers(home.databaseFile);
  const child = await startChild({
    name: 'temporal',
    command: home.binary,
    args: serverArguments(home),
    env: { ...heapGrowth, ...home.env },
    logFile: home.logFile,
    secretive: true,
  });
  onChild(child);
  return child;
}

// Its payloads contain customers' ids and amounts. SQLite keeps its log and its index in files beside it.
function closeToOthers(databaseFile: string): void {
  for (const file of ['', '-wal', '-shm'].map((suffix) => `${databaseFile}${suffix}`)) {
    if (existsSync(file)) chmodSync(file, 0o600);
  }
}

/** Stops the dev server. Its file is complete at any moment. */
async function stopTemporal(child: Child): Promise<void> {
  await stopChild(child, 'SIGTERM', 10_000);
}

/** The dev server as a supervised service. */
export function temporalService(home: TemporalHome): Service {
  return { name: 'temporal', start: (onChild) => startTemporal(home, onChild), stop: stopTemporal };
}

/**
 * Prepares a running Temporal for Dunlin: search attributes, and on Dunlin's own dev server a retention of 30 days.
 *
 * @throws Error if it cannot be reached
 */
export async function prepareTemporal(address: string, config: Config, progress: Progress): Promise<void> {
  const { temporalNamespace: namespace } = config;
  const ours = config.temporalAddress === undefined;
  const connection = await Connection.connect(ours ? { address } : temporalConnectionOptions(config)).catch((error: unknown) => {
    throw new Error(`Temporal does not answer at ${address}${ours ? '' : ', which TEMPORAL_ADDRESS names'}`, { cause: error });
  });
  try {
    const registration = await progress.during('registering search attributes', () => registerSearchAttributes(connection, namespace));
    if (registration.outcome === 'refused') progress.say(registration.advice);
    if (ours) await ensureNamespaceRetention(connection, namespace, retentionDays);
  } finally {
    await connection.close();
  }
}

function serverArguments(home: TemporalHome): string[] {
  return [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(home.port), '--namespace', home.namespace],
    ...(home.databaseFile === undefined
      ? []
      : ['--db-filename', home.databaseFile, ...pragmas.flatMap((pragma) => ['--sqlite-pragma', pragma])]),
    ...(home.uiPort === undefined ? ['--headless'] : ['--ui-port', String(home.uiPort)]),
    ...partitions.flatMap((value) => ['--dynamic-config-value', value]),
    ...['--log-level', 'warn', '--log-format', 'json'],
  ];
}

async function untilItAnswers(home: TemporalHome, child: Child): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    try {
      const connection = await Connection.connect({ address: temporalAddressOf(home), connectTimeout: 1_000 });
      try {
        await connection.workflowService.describeNamespace({ namespace: home.namespace });
        return;
      } finally {
        await connection.close();
      }
    } catch (error) {
      const how = child.endedHow();
      if (how !== undefined) throw new Error(`Temporal ${how}:\n${lastWords(child)}`);
      if (Date.now() > deadline) throw new Error(`Temporal does not answer on ${temporalAddressOf(home)}`, { cause: error });
      await sleep(100);
    }
  }
}
