import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { activityInfo, cancelled } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Worker } from '@temporalio/worker';
import { STEPS } from '../../domain/steps/registry';
import { commitActivity } from '../../domain/rows/workflow';
import { Changes } from '../../temporal/changes';
import { workflowBundle, type BundleOptions } from '../../worker/bundle';
import { paymentsTaskQueue, testClocksTaskQueue, webhooksTaskQueue } from '../../workflows/contract';
import { quietRuntime } from '../support/runtime';
import { temporalAddress } from '../support/stack';

/** One call of an activity, as its script sees it. */
export interface Call {
  activity: string;
  input: Record<string, unknown>;
  isLocal: boolean;
  /** Of this call, from 1. */
  attempt: number;
  /** How often the activity was called in this workflow, retries included, from 1. */
  times: number;
}

/** What activities do in one workflow, by name: the value that is answered, or what is thrown, or a promise that stays open. */
export type Script = Record<string, (call: Call) => unknown>;

/** Real workflows on a real Temporal; every activity is played by a script. */
export interface Environment {
  client: Client;
  taskQueue: string;
  changes: Changes;
  /** From then on, activities of this workflow are played so. */
  play(workflowId: string, script: Script): void;
  /** The calls of a workflow so far, oldest first; of one activity, where it is named. */
  calls(workflowId: string, activity?: string): Call[];
  /** Stops the workers in an orderly way and starts others: nothing of a workflow is left in memory. */
  restart(): Promise<void>;
  /** Replays every run of every workflow that was played, with the same code. Throws where one would do something else now. */
  replayAll(): Promise<number>;
  stop(): Promise<void>;
}

const GATEWAY = 'sandbox';
const logger = new DefaultLogger('ERROR');

const ACTIVITIES = [
  ...['refresh', ...Object.keys(STEPS)].map(commitActivity),
  ...[
    'hold',
    'endHold',
    'calculateTax',
    'assessFraud',
    'attemptPayment',
    'resolvePayment',
    'capturePayment',
    'cancelPayment',
    'sendRefund',
  ],
  ...['resolveRefund', 'submitEvidence', 'closeDispute', 'deliverDue', 'advanceClock', 'endClock'],
];

export async function startEnvironment(options: BundleOptions = {}): Promise<Environment> {
  quietRuntime();
  const environment = await TestWorkflowEnvironment.createFromExistingServer({ address: await temporalAddress() });
  const { client } = environment;
  const taskQueue = `workflows-${randomBytes(6).toString('hex')}`;
  const stage = new Stage();
  const bundle = await workflowBundle(logger, options);
  let workers = await startWorkers(environment, taskQueue, stage, bundle);
  return {
    ...{ client, taskQueue, changes: new Changes(client, taskQueue), play: stage.play, calls: stage.calls },
    restart: async () => {
      await workers.stop();
      workers = await startWorkers(environment, taskQueue, stage, bundle);
    },
    replayAll: () => replay(client, stage.workflows(), bundle),
    stop: async () => {
      await endAll(client, stage.workflows());
      await workers.stop();
      await environment.teardown();
    },
  };
}

/** Which script plays whose activities, and what was called. */
class Stage {
  private readonly scripts = new Map<string, Script>();
  private readonly called: (Call & { workflowId: string })[] = [];

  readonly play = (workflowId: string, script: Script): void => {
    this.scripts.set(workflowId, script);
  };

  readonly calls = (workflowId: string, activity?: string): Call[] =>
    this.called.filter((call) => call.workflowId === workflowId && (activity === undefined || call.activity === activity));

  workflows(): string[] {
    return [...this.scripts.keys()];
  }

  readonly perform = async (input: Record<string, unknown>): Promise<unknown> => {
    const { workflowExecution, activityType: activity, isLocal, attempt } = activityInfo();
    const workflowId = workflowExecution?.workflowId ?? '';
    const times = this.calls(workflowId, activity).length + 1;
    const call = { workflowId, activity, input, isLocal, attempt, times };
    this.called.push(call);
    const part = this.scripts.get(workflowId)?.[activity];
    if (!part) throw new Error(`the script of ${workflowId} has no ${activity}`);
    // What never answers ends with its worker.
    return (await Promise.race([part(call), cancelled()])) ?? null;
  };
}

interface Workers {
  stop(): Promise<void>;
}

async function startWorkers(
  { nativeConnection: connection }: TestWorkflowEnvironment,
  taskQueue: string,
  stage: Stage,
  bundle: { code: string },
): Promise<Workers> {
  const activities = Object.fromEntries(ACTIVITIES.map((name) => [name, stage.perform]));
  const options = { connection, activities, shutdownGraceTime: 200, shutdownForceTime: 2_000 };
  const workers = await Promise.all([
    Worker.create({ ...options, taskQueue, workflowBundle: bundle, maxConcurrentActivityTaskExecutions: 200, maxCachedWorkflows: 500 }),
    Worker.create({ ...options, taskQueue: paymentsTaskQueue(taskQueue, GATEWAY) }),
    ...[webhooksTaskQueue, testClocksTaskQueue].map((queueOf) => Worker.create({ ...options, taskQueue: queueOf(taskQueue) })),
  ]);
  const runs = workers.map((worker) => worker.run());
  return {
    async stop() {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await Promise.allSettled(runs);
    },
  };
}

async function replay(client: Client, workflowIds: string[], bundle: { code: string }): Promise<number> {
  const histories: { workflowId: string; history: unknown }[] = [];
  for (const workflowId of workflowIds) {
    for (const history of await historiesOf(client, workflowId)) histories.push({ workflowId, history });
  }
  const failures: string[] = [];
  const options = { workflowBundle: bundle, reuseV8Context: true };
  for await (const { workflowId, error } of Worker.runReplayHistories(options, histories as never)) {
    if (error) failures.push(`${workflowId}: ${error.message}`);
  }
  if (failures.length > 0) throw new Error(failures.join('\n'));
  return histories.length;
}

type History = Awaited<ReturnType<ReturnType<Client['workflow']['getHandle']>['fetchHistory']>>;

/** Of every run, the latest first. */
export async function historiesOf(client: Client, workflowId: string): Promise<History[]> {
  const histories: History[] = [];
  for (let runId: string | undefined, isFirst = true; isFirst || runId !== undefined; isFirst = false) {
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    histories.push(history);
    runId = history.events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId ?? undefined;
    if (runId === '') runId = undefined;
  }
  return histories;
}

async function endAll(client: Client, workflowIds: string[]): Promise<void> {
  const end = (workflowId: string) => client.workflow.getHandle(workflowId).terminate('the test is over');
  await Promise.allSettled(workflowIds.map(end));
}

/** Asks until it is so. */
export async function until(isSo: () => boolean | Promise<boolean>, what: string, timeoutMs = 40_000): Promise<void> {
  for (const deadline = Date.now() + timeoutMs; Date.now() < deadline;) {
    if (await isSo()) return;
    await sleep(50);
  }
  throw new Error(`still waiting for ${what}`);
}
