import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What scripts and tests read to find a running Dunlin. */
export interface DevFile {
  url: string;
  apiKey: string;
  temporalUi: string | null;
  temporalAddress: string;
  databaseUrl: string;
}

/** The files of one installation on one machine. */
export interface DataFolder {
  path: string;
  /** Postgres's part, unless its user cannot reach it here. */
  postgres: string;
  /** Says where Postgres's part is when it is elsewhere. */
  postgresElsewhere: string;
  postgresPassword: string;
  temporalDatabase: string;
  log(name: string): string;
}

/**
 * Makes the folder. Others may pass through it, since Postgres runs as another user when Dunlin runs as root; what is secret in
 * it is readable by its owner alone.
 *
 * @throws Error when it cannot be made or written
 */
export function openDataFolder(path: string): DataFolder {
  try {
    mkdirSync(path, { recursive: true, mode: 0o711 });
    const probe = join(path, `.probe-${process.pid}`);
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    throw new Error(`the data folder ${path} cannot be written (${(error as NodeJS.ErrnoException).code ?? String(error)}): set DUNLIN_DATA to another one`);
  }
  return {
    path,
    postgres: join(path, 'postgres'),
    postgresElsewhere: join(path, 'postgres-is-at'),
    postgresPassword: join(path, 'postgres-password'),
    temporalDatabase: join(path, 'temporal.db'),
    log: (name) => join(path, 'logs', `${name}.log`),
  };
}

/** API keys of the first account, made at the first start: the test key in `api-key`, the live one in `api-key-live`. */
export function keptApiKeys(folder: DataFolder): { test: string; live: string } {
  return {
    test: kept(join(folder.path, 'api-key'), () => `sk_test_${randomBytes(24).toString('hex')}`),
    live: kept(join(folder.path, 'api-key-live'), () => `sk_live_${randomBytes(24).toString('hex')}`),
  };
}

/** The password of the embedded Postgres, made at the first start. */
export function keptPassword(folder: DataFolder): string {
  return kept(folder.postgresPassword, () => randomBytes(24).toString('hex'));
}

/** Tells scripts that Dunlin answers. */
export function writeDevFile(folder: DataFolder, contents: DevFile): void {
  replace(join(folder.path, 'dev.json'), `${JSON.stringify(contents, null, 2)}\n`);
}

/** Dunlin does not answer any more, or not yet. */
export function removeDevFile(folder: DataFolder): void {
  rmSync(join(folder.path, 'dev.json'), { force: true });
}

/** Reads what an earlier start decided, or decides and keeps it. */
export function kept(file: string, make: () => string): string {
  const found = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  if (found !== '') return found;
  const made = make();
  replace(file, `${made}\n`);
  return made;
}

// By a rename, so that nobody ever reads half of it.
function replace(file: string, contents: string): void {
  writeFileSync(`${file}.new`, contents, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
