/** One version is rolled out after another, and back, while people subscribe: `npm run test:deploy`. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { childEnvironment } from '../../config';
import { createAccount } from '../../db/accounts';
import { contradictions } from '../chaos/books';
import { spawnProgram, type ProgramProcess } from '../observability/program';
import { createDatabase, temporalAddress, type TestDatabase } from '../support/stack';
import { until } from '../support/system';
import { nextVersion, type OtherVersion } from './next-version';
import { Balancer, Traffic } from './traffic';

jest.setTimeout(600_000);

const execute = promisify(execFile);
const root = join(__dirname, '..', '..');
const taskQueue = `rollout-${randomBytes(4).toString('hex')}`;
const VERSIONS = { old: '0.1.0-old', next: '0.1.0-next' };
/** As long as a load balancer needs to notice. */
const STOP_DELAY_SECONDS = '2';

let database: TestDatabase;
let temporal: Client;
let next: OtherVersion;
let broken: OtherVersion;
let balancer: Balancer;
let traffic: Traffic;
let price: string;
const programs = new Set<ProgramProcess>();

beforeAll(async () => {
  database = await createDatabase();
  const { keys } = await createAccount(database.sql, { name: 'Tests' });
  temporal = new Client({ connection: await Connection.connect({ address: await temporalAddress() }) });
  [next, broken] = [nextVersion('patched'), nextVersion('unpatched')];
  balancer = new Balancer(keys.test);
});

afterAll(async () => {
  await (traffic as Traffic | undefined)?.stop();
  await balancer.stop();
  await Promise.all([...programs].map((program) => program.stop()));
  await temporal.connection.close();
  await database.drop();
  next.remove();
  broken.remove();
}, 60_000);

const environment = async (build: string): Promise<Record<string, string>> => ({
  ...{ DATABASE_URL: database.url, TEMPORAL_ADDRESS: await temporalAddress(), TASK_QUEUE: taskQueue, STOP_DELAY_SECONDS },
  ...{ WORKER_VERSIONING: 'true', DUNLIN_BUILD_ID: build, LOG_LEVEL: 'warn' },
});

async function run(program: 'server' | 'worker', version: 'old' | 'next'): Promise<ProgramProcess> {
  const started = await spawnProgram(program, await environment(version), version === 'next' ? next.folder : root);
  programs.add(started);
  if (program === 'server') balancer.add(started);
  return started;
}

/** As an orchestrator does it: SIGTERM, and the load balancer forgets what has ended. */
async function stop(program: ProgramProcess): Promise<void> {
  const code = await program.stop();
  if (code !== 0) throw new Error(`it ended with ${String(code)}:\n${program.log().slice(-3_000)}`);
  balancer.remove(program);
  programs.delete(program);
}

/** Runs the command in the folder of a version. */
async function rollout(build: string, folder: string, ...given: string[]): Promise<string> {
  const env = childEnvironment({ NODE_OPTIONS: '', ...(await environment(build)) });
  const command = ['--import', 'tsx', join(folder, 'scripts', 'rollout.ts'), ...given];
  return execute(process.execPath, command, { cwd: folder, env, timeout: 180_000 }).then(
    ({ stdout }) => stdout,
    (error: unknown) => `refused: ${(error as { stderr: string }).stderr}`,
  );
}

async function buildOf(subscription: string): Promise<string | undefined> {
  const { raw } = await temporal.workflow.getHandle(`subscription/${subscription}`).describe();
  return raw.workflowExecutionInfo?.versioningInfo?.deploymentVersion?.buildId ?? undefined;
}

/** A subscription is changed until its workflow has taken a step with this version. */
const movesTo = (subscription: string, build: string): Promise<unknown> =>
  until(
    async () => {
      await balancer.next().subscriptions.update(subscription, { metadata: { moved: build } });
      return (await buildOf(subscription)) === build;
    },
    { what: `${subscription} to go on with ${build}`, timeoutMs: 120_000 },
  );

/** Workflow tasks that failed for another reason than a worker that was stopped. */
async function failedTasks(): Promise<string[]> {
  const found: string[] = [];
  for await (const { workflowId, runId } of temporal.workflow.list({ query: `TaskQueue = '${taskQueue}'` })) {
    const { events } = await temporal.workflow.getHandle(workflowId, runId).fetchHistory();
    for (const { workflowTaskFailedEventAttributes: failed } of events ?? [])
      if (failed && !/unhandled ?command|reset sticky/i.test(failed.failure?.message ?? ''))
        found.push(`${workflowId}: ${failed.failure?.message ?? ''}`);
  }
  return found;
}

