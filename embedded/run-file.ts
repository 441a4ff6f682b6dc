import { existsSync, linkSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findByEnvironment, identify, isRunning, signalGroup, waitUntilGone, type ProcessIdentity } from './process-identity';

/** A child, as recorded on disk. */
export interface NotedChild extends ProcessIdentity {
  name: string;
}

interface Contents {
  launcher: ProcessIdentity;
  url?: string;
  children: NotedChild[];
}

/** Another launcher owns this data folder. The message is one line. */
class AlreadyRunning extends Error {
  override name = 'AlreadyRunning';

  constructor(contents: Contents) {
    const where = contents.url === undefined ? '' : `, ${contents.url}`;
    super(`Dunlin already runs with this data folder (pid ${contents.launcher.pid}${where})`);
  }
}

/** This launcher's claim on a data folder, and its record of the processes that it has started there. */
export interface RunFile {
  /** Children of earlier, killed launchers that still run. */
  leftovers: NotedChild[];
  /** Records the running children, before anything can happen to them. */
  note(children: NotedChild[], url?: string): void;
  /** Deletes the records of earlier launchers, once their children are stopped. */
  forgetLeftovers(): void;
  release(): void;
}

/** Environment variable of every child, with the data folder as its value. */
export const childMark = 'DUNLIN_CHILD_OF';

const fileName = 'run.json';
const stalePrefix = 'run.json.stale-';

/**
 * Claims a data folder for this process.
 *
 * @throws AlreadyRunning if a running launcher owns it
 */
export function claim(dataFolder: string): RunFile {
  const file = join(dataFolder, fileName);
  const self = identify(process.pid);
  if (self === undefined) throw new Error('this process cannot be found in the process table');
  if (existsSync(file)) setAside(file, join(dataFolder, `${stalePrefix}${process.pid}`));
  const write = (path: string, contents: Contents): void => {
    writeFileSync(path, JSON.stringify(contents), { mode: 0o600 });
  };
  const draft = `${file}.${process.pid}`;
  write(draft, { launcher: self, children: [] });
  publish(draft, file);
  const stale = readdirSync(dataFolder).filter((name) => name.startsWith(stalePrefix));
  return {
    leftovers: findLeftovers(
      stale.map((name) => join(dataFolder, name)),
      dataFolder,
    ),
    note(children, url) {
      write(draft, { launcher: self, children, ...(url === undefined ? {} : { url }) });
      renameSync(draft, file);
    },
    forgetLeftovers() {
      for (const name of stale) rmSync(join(dataFolder, name), { force: true });
    },
    release() {
      rmSync(file, { force: true });
    },
  };
}

/** Stops the children of a killed launcher, in the order of `names`; others come first. */
export async function stopLeftovers(leftovers: NotedChild[], names: string[]): Promise<void> {
  const ordered = [...leftovers].sort((a, b) => names.indexOf(a.name) - names.indexOf(b.name));
  for (const child of ordered) {
    if (!isRunning(child)) continue;
    signalGroup(child.pid, child.name === 'postgres' ? 'SIGINT' : 'SIGTERM');
    if (await waitUntilGone(child, 30_000)) continue;
    signalGroup(child.pid, 'SIGKILL');
    if (!(await waitUntilGone(child, 5_000))) throw new Error(`${child.name} of an earlier start (pid ${child.pid}) does not stop`);
  }
}

function findLeftovers(staleFiles: string[], dataFolder: string): NotedChild[] {
  const known = staleFiles.flatMap((file) => read(file)?.children ?? []).filter(isRunning);
  const unknown = findByEnvironment(childMark, dataFolder).filter(({ pid }) => !known.some((child) => child.pid === pid));
  return [...known, ...unknown.map((identity) => ({ name: 'a process', ...identity }))];
}

// Between the check and the rename another launcher may have claimed the folder: then it gets its file back.
function setAside(file: string, stale: string): void {
  const seen = read(file);
  if (seen !== undefined && isRunning(seen.launcher)) throw new AlreadyRunning(seen);
  renameSync(file, stale);
  const taken = read(stale);
  if (taken === undefined || !isRunning(taken.launcher)) return;
  renameSync(stale, file);
  throw new AlreadyRunning(taken);
}

// A hard link appears completely or not at all, and never replaces an existing file.
function publish(draft: string, file: string): void {
  try {
    linkSync(draft, file);
  } catch (error) {
    const other = read(file);
    if (other !== undefined) throw new AlreadyRunning(other);
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function read(file: string): Contents | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Contents;
  } catch {
    return undefined;
  }
}
