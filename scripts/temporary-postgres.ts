import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type Sql } from '../db/connect';
import type { Child } from '../embedded/child';
import { freePort } from '../embedded/ports';
import { initializeCluster, startPostgres, stopPostgres } from '../embedded/postgres';
import { canRun, copyPostgres, findPostgres, postgresUser } from '../embedded/postgres-binaries';
import { postgresUrl } from '../embedded/postgres-roles';

const COPIES = '/var/tmp/dunlin';

/** Runs `work` with an empty Postgres, and removes it afterwards. */
export async function withPostgres<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'dunlin-postgres-'));
  chmodSync(folder, 0o711);
  const children: Child[] = [];
  const remember = (child: Child): void => void children.push(child);
  try {
    const user = postgresUser();
    const installed = await findPostgres(COPIES);
    const binaries = user === undefined || canRun(installed, user) ? installed : await copyPostgres(installed, COPIES);
    const password = 'temporary';
    const home = {
      ...{ binaries, folder: join(folder, 'postgres'), password, administratorPassword: password, port: await freePort() },
      ...{ logFile: join(folder, 'postgres.log'), durable: false, ...(user === undefined ? {} : { user }) },
    };
    await initializeCluster(home, remember);
    await startPostgres(home, remember);
    const sql = connect(postgresUrl(home), { max: 1, name: 'dunlin-script' });
    return await work(sql).finally(() => sql.end({ timeout: 5 }));
  } finally {
    await Promise.all(children.map(stopPostgres));
    rmSync(folder, { recursive: true, force: true });
  }
}