let oldServer: ProgramProcess;
let oldWorker: ProgramProcess;
let nextServer: ProgramProcess;
let nextWorker: ProgramProcess;
let early: string[];

test('the first version gets the work once it is made current, and sells', async () => {
  [oldServer, oldWorker] = await Promise.all([run('server', 'old'), run('worker', 'old')]);
  expect(await rollout('old', root, 'to')).toContain(`${VERSIONS.old} has the work`);
  const recurring = { interval: 'month' } as const;
  ({ id: price } = await balancer.next().prices.create({ currency: 'usd', unit_amount: 1_000, recurring, product_data: { name: 'Pro' } }));
  traffic = new Traffic(balancer, price);
  await until(() => traffic.subscriptions.length >= 5, { what: 'subscriptions', timeoutMs: 60_000 });
  early = traffic.subscriptions.slice(0, 3);
  expect(await buildOf(early[0] ?? '')).toBe(VERSIONS.old);
});

test('a version that running workflows cannot continue with is refused before it gets any work', async () => {
  const answer = await rollout('broken', broken.folder, 'check');
  expect(answer).toMatch(/^refused: .*subscription\/sub_/s);
  expect(answer).toContain('This version cannot continue them');
  expect(await rollout('old', root, 'status')).toContain(`current  ${VERSIONS.old}`);
});

test('the next version takes over beside the old one, which is then stopped; no call fails, and running subscriptions go on', async () => {
  [nextServer, nextWorker] = await Promise.all([run('server', 'next'), run('worker', 'next')]);
  const printed = await rollout('next', next.folder, 'to', '--ramp', '30', '--for', '3');
  expect(printed).toMatch(/[1-9]\d* running workflows replayed with 0\.1\.0-next, 0 differ\n30 percent/);
  expect(printed).toContain(`the workers of ${VERSIONS.old} may stop`);
  await Promise.all([stop(oldServer), stop(oldWorker)]);
  const { length } = traffic.subscriptions;
  await until(() => traffic.subscriptions.length >= length + 5, { what: 'subscriptions without the old version', timeoutMs: 150_000 });
  for (const subscription of early) await movesTo(subscription, VERSIONS.next);
  expect(await buildOf(traffic.subscriptions.at(-1) ?? '')).toBe(VERSIONS.next);
  expect(traffic.failures).toEqual([]);
  expect(await failedTasks()).toEqual([]);
});

test('the next version is rolled back: what the old one cannot continue starts again from its rows, and no call fails', async () => {
  [oldServer, oldWorker] = await Promise.all([run('server', 'old'), run('worker', 'old')]);
  expect(await rollout('old', root, 'to', '--restart')).toMatch(/[1-9]\d* start again from their rows/);
  await Promise.all([stop(nextServer), stop(nextWorker)]);
  const { length } = traffic.subscriptions;
  await until(() => traffic.subscriptions.length >= length + 5, { what: 'subscriptions after the way back', timeoutMs: 150_000 });
  for (const subscription of early) await movesTo(subscription, VERSIONS.old);
  await traffic.stop();
  expect(traffic.failures).toEqual([]);
});

test('nothing was lost or done twice: each subscription is active and paid once, has what it was told last, and the books agree', async () => {
  const { sql } = database;
  const rows = await sql<{ id: string; status: string }[]>`select id, status from subscriptions`;
  expect(rows.map(({ id }) => id).sort()).toEqual([...traffic.subscriptions].sort());
  expect(rows.filter(({ status }) => status !== 'active')).toEqual([]);
  const told = await sql<
    { id: string; count: string }[]
  >`select id, metadata ->> 'count' as count from subscriptions where metadata ? 'count'`;
  expect(Object.fromEntries(told.map(({ id, count }) => [id, count]))).toEqual(Object.fromEntries(traffic.told));
  expect(await contradictions(sql)).toEqual([]);
  expect(await sql`select workflow, reason, error from held`).toEqual([]);
  process.stderr.write(
    `${String(traffic.calls)} calls, ${String(rows.length)} subscriptions, ${String(traffic.failures.length)} calls failed\n`,
  );
});
