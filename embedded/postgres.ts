import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { lastWords, startChild, stopChild, type Child } from './child';
import type { PostgresBinaries, SystemUser } from './postgres-binaries';
import { INVALID_PASSWORD, prepareRoles, type Logins } from './postgres-roles';
import { identify, signalGroup, waitUntilGone } from './process-identity';
import type { Service } from './supervisor';

/** Dunlin's own cluster: its folder, its user, and how to reach it. */
export interface PostgresHome extends Logins {
  binaries: PostgresBinaries;
  /** Folder of the cluster. Created if missing, and owned by `user`. */
  folder: string;
  user?: SystemUser;
  logFile: string;
  /** False if a crash of the machine may lose data: tests. */
  durable: boolean;
}

/**
 * Creates the cluster unless it exists. initdb works in a folder beside it that is renamed when complete, so that an interrupted one is
 * never taken for a cluster.
 */
export async function initializeCluster(home: PostgresHome, onChild: (child: Child) => void = () => undefined): Promise<void> {
  makeFolder(home);
  for (const name of readdirSync(home.folder)) {
    if (name.startsWith('unfinished-')) rmSync(join(home.folder, name), { recursive: true, force: true });
  }
  if (existsSync(cluster(home))) return;
  const unfinished = join(home.folder, `unfinished-${process.pid}`);
  const passwordFile = `${unfinished}-password`;
  writeFileSync(passwordFile, home.administratorPassword, { mode: 0o600 });
  if (home.user !== undefined) chownSync(passwordFile, home.user.uid, home.user.gid);
  const child = await startChild({
    ...programOf(home, 'initdb'),
    name: 'initdb',
    args: initdbArguments(home, unfinished, passwordFile),
  });
  onChild(child);
  const how = await child.ended;
  rmSync(passwordFile, { force: true });
  if (how !== 'exited with code 0') throw new Error(`initdb ${how}:\n${lastWords(child)}`);
  renameSync(unfinished, cluster(home));
}

/**
 * Starts the server and waits until it answers and its database and that database's owner exist.
 *
 * @throws Error with the end of its log if it dies first, or does not answer within a minute
 */
export async function startPostgres(home: PostgresHome, onChild: (child: Child) => void = () => undefined): Promise<Child> {
  await clearStalePid(home);
  const child = await startChild({ ...programOf(home, 'postgres'), name: 'postgres', args: serverArguments(home) });
  onChild(child);
  try {
    await untilItAnswers(home, child);
  } catch (error) {
    await stopPostgres(child);
    throw error;
  }
  return child;
}

/** Stops the server in an orderly way: it drops connections, writes its memory to disk, and exits. */
export async function stopPostgres(child: Child): Promise<void> {
  await stopChild(child, 'SIGINT', 30_000);
}

/** The server as a supervised service. */
export function postgresService(home: PostgresHome): Service {
  return { name: 'postgres', start: (onChild) => startPostgres(home, onChild), stop: stopPostgres };
}

function cluster(home: PostgresHome): string {
  return join(home.folder, 'cluster');
}

function makeFolder(home: PostgresHome): void {
  mkdirSync(home.folder, { recursive: true, mode: 0o700 });
  const owner = statSync(home.folder).uid;
  const self = process.getuid?.();
  if (self !== undefined && self !== 0 && owner !== self) {
    throw new Error(`${home.folder} belongs to another user (uid ${owner}): start Dunlin as before, or set DUNLIN_DATA to another folder`);
  }
  if (home.user !== undefined) chownSync(home.folder, home.user.uid, home.user.gid);
}

function programOf(
  home: PostgresHome,
  program: 'initdb' | 'postgres',
): { command: string; user?: SystemUser; logFile: string; cwd: string; env: NodeJS.ProcessEnv } {
  const { user, logFile } = home;
  // A fixed locale makes its messages and sort order the same everywhere; initdb needs HOME and PATH, nothing else.
  const env = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
  return { command: join(home.binaries.folder, 'bin', program), logFile, cwd: '/', env, ...(user === undefined ? {} : { user }) };
}

function initdbArguments(home: PostgresHome, folder: string, passwordFile: string): string[] {
  return [
    `--pgdata=${folder}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    ...(home.durable ? [] : ['--no-sync']),
  ];
}

function serverArguments(home: PostgresHome): string[] {
  const settings = [
    'listen_addresses=127.0.0.1',
    // Dunlin's path may be longer than a socket's name can be.
    'unix_socket_directories=',
    'max_connections=100',
    'timezone=UTC',
    'log_timezone=UTC',
    // Every statement looks rows up by keys, and its plan is the same for all keys. So it is planned once per connection, not five times
    // before Postgres keeps a plan. Planning a commit's facts takes ten times as long as finding them.
    'plan_cache_mode=force_generic_plan',
    // Statements, parameters and error contexts contain callers' data, so the log has only the messages.
    'log_error_verbosity=terse',
    'log_min_error_statement=panic',
    'log_parameter_max_length=0',
    'log_parameter_max_length_on_error=0',
    'jit=off',
    ...(home.durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
  ];
  return ['-D', cluster(home), '-p', String(home.port), ...settings.flatMap((setting) => ['-c', setting])];
}

/**
 * Postgres refuses to start while the pid in postmaster.pid is in use. After a reboot, or in a container, that may be any process. If the
 * process really serves this folder, a launcher left it that died before it could note it.
 */
async function clearStalePid(home: PostgresHome): Promise<void> {
  const file = join(cluster(home), 'postmaster.pid');
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : NaN;
  if (!Number.isInteger(pid) || pid <= 0) {
    rmSync(file, { force: true });
    return;
  }
  const holder = identify(pid);
  if (holder !== undefined && servesFolder(pid, cluster(home))) {
    signalGroup(pid, 'SIGINT');
    if (!(await waitUntilGone(holder, 20_000))) throw new Error(`Postgres (pid ${pid}) holds ${cluster(home)} and does not stop`);
  }
  rmSync(file, { force: true });
}

function servesFolder(pid: number, folder: string): boolean {
  // Without /proc this cannot be checked; Postgres's own check then decides.
  if (process.platform !== 'linux') return false;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(folder);
  } catch {
    return false;
  }
}

async function untilItAnswers(home: PostgresHome, child: Child): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    try {
      await prepareRoles(home);
      return;
    } catch (error) {
      const how = child.endedHow();
      if (how !== undefined) throw new Error(`Postgres ${how}:\n${lastWords(child)}`);
      if ((error as { code?: string }).code === INVALID_PASSWORD)
        throw new Error(`The database in ${cluster(home)} has other passwords than its data folder`, { cause: error });
      if (Date.now() > deadline) throw new Error(`Postgres does not answer on port ${home.port}`, { cause: error });
      await sleep(50);
    }
  }
}
