import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { newApiKey } from '../db/api-keys';
import { identify } from './process-identity';

/** The file with which scripts and tests find a running Dunlin. */
export interface DevFile {
  url: string;
  apiKey: string;
  temporalUi: string | null;
  temporalAddress: string;
  databaseUrl: string;
  /** URLs of the operators' listeners: `/healthz`, `/readyz`, `/metrics`. */
  operators: { server: string | null; worker: string | null };
  /** Where the first owner sets a password, once. Null: somebody can log in to the console. */
  consoleSetup: string | null;
}

/** The files of one installation on one machine. */
export interface DataFolder {
  path: string;
  /** Postgres's files, unless its user cannot reach this folder. */
  postgres: string;
  /** Names the folder of Postgres's files if they are elsewhere. */
  postgresElsewhere: string;
  postgresPassword: string;
  postgresAdministratorPassword: string;
  temporalDatabase: string;
  /** Folder of the logs. */
  logs: string;
  log(name: string): string;
}

/**
 * Makes the folder. Other users may pass through it, because Postgres runs as another user when Dunlin runs as root. Secret files in it are
 * readable by their owner only.
 *
 * @throws Error if it cannot be made or written
 */
export function openDataFolder(name: string): DataFolder {
  const path = writable(name);
  return {
    path,
    postgres: join(path, 'postgres'),
    postgresElsewhere: join(path, 'postgres-is-at'),
    postgresPassword: join(path, 'postgres-password'),
    postgresAdministratorPassword: join(path, 'postgres-administrator-password'),
    temporalDatabase: join(path, 'temporal.db'),
    logs: join(path, 'logs'),
    log: (program) => join(path, 'logs', `${program}.log`),
  };
}

function writable(path: string): string {
  try {
    mkdirSync(path, { recursive: true, mode: 0o711 });
    const probe = join(path, `.probe-${process.pid}`);
    writeFileSync(probe, '');
    rmSync(probe);
    return realpathSync(path);
  } catch (error) {
    throw new Error(
      `the data folder ${path} cannot be written (${(error as NodeJS.ErrnoException).code ?? String(error)}): set DUNLIN_DATA to another one`,
    );
  }
}

/** API keys of the first account, created at the first start: the test key in `api-key`, the live one in `api-key-live`. */
export function keptApiKeys(folder: DataFolder): { test: string; live: string } {
  return {
    test: kept(join(folder.path, 'api-key'), () => newApiKey(false)),
    live: kept(join(folder.path, 'api-key-live'), () => newApiKey(true)),
  };
}

/** The passwords of the embedded Postgres, created at the first start. */
export function keptPasswords(folder: DataFolder): { password: string; administratorPassword: string } {
  const password = (): string => randomBytes(24).toString('hex');
  return { password: kept(folder.postgresPassword, password), administratorPassword: kept(folder.postgresAdministratorPassword, password) };
}

/** Tells scripts that Dunlin answers. */
export function writeDevFile(folder: DataFolder, contents: DevFile): void {
  replace(join(folder.path, 'dev.json'), `${JSON.stringify(contents, null, 2)}\n`);
}

/** Dunlin does not answer, or not yet. */
export function removeDevFile(folder: DataFolder): void {
  rmSync(join(folder.path, 'dev.json'), { force: true });
}

/** Reads the value that an earlier start chose, or chooses and stores one. */
export function kept(file: string, make: () => string): string {
  const found = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  if (found !== '') return found;
  const made = make();
  replace(file, `${made}\n`);
  return made;
}

/** `$XDG_CACHE_HOME/dunlin`, by default `~/.cache/dunlin`: for large files that all data folders share. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  return join(env.XDG_CACHE_HOME ?? join(env.HOME ?? homedir(), '.cache'), 'dunlin');
}

/**
 * Makes something large in its own folder and moves it to its place when it is complete, so that no process finds half of it. Deletes the
 * remains of earlier, killed attempts.
 *
 * @param make puts it into the workshop and returns its path there, or undefined if that failed
 * @returns `target`, or undefined
 */
export async function makeWhole(
  parent: string,
  target: string,
  make: (workshop: string) => Promise<string | undefined>,
): Promise<string | undefined> {
  mkdirSync(parent, { recursive: true, mode: 0o755 });
  for (const name of readdirSync(parent)) {
    const pid = /^unfinished-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && identify(Number(pid)) === undefined) rmSync(join(parent, name), { recursive: true, force: true });
  }
  const workshop = mkdtempSync(join(parent, `unfinished-${process.pid}-`));
  try {
    const made = await make(workshop);
    if (made === undefined) return undefined;
    moveUnlessThere(made, target);
    return target;
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

// A file is replaced. A folder that another process has put there meanwhile is equivalent to this one.
function moveUnlessThere(made: string, target: string): void {
  try {
    renameSync(made, target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error;
  }
}

// By a rename, so that no process reads half of it.
function replace(file: string, contents: string): void {
  writeFileSync(`${file}.new`, contents, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
