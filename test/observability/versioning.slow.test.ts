import { randomBytes } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { createAccount } from '../../db/accounts';
import { createDatabase, temporalAddress, type TestDatabase } from '../support/stack';
import { until } from '../support/system';
import { spawnProgram, type ProgramProcess } from './program';

jest.setTimeout(180_000);

const taskQueue = `versions-${randomBytes(4).toString('hex')}`;
let database: TestDatabase;
let connection: Connection;
let client: Client;
const programs: ProgramProcess[] = [];
let key: string;

beforeAll(async () => {
  database = await createDatabase();
  key = (await createAccount(database.sql, { name: 'Tests' })).keys.test;
  connection = await Connection.connect({ address: await temporalAddress() });
  client = new Client({ connection });
});

afterAll(async () => {
  await Promise.all(programs.map((program) => program.stop()));
  await connection.close();
  await database.drop();
});

async function run(program: 'server' | 'worker', build: string): Promise<ProgramProcess> {
  const started = await spawnProgram(program, {
    ...{ DATABASE_URL: database.url, TEMPORAL_ADDRESS: await temporalAddress(), TASK_QUEUE: taskQueue },
    ...{ WORKER_VERSIONING: 'true', DUNLIN_BUILD_ID: build },
  });
  programs.push(started);
  return started;
}

/** Does the same as `temporal worker deployment set-current-version`. It is refused until a worker of that version has polled for work. */
async function makeCurrent(build: string): Promise<void> {
  const set = (): Promise<unknown> =>
    connection.workflowService.setWorkerDeploymentCurrentVersion({
      ...{ namespace: 'default', deploymentName: taskQueue, buildId: `0.1.0-${build}`, identity: 'test' },
      // The queues of processors and webhooks may not have been asked yet.
      ignoreMissingTaskQueues: true,
    });
  await until(
    () =>
      set().then(
        () => true,
        () => false,
      ),
    { what: `version ${build} to be current`, timeoutMs: 30_000 },
  );
}

async function call(server: ProgramProcess, path: string, body: Record<string, string>): Promise<Record<string, string>> {
  const response = await fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${key}` },
    body: new URLSearchParams(body),
  });
  const answer = (await response.json()) as Record<string, string>;
  expect({ path, status: response.status, answer: response.status === 200 ? null : answer }).toEqual({ path, status: 200, answer: null });
  return answer;
}

const buildsOf = async (subscription: string): Promise<string | undefined> => {
  const { raw } = await client.workflow.getHandle(`subscription/${subscription}`).describe();
  return raw.workflowExecutionInfo?.versioningInfo?.deploymentVersion?.buildId ?? undefined;
};

test('a version is rolled out and back while subscriptions run: each continues with the current version', async () => {
  const server = await run('server', 'one');
  await run('worker', 'one');
  await makeCurrent('one');
  const { id: customer = '' } = await call(server, '/v1/customers', {
    payment_method: 'pm_card_visa',
    'invoice_settings[default_payment_method]': 'pm_card_visa',
  });
  const { id: price = '' } = await call(server, '/v1/prices', {
    ...{ currency: 'usd', unit_amount: '1000', 'recurring[interval]': 'month', 'product_data[name]': 'Pro' },
  });
  const { id: subscription = '', status } = await call(server, '/v1/subscriptions', { customer, 'items[0][price]': price });
  expect(status).toBe('active');
  expect(await buildsOf(subscription)).toBe('0.1.0-one');

  await run('worker', 'two');
  await makeCurrent('two');
  await changedUntilServedBy('two');
  await makeCurrent('one');
  await changedUntilServedBy('one');

  /** A task queue hears of the current version a little later, so the first changes may still be made by the version before. */
  async function changedUntilServedBy(build: string): Promise<void> {
    const change = async (): Promise<boolean> => {
      await call(server, `/v1/subscriptions/${subscription}`, { 'metadata[seen_by]': build });
      return (await buildsOf(subscription)) === `0.1.0-${build}`;
    };
    await until(change, { what: `the subscription to go on with version ${build}` });
  }
});
