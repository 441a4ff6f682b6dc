import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DeterminismViolationError } from '@temporalio/workflow';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode, DefaultLogger, Worker } from '@temporalio/worker';
import { quietRuntime } from '../support/runtime';
import { temporalAddress } from '../support/stack';
import type { RenewalActivities } from './patched/contract';

/** The example of CONTRIBUTING.md: how to change a workflow while runs of the previous version continue. */
const VERSIONS = ['version-1', 'version-2', 'version-2-unpatched', 'version-3'] as const;
type Version = (typeof VERSIONS)[number];
interface Bundle {
  code: string;
}

const logger = new DefaultLogger('ERROR');
const bundles = new Map<Version, Bundle>();
const histories = new Map<Version, unknown>();
const taxes: number[] = [];
let environment: TestWorkflowEnvironment;

const activities: RenewalActivities = {
  calculateTax: () => Promise.resolve(19),
  renew: (_subscription, tax) => {
    taxes.push(tax);
    return Promise.resolve();
  },
};

beforeAll(async () => {
  quietRuntime();
  environment = await TestWorkflowEnvironment.createFromExistingServer({ address: await temporalAddress() });
  for (const version of VERSIONS) {
    bundles.set(version, await bundleWorkflowCode({ workflowsPath: join(__dirname, 'patched', `${version}.ts`), logger }));
  }
  for (const version of ['version-1', 'version-2'] as const) histories.set(version, await historyOf(version));
}, 120_000);
afterAll(() => environment.teardown());

const bundleOf = (version: Version): Bundle => bundles.get(version) ?? { code: '' };

/** Lives a renewal with the code of this version, and gives what it left in Temporal. */
async function historyOf(version: Version): Promise<unknown> {
  const taskQueue = `patched-${randomBytes(6).toString('hex')}`;
  const { nativeConnection: connection, client } = environment;
  const worker = await Worker.create({ connection, taskQueue, activities, workflowBundle: bundleOf(version) });
  const workflowId = `renewal/${taskQueue}`;
  await worker.runUntil(client.workflow.execute('renewalWorkflow', { taskQueue, workflowId, args: ['sub_1'] }));
  return client.workflow.getHandle(workflowId).fetchHistory();
}

const replay = (history: Version, code: Version): Promise<void> =>
  Worker.runReplayHistory({ workflowBundle: bundleOf(code) }, histories.get(history));

test('each version does what it is for', () => {
  expect(taxes).toEqual([0, 19]);
});

test.each([
  ['version-1', 'version-1'],
  ['version-1', 'version-2'],
  ['version-2', 'version-2'],
  ['version-2', 'version-3'],
] as const)('a run of %s continues with %s', async (history, code) => {
  await replay(history, code);
});

test.each([
  ['version-1', 'version-2-unpatched'],
  ['version-1', 'version-3'],
  ['version-2', 'version-1'],
] as const)('a run of %s does not replay with %s, and the check reports it', async (history, code) => {
  await expect(replay(history, code)).rejects.toThrow(DeterminismViolationError);
});
