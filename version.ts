import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from './config';

const root = __dirname;
/** The folders that determine how the books are written: another hash of these is another version. */
const SOURCES = ['domain', 'objects', 'db', 'gateways', 'webhooks', 'activities', 'workflows', 'temporal', 'worker', 'server'];

let known: string | undefined;

/**
 * The running version of Dunlin: the package's version and the build's id, `0.1.0-4f1d2c…`. It is the same in every process, and another
 * one after every change. Without `DUNLIN_BUILD_ID` the id is a hash of the sources.
 */
export function appVersion(): string {
  known ??= `${packageVersion()}-${loadConfig().buildId ?? hashOfSources(SOURCES).slice(0, 12)}`;
  return known;
}

/** Hexadecimal hash of everything in some folders that can contain code, and of the packages' versions. */
export function hashOfSources(folders: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of [...folders.flatMap((folder) => filesOf(join(root, folder))), join(root, 'package-lock.json')]) {
    hash
      .update(`${file.slice(root.length)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|sql|peggy)$/.test(name))
    .sort()
    .map((name) => join(folder, name));
}

function packageVersion(): string {
  return (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;
}
