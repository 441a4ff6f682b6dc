/** A Temporal server that ends with the work that needs it. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopChild, type Child } from '../../embedded/child';
import { openDataFolder } from '../../embedded/data-folder';
import { freePort } from '../../embedded/ports';
import { initializeCluster, startPostgres, stopPostgres } from '../../embedded/postgres';
import { choosePostgresHome } from '../../embedded/postgres-home';
import { administratorUrl } from '../../embedded/postgres-roles';
import { silent, type Progress } from '../../embedded/progress';
import { startCluster, type Cluster } from './cluster';

export interface ThrowawayOptions {
  /** URL of a Postgres and a role that may create databases. Absent: an own one. */
  postgres?: string;
  shards?: number;
  progress?: Progress;
}

export interface ThrowawayServer extends Cluster {
  /** Its own Postgres, unless it uses another. */
  postgres: Child | null;
  /** URL of its Postgres, for a role that may create databases. */
  databaseUrl: string;
}

/** Four services with ten connections each, and a quarter of that for visibility, fit into the hundred of the embedded Postgres. */
const CONNECTIONS = 10;

/** Starts a server, runs `work`, and stops and removes everything that was started. */
export async function withTemporalServer<T>(options: ThrowawayOptions, work: (server: ThrowawayServer) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'dunlin-temporal-'));
  chmodSync(folder, 0o711);
  const children: Child[] = [];
  const folders = [folder];
  try {
    const own = options.postgres === undefined ? await startOwnPostgres(folder, children) : null;
    if (own) folders.push(own.folder);
    return await work(await startServer(options, { folder, children, own }));
  } finally {
    for (const child of children.reverse()) await (child.name === 'postgres' ? stopPostgres(child) : stopChild(child));
    for (const each of folders) rmSync(each, { recursive: true, force: true });
  }
}

interface Parts {
  folder: string;
  children: Child[];
  own: OwnPostgres | null;
}

async function startServer(options: ThrowawayOptions, { folder, children, own }: Parts): Promise<ThrowawayServer> {
  const { postgres = own?.url ?? '', shards = 4, progress = silent } = options;
  const onChild = (child: Child): void => void children.push(child);
  const cluster = await startCluster({ folder, postgres, shards, connections: CONNECTIONS, progress, onChild });
  return { ...cluster, postgres: own?.child ?? null, databaseUrl: postgres };
}

interface OwnPostgres {
  url: string;
  child: Child;
  /** Outside of the temporary folder if Postgres's user cannot reach that. */
  folder: string;
}

async function startOwnPostgres(folder: string, children: Child[]): Promise<OwnPostgres> {
  const home = await choosePostgresHome(openDataFolder(join(folder, 'data')), await freePort(), silent);
  const remember = (child: Child): void => void children.push(child);
  await initializeCluster(home, remember);
  const child = await startPostgres(home, remember);
  return { url: administratorUrl(home, 'postgres'), child, folder: home.folder };
}
