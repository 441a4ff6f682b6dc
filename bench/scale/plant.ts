/** The measured installation: a Temporal server with its own Postgres, another Postgres for the books, two servers and two workers. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childEnvironment } from '../../config';
import { ensureDefaultAccount } from '../../db/accounts';
import { newApiKey } from '../../db/api-keys';
import { connect, type Sql } from '../../db/connect';
import { migrate } from '../../db/migrate';
import type { Child } from '../../embedded/child';
import { freePort } from '../../embedded/ports';
import { programService } from '../../embedded/programs';
import { linesTo } from '../../embedded/progress';
import { Supervisor } from '../../embedded/supervisor';
import { withTemporalServer, type ThrowawayServer } from '../../scripts/temporal-server/throwaway';
import { startDatabase, type Database } from '../stack';

export interface Plant {
  /** URLs of the servers. */
  urls: string[];
  apiKey: string;
  sql: Sql;
  temporal: ThrowawayServer;
  database: Database;
  servers: Supervisor[];
  workers: Supervisor[];
  /** Stops all workers, and starts others, which have no workflow in their memory. */
  replaceWorkers: () => Promise<void>;
}

export interface PlantSize {
  servers: number;
  workers: number;
  shards: number;
  /** Connections of each server and worker to Postgres. */
  pool: number;
}

const progress = linesTo((line) => process.stderr.write(`${line}\n`));

/** Starts everything, runs `work`, and stops and removes everything, also on a signal. */
export async function withPlant<T>(size: PlantSize, work: (plant: Plant) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'dunlin-scale-'));
  chmodSync(folder, 0o711);
  const undo: (() => unknown)[] = [
    () => {
      rmSync(folder, { recursive: true, force: true });
    },
  ];
  try {
    return await withTemporalServer({ shards: size.shards, progress }, async (temporal) => {
      try {
        return await Promise.race([startPrograms(size, { folder, temporal, undo }).then(work), interrupted()]);
      } finally {
        for (const step of undo.splice(1).reverse()) await step();
      }
    });
  } finally {
    for (const step of undo) await step();
  }
}

/** Rejects when somebody stops the program. */
function interrupted(): Promise<never> {
  return new Promise((_resolve, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => reject(new Error('interrupted')));
  });
}

async function startPrograms(size: PlantSize, of: { folder: string; temporal: ThrowawayServer; undo: (() => unknown)[] }): Promise<Plant> {
  const { folder, temporal, undo } = of;
  const database = await startDatabase(folder, undo);
  const sql = connect(database.url, { max: 4, name: 'dunlin-bench' });
  undo.push(() => sql.end({ timeout: 2 }));
  await migrate(sql);
  const keys = { test: newApiKey(false), live: newApiKey(true) };
  await ensureDefaultAccount(sql, keys);
  const start = (name: 'server' | 'worker', index: number) => startProgram(name, index, { ...size, folder, temporal, database });
  const started = async (name: 'server' | 'worker', count: number): Promise<Started[]> => {
    const programs = await Promise.all(Array.from({ length: count }, (_, index) => start(name, index)));
    for (const { supervisor } of programs) undo.push(() => supervisor.stop());
    return programs;
  };
  const startWorkers = async (): Promise<Supervisor[]> => (await started('worker', size.workers)).map(({ supervisor }) => supervisor);
  const workers = await startWorkers();
  const servers = await started('server', size.servers);
  const replaceWorkers = async (): Promise<void> => {
    await Promise.all(workers.splice(0).map((worker) => worker.stop()));
    workers.push(...(await startWorkers()));
  };
  return {
    ...{ urls: servers.map(({ url }) => url), apiKey: keys.test, sql, temporal, database },
    ...{ servers: servers.map(({ supervisor }) => supervisor), workers, replaceWorkers },
  };
}

interface Started {
  supervisor: Supervisor;
  url: string;
}

async function startProgram(
  name: 'server' | 'worker',
  index: number,
  of: { folder: string; temporal: ThrowawayServer; database: Database; pool: number },
): Promise<Started> {
  const { folder, temporal, database, pool } = of;
  const port = await freePort();
  const env = childEnvironment({
    ...{ DATABASE_URL: database.url, DATABASE_POOL: String(pool), TEMPORAL_ADDRESS: temporal.address, PORT: String(port) },
    ...{ LOG_LEVEL: 'warn', REQUESTS_PER_SECOND: '100000', DUNLIN_DATA: folder },
  });
  const service = programService({ name, env, logFile: join(folder, `${name}-${String(index)}.log`) });
  const supervisor = new Supervisor(service, progress, () => undefined);
  await supervisor.start();
  return { supervisor, url: `http://127.0.0.1:${String(port)}` };
}

/** kill -9, as a machine that fails; its supervisor starts another. */
export function killOne(supervisors: Supervisor[]): void {
  const [child] = supervisors.flatMap(({ running }): Child[] => running);
  if (child === undefined) throw new Error('there is nothing to kill');
  process.kill(child.identity.pid, 'SIGKILL');
}
