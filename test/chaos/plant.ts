/**
 * Server and worker as `npm start` runs them, over the test's own Postgres and Temporal, which it can stop, refuse, fill up and lose: the
 * launcher does not restart those.
 */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { childEnvironment } from '../../config';
import type { Child } from '../../embedded/child';
import { freePort } from '../../embedded/ports';
import { initializeCluster, startPostgres, type PostgresHome } from '../../embedded/postgres';
import { administratorUrl, postgresUrl } from '../../embedded/postgres-roles';
import { canRun, copyPostgres, findPostgres, postgresUser } from '../../embedded/postgres-binaries';
import { signalGroup } from '../../embedded/process-identity';
import { linesTo } from '../../embedded/progress';
import { startTemporal, temporalAddressOf, type TemporalHome } from '../../embedded/temporal';
import { findTemporal } from '../../embedded/temporal-binary';
import { temporaryFolder } from '../embedded/launcher';
import { startStack, type ChaosStack } from './stack';

/** Postgres or Temporal, as something that can be taken away. */
export interface Part {
  /** Stops every process of it where it is: connections stay open, and nothing answers. */
  freeze: () => void;
  thaw: () => void;
  /** kill -9: connections are refused until it is started again. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Restarts it if it has ended. */
  revive(): Promise<void>;
}

export interface Plant {
  /** The programs that run now. */
  stack: ChaosStack;
  postgres: Part;
  temporal: Part;
  /** The database, as an administrator reaches it under another name. */
  administratorUrl(name: string): string;
  postgresLog: string;
  /** Stops server and worker, has something done, and starts them again. */
  rebuild(meanwhile: () => Promise<void>): Promise<void>;
  /** A Temporal that knows nothing, in place of the one that ran. */
  loseTemporal(): Promise<void>;
  stop(): Promise<void>;
}

/** @param postgresFolder where the data of Postgres goes, reachable for its user */
export async function startPlant(env: NodeJS.ProcessEnv = {}, postgresFolder?: string): Promise<Plant> {
  const folder = temporaryFolder();
  const home = await postgresHome(folder, postgresFolder);
  await initializeCluster(home);
  const postgres = new Running(() => startPostgres(home));
  const temporalHome = await homeOfTemporal(folder);
  const temporal = new Running(() => startTemporal(temporalHome));
  await Promise.all([postgres.start(), temporal.start()]);
  const programs = temporaryFolder();
  const parts = { DATABASE_URL: postgresUrl(home), TEMPORAL_ADDRESS: temporalAddressOf(temporalHome) };
  const startPrograms = (): Promise<ChaosStack> => startStack({ ...parts, WEBHOOK_ALLOWED_HOSTS: '127.0.0.0/8', ...env }, programs);
  const end = async (): Promise<void> => {
    await Promise.all([postgres.kill(), temporal.kill()]);
  };
  try {
    let stack = await startPrograms();
    return {
      get stack() {
        return stack;
      },
      ...{ postgres, temporal, administratorUrl: (name) => administratorUrl(home, name), postgresLog: home.logFile },
      rebuild: async (meanwhile) => {
        await stack.halt();
        await meanwhile();
        stack = await startPrograms();
      },
      loseTemporal: async () => {
        await temporal.kill();
        temporalHome.databaseFile = join(folder, 'temporal-after.db');
        await temporal.start();
      },
      stop: async () => {
        postgres.thaw();
        temporal.thaw();
        await stack.halt();
        await end();
        await stack.stop();
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}

class Running implements Part {
  private child: Child | undefined;

  constructor(private readonly begin: () => Promise<Child>) {}

  async start(): Promise<void> {
    this.child = await this.begin();
  }

  async revive(): Promise<void> {
    if (this.child?.endedHow() !== undefined) await this.start();
  }

  readonly freeze = (): void => {
    this.signal('SIGSTOP');
  };

  readonly thaw = (): void => {
    this.signal('SIGCONT');
  };

  async kill(): Promise<void> {
    if (!this.child) return;
    this.signal('SIGKILL');
    await this.child.ended;
    this.child = undefined;
  }

  /** The process first, so that it begins no other, then those it began: each of Postgres's leads a group of its own. */
  private signal(signal: NodeJS.Signals): void {
    if (!this.child || this.child.endedHow() !== undefined) return;
    const { pid } = this.child.identity;
    const begun = childrenOf(pid);
    process.kill(pid, signal);
    for (const each of new Set([...begun, ...childrenOf(pid)])) signalGroup(each, signal);
  }
}

function childrenOf(parent: number): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => parentOf(pid) === parent);
}

function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}

async function postgresHome(folder: string, of: string | undefined): Promise<PostgresHome> {
  const user = postgresUser();
  const copies = '/var/tmp/dunlin';
  const installed = await findPostgres(copies);
  const binaries = user === undefined || canRun(installed, user) ? installed : await copyPostgres(installed, copies);
  const home = {
    binaries,
    password: 'chaos',
    administratorPassword: 'chaos',
    port: await freePort(),
    logFile: join(folder, 'postgres.log'),
    durable: true,
  };
  return { ...home, folder: of ?? join(folder, 'postgres'), ...(user === undefined ? {} : { user }) };
}

async function homeOfTemporal(folder: string): Promise<TemporalHome> {
  mkdirSync(folder, { recursive: true });
  const progress = linesTo((line) => process.stderr.write(`${line}\n`));
  const binary = await findTemporal({ env: childEnvironment(), progress });
  const files = { databaseFile: join(folder, 'temporal.db'), logFile: join(folder, 'temporal.log') };
  return { binary, namespace: 'default', port: await freePort(), env: childEnvironment(), ...files };
}
