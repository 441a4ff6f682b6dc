import { existsSync, linkSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findByEnvironment, identify, isRunning, signalGroup, waitUntilGone, type ProcessIdentity } from './process-identity';

/** A child as it is noted on disk. */
export interface NotedChild extends ProcessIdentity {
  name: string;
}

interface Contents {
  launcher: ProcessIdentity;
  url?: string;
  children: NotedChild[];
}

/** Another launcher has this data folder. The message is one line. */
class AlreadyRunning extends Error {
  override name = 'AlreadyRunning';

  constructor(contents: Contents) {
    const where = contents.url === undefined ? '' : `, ${contents.url}`;
    super(`Dunlin already runs with this data folder (pid ${contents.launcher.pid}${where})`);
  }
}

/** The claim of this launcher on a data folder, and its note of what it has started there. */
export interface RunFile {
  /** Children of earlier launchers that were killed, and still run. */
  leftovers: NotedChild[];
  /** Notes what runs now, before anything can happen to it. */
  note(children: NotedChild[], url?: string): void;
  /** Forgets the notes of earlier launchers, once their children are stopped. */
  forgetLeftovers(): void;
  release(): void;
}

/** Variable that every child has in its environment, with the data folder as its value. */
export const childMark = 'DUNLIN_CHILD_OF';

const fileName = 'run.json';
const stalePrefix = 'run.json.stale-';

/**
 * Claims a data folder for this process.
 *
 * @throws AlreadyRunning when a launcher that lives has it
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

/** Stops what a killed launcher left, in the order given by `names`; what is in none of them comes first. */
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

// Between the look and the rename another launcher may have claimed the folder: then it gets its file back.
function setAside(file: string, stale: string): void {
  const seen = read(file);
  if (seen !== undefined && isRunning(seen.launcher)) throw new AlreadyRunning(seen);
  renameSync(file, stale);
  const taken = read(stale);
  if (taken === undefined || !isRunning(taken.launcher)) return;
  renameSync(stale, file);
  throw new AlreadyRunning(taken);
}

// A hard link appears whole or not at all, and never replaces a file that is there.
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
