import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../../db/connect';
import { migrate } from '../../db/migrate';
import { stopChild, type Child } from '../../embedded/child';
import { freePort } from '../../embedded/ports';
import { initializeCluster, startPostgres, stopPostgres, type PostgresHome } from '../../embedded/postgres';
import { administratorUrl, postgresUrl } from '../../embedded/postgres-roles';
import { canRun, copyPostgres, findPostgres, postgresUser } from '../../embedded/postgres-binaries';
import { identify, isRunning, signalGroup, type ProcessIdentity } from '../../embedded/process-identity';
import { linesTo } from '../../embedded/progress';
import { startTemporal, temporalAddressOf } from '../../embedded/temporal';
import { findTemporal } from '../../embedded/temporal-binary';
import { workflowBundle } from '../../worker/bundle';
import { registerSearchAttributes } from '../../worker/search-attributes';
import { Connection } from '@temporalio/client';
import { DefaultLogger } from '@temporalio/worker';
import { JUDGE_PORT, startJudge } from './answer-judge';
import { ExampleRecorder } from './example-recorder';
import { ADMIN_URL, OWNER, TEMPLATE_DATABASE, TEMPORAL_ADDRESS, TEMPORAL_STATE } from './stack';

const folderPrefix = 'dunlin-jest-';

/** What one run of Jest started, for its teardown. */
export interface TestStack {
  stop(): Promise<void>;
}

interface TestTemporal {
  folder: string;
  /** Path of the CLI, or why there is none. */
  binary: string | Error;
  port: number;
  /** Where it is written that Temporal is ready, or why not. */
  stateFile: string;
}

declare global {
  var dunlinTestStack: TestStack | undefined;
}

/**
 * Starts what all tests of a run share: one Postgres with a migrated template database, and one Temporal dev server, in memory.
 * Temporal comes up while the first tests run already, and the workflows are bundled once for all; `temporalAddress()` waits for both.
 */
export default async function globalSetup(): Promise<void> {
  stopLeftovers();
  const folder = mkdtempSync(join(tmpdir(), folderPrefix));
  chmodSync(folder, 0o711);
  const children: Child[] = [];
  const remember = (child: Child): void => {
    children.push(child);
    const identities = [identify(process.pid), ...children.map((each) => each.identity)];
    writeFileSync(join(folder, 'pids.json'), JSON.stringify(identities));
  };
  let temporal = Promise.resolve();
  const recorder = process.env['DUNLIN_RECORD_EXAMPLES'] === undefined ? null : new ExampleRecorder();
  const judge = await startJudge((answer) => recorder?.see(answer));
  process.env[JUDGE_PORT] = String(judge.port);
  const stop = async (): Promise<void> => {
    await judge.stop();
    recorder?.write();
    await stopAll(folder, children, temporal);
  };
  globalThis.dunlinTestStack = { stop };
  try {
    await startTestPostgres(folder, remember);
    const test = { folder, binary: await findBinary(remember), port: await freePort(), stateFile: join(folder, 'temporal-state') };
    process.env[TEMPORAL_ADDRESS] = `127.0.0.1:${test.port}`;
    process.env[TEMPORAL_STATE] = test.stateFile;
    temporal = startTestTemporal(test, remember);
  } catch (error) {
    // Jest calls no teardown after a setup that failed.
    await stop();
    throw error;
  }
}

// Where there is no CLI yet this takes minutes, more than a test may: so it is waited for before the first one.
async function findBinary(remember: (child: Child) => void): Promise<string | Error> {
  const progress = linesTo((line) => process.stderr.write(`${line}\n`));
  return findTemporal({ env: process.env, progress, onChild: remember }).catch((error: unknown) => error as Error);
}

async function startTestPostgres(folder: string, remember: (child: Child) => void): Promise<void> {
  const user = postgresUser();
  const installed = await findPostgres('/var/tmp/dunlin');
  const binaries = user === undefined || canRun(installed, user) ? installed : await copyPostgres(installed, '/var/tmp/dunlin');
  const home: PostgresHome = {
    binaries,
    folder: join(folder, 'postgres'),
    password: 'test',
    administratorPassword: 'test',
    port: await freePort(),
    logFile: join(folder, 'postgres.log'),
    durable: false,
    ...(user === undefined ? {} : { user }),
  };
  await initializeCluster(home, remember);
  await startPostgres(home, remember);
  process.env[ADMIN_URL] = administratorUrl(home, 'postgres');
  const admin = connect(administratorUrl(home, 'postgres'), { max: 1 });
  await admin.unsafe(`create database ${TEMPLATE_DATABASE} owner ${OWNER}`);
  await admin.end();
  const template = connect(postgresUrl(home, TEMPLATE_DATABASE), { max: 1 });
  await migrate(template);
  await template.end();
}

async function startTestTemporal(test: TestTemporal, remember: (child: Child) => void): Promise<void> {
  const { folder, binary, port, stateFile } = test;
  try {
    if (binary instanceof Error) throw binary;
    const home = { binary, namespace: 'default', port, logFile: join(folder, 'temporal.log'), env: process.env };
    await Promise.all([startTemporal(home, remember), workflowBundle(new DefaultLogger('ERROR'))]);
    const connection = await Connection.connect({ address: temporalAddressOf(home) });
    await registerSearchAttributes(connection, 'default');
    await connection.close();
    writeFileSync(stateFile, 'ready');
  } catch (error) {
    writeFileSync(stateFile, String(error));
  }
}

async function stopAll(folder: string, children: Child[], temporal: Promise<void>): Promise<void> {
  // A search for Temporal that still runs is ended through its child, and then settles.
  await Promise.all(children.filter(({ name }) => name !== 'postgres').map((child) => stopChild(child)));
  await temporal;
  await Promise.all(children.map(stopPostgres));
  rmSync(folder, { recursive: true, force: true });
}

/** Stops the processes of a run whose Jest was killed: recognized by pid and start time, so that no other process is affected. */
function stopLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(folderPrefix)) continue;
    const folder = join(tmpdir(), name);
    const [jest, ...children] = readIdentities(join(folder, 'pids.json'));
    if (jest === undefined || isRunning(jest)) continue;
    for (const child of children.filter(isRunning)) signalGroup(child.pid, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

function readIdentities(file: string): ProcessIdentity[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessIdentity[];
  } catch {
    return [];
  }
}
