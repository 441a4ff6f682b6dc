/** Replays the histories of running workflows with the code of this version: what would break when it is deployed breaks here. */
import type { Client } from '@temporalio/client';
import type { HistoryAndWorkflowId } from '@temporalio/common';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { workflowBundle as bundleOf } from './bundle';

export interface ReplayOptions {
  client: Client;
  taskQueue: string;
  /** So many of each type, chosen by chance. Absent: all. */
  perType?: number | undefined;
  /** So many of the newest. Absent: all. */
  newest?: number;
  /** Absent: every type. */
  type?: string | undefined;
  /** The code of the workflows. Absent: that of this version. */
  bundle?: { code: string };
}

export interface ReplayedType {
  type: string;
  running: number;
  replayed: number;
  failed: number;
}

export interface ReplayFailure {
  type: string;
  workflow: string;
  run: string;
  /** A `DeterminismViolationError` if the history asks for something else than this version would do. */
  error: Error;
}

export interface ReplayReport {
  types: ReplayedType[];
  failures: ReplayFailure[];
}

type Chosen = Omit<ReplayFailure, 'error'>;

const FETCHED_AT_ONCE = 4;

/** For a program that prints only what it has found: Temporal's own lines are dropped. Called once, before anything else of the SDK is used. */
export function installSilentRuntime(): void {
  const logger = new DefaultLogger('ERROR', () => undefined);
  Runtime.install({ logger, telemetryOptions: { logging: { filter: { core: 'ERROR', other: 'ERROR' }, forward: {} } } });
}

/** @throws Error if Temporal does not answer */
export async function replayRunning(options: ReplayOptions): Promise<ReplayReport> {
  const samples = await chooseRunning(options);
  const chosen = [...samples.values()].flatMap(({ kept }) => kept);
  const byWorkflow = new Map(chosen.map((each) => [each.workflow, each]));
  const failures: ReplayFailure[] = [];
  const workflowBundle = options.bundle ?? (await bundleOf(new DefaultLogger('ERROR')));
  const results = Worker.runReplayHistories({ workflowBundle, reuseV8Context: true }, historiesOf(options.client, chosen));
  for await (const { workflowId, error } of results) {
    const replayed = byWorkflow.get(workflowId);
    if (replayed !== undefined && error !== undefined) failures.push({ ...replayed, error });
  }
  const failed = (wanted: string): number => failures.filter(({ type }) => type === wanted).length;
  const types = [...samples].map(([type, { running, kept }]) => ({ type, running, replayed: kept.length, failed: failed(type) }));
  return { types: types.sort((a, b) => (a.type < b.type ? -1 : 1)), failures };
}

type Samples = Map<string, { running: number; kept: Chosen[] }>;

/** Temporal lists the newest first. In a sample, every running workflow of the type is as likely, however many there are. */
async function chooseRunning({ client, taskQueue, perType = Infinity, newest = Infinity, type: wanted }: ReplayOptions): Promise<Samples> {
  const samples: Samples = new Map();
  const ofType = wanted === undefined ? '' : ` and WorkflowType = '${wanted}'`;
  const query = `TaskQueue = '${taskQueue}' and ExecutionStatus = 'Running'${ofType}`;
  let listed = 0;
  for await (const { type, workflowId, runId } of client.workflow.list({ query })) {
    if (++listed > newest) break;
    const sample = samples.get(type) ?? { running: 0, kept: [] };
    samples.set(type, sample);
    sample.running += 1;
    const place = sample.kept.length < perType ? sample.kept.length : Math.floor(Math.random() * sample.running);
    if (place < perType) sample.kept[place] = { type, workflow: workflowId, run: runId };
  }
  return samples;
}

/** One that has ended meanwhile has a history as well. */
async function* historiesOf(client: Client, chosen: readonly Chosen[]): AsyncGenerator<HistoryAndWorkflowId> {
  const historyOf = async ({ workflow, run }: Chosen): Promise<HistoryAndWorkflowId> => {
    return { workflowId: workflow, history: await client.workflow.getHandle(workflow, run).fetchHistory() };
  };
  for (let from = 0; from < chosen.length; from += FETCHED_AT_ONCE) {
    yield* await Promise.all(chosen.slice(from, from + FETCHED_AT_ONCE).map(historyOf));
  }
}
