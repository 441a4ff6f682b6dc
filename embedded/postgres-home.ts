import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { childEnvironment } from '../config';
import { cacheFolder, kept, keptPasswords, type DataFolder } from './data-folder';
import type { PostgresHome } from './postgres';
import { canRun, canWrite, copyPostgres, findPostgres, postgresUser, type SystemUser } from './postgres-binaries';
import type { Progress } from './progress';

/** For Postgres's files if its user cannot reach the data folder. Only root needs it, and root may write here. */
const reachable = '/var/lib/dunlin';

/**
 * Chooses the folder and the user of Postgres. As root it runs as another user, who must be able to reach its binaries and its data. A
 * checkout in a closed home directory is unreachable; then Postgres's files go permanently to a folder that is reachable.
 *
 * @throws Error if Postgres cannot run on this machine
 */
export async function choosePostgresHome(data: DataFolder, port: number, progress: Progress): Promise<PostgresHome> {
  const found = await findPostgres(cacheFolder(childEnvironment()));
  const home = { ...keptPasswords(data), port, logFile: data.log('postgres'), durable: true };
  const user = ownerOf(folderOf(data)) ?? postgresUser();
  if (user === undefined) return { ...home, binaries: found, folder: data.postgres };
  const folder = reachableFolder(data, user);
  const binaries = canRun(found, user)
    ? found
    : await progress.during('copying the binaries of Postgres', () => copyPostgres(found, reachable));
  if (folder !== data.postgres) progress.say(`The user "${user.name}" cannot reach ${data.path}: Postgres keeps its data in ${folder}`);
  if (binaries !== found) progress.say(`The user "${user.name}" cannot reach the checkout: Postgres runs from ${binaries.folder}`);
  return { ...home, binaries, folder, user };
}

function reachableFolder(data: DataFolder, user: SystemUser): string {
  const chosen = folderOf(data);
  if (chosen !== data.postgres) return chosen;
  makeFor(user, data.postgres);
  if (existsSync(join(data.postgres, 'cluster')) || canWrite(data.postgres, user)) return data.postgres;
  // A random name, kept in the data folder: a new data folder in the same place is a new installation.
  const elsewhere = kept(data.postgresElsewhere, () => join(reachable, randomBytes(8).toString('hex')));
  mkdirSync(reachable, { recursive: true });
  chmodSync(reachable, 0o755);
  makeFor(user, elsewhere);
  return elsewhere;
}

function folderOf(data: DataFolder): string {
  return existsSync(data.postgresElsewhere) ? readFileSync(data.postgresElsewhere, 'utf8').trim() : data.postgres;
}

function makeFor(user: SystemUser, folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chownSync(folder, user.uid, user.gid);
}

/**
 * The owner of an existing cluster, if this process is root. Postgres runs only as that owner, who may be a normal user that has started
 * Dunlin here before.
 */
function ownerOf(folder: string): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const stat = statSync(join(folder, 'cluster'), { throwIfNoEntry: false });
  if (stat === undefined || stat.uid === 0) return undefined;
  return { uid: stat.uid, gid: stat.gid, name: nameOf(stat.uid) };
}

function nameOf(uid: number): string {
  const { status, stdout } = spawnSync('id', ['-nu', String(uid)], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : `uid ${uid}`;
}
