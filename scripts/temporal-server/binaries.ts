/** The programs of a Temporal server, built once per machine with Go from its module proxy. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { childEnvironment } from '../../config';
import { lastWords, startChild, type Child } from '../../embedded/child';
import { cacheFolder, makeWhole } from '../../embedded/data-folder';
import type { Progress } from '../../embedded/progress';

/** The release whose schema and configuration `cluster.ts` writes. */
const RELEASE = 'v1.29.1';
const PACKAGES = ['cmd/server', 'cmd/tools/sql'].map((path) => `go.temporal.io/server/${path}@${RELEASE}`);

export interface TemporalBinaries {
  /** The server: all four of its services in one process. */
  server: string;
  /** Makes and updates the tables of its databases. */
  sql: string;
}

/**
 * Finds them in the cache folder, or builds them there, which takes two to five minutes.
 *
 * @throws Error with the end of Go's output if it fails
 */
export async function findTemporalServer(progress: Progress, onChild: (child: Child) => void): Promise<TemporalBinaries> {
  const cache = cacheFolder(childEnvironment());
  const folder = join(cache, `temporal-server-${RELEASE}`);
  if (!existsSync(folder)) {
    const build = () => makeWhole(cache, folder, (workshop) => goInstall(workshop, join(cache, 'temporal-server.log'), onChild));
    await progress.during(`building Temporal ${RELEASE} with Go, once on this machine, two to five minutes`, build);
  }
  return { server: join(folder, 'server'), sql: join(folder, 'sql') };
}

async function goInstall(workshop: string, logFile: string, onChild: (child: Child) => void): Promise<string> {
  const made = join(workshop, 'bin');
  mkdirSync(made);
  const env = childEnvironment({ GOBIN: made });
  const child = await startChild({ name: 'go-install', command: 'go', args: ['install', ...PACKAGES], env, cwd: workshop, logFile });
  onChild(child);
  const how = await child.ended;
  if (how !== 'exited with code 0') throw new Error(`go install ${how}:\n${lastWords(child)}`);
  return made;
}
