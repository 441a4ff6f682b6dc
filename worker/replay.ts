/** Replays the histories of running workflows with the code of this version: what would break when it is deployed breaks here. */
import type { Client } from '@temporalio/client';
import { Worker, type Logger } from '@temporalio/worker';
import { workflowBundle } from './bundle';

export interface ReplayOptions {
  client: Client;
  taskQueue: string;
  /** So many of each type, chosen by chance. Null: all. */
  perType: number | null;
  /** Absent: every type. */
  type?: string | undefined;
  logger: Logger;
  /** The code of the workflows. Absent: that of this version. */
  bundle?: { code: string };
  onReplayed?: (done: number, of: number) => void;
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
  reason: string;
}

export interface ReplayReport {
  types: ReplayedType[];
  failures: ReplayFailure[];
}

interface Chosen {
  type: string;
  workflow: string;
  run: string;
}

/** @throws Error if Temporal does not answer */
export async function replayRunning(options: ReplayOptions): Promise<ReplayReport> {
  const samples = await chooseRunning(options);
  const chosen = [...samples.values()].flatMap(({ kept }) => kept);
  const byRun = new Map(chosen.map((each) => [each.run, each]));
  const failures: ReplayFailure[] = [];
  const failed = new Map<string, number>();
  const replayed = new Map<string, number>();
  let done = 0;
  const bundle = options.bundle ?? (await workflowBundle(options.logger));
  const results = Worker.runReplayHistories({ workflowBundle: bundle, reuseV8Context: true }, historiesOf(options.client, chosen));
  for await (const { runId, workflowId, error } of results) {
    const type = byRun.get(runId)?.type ?? '';
    replayed.set(type, (replayed.get(type) ?? 0) + 1);
    options.onReplayed?.(++done, chosen.length);
    if (error === undefined) continue;
    failed.set(type, (failed.get(type) ?? 0) + 1);
    failures.push({ type, workflow: workflowId, run: runId, reason: error.message });
  }
  const types = [...samples].map(([type, { running }]) => ({
    ...{ type, running, replayed: replayed.get(type) ?? 0, failed: failed.get(type) ?? 0 },
  }));
  return { types: types.sort((a, b) => (a.type < b.type ? -1 : 1)), failures };
}

type Samples = Map<string, { running: number; kept: Chosen[] }>;

/** A sample of each type in which every running workflow is as likely, however many there are. */
async function chooseRunning({ client, taskQueue, perType, type: wanted }: ReplayOptions): Promise<Samples> {
  const samples: Samples = new Map();
  const ofType = wanted === undefined ? '' : ` and WorkflowType = '${wanted}'`;
  for await (const { type, workflowId, runId } of client.workflow.list({
    query: `TaskQueue = '${taskQueue}' and ExecutionStatus = 'Running'${ofType}`,
  })) {
    const sample = samples.get(type) ?? { running: 0, kept: [] };
    samples.set(type, sample);
    sample.running += 1;
    const place = perType === null || sample.kept.length < perType ? sample.kept.length : Math.floor(Math.random() * sample.running);
    if (perType === null || place < perType) sample.kept[place] = { type, workflow: workflowId, run: runId };
  }
  return samples;
}

/** One that has ended meanwhile has a history as well; one that is gone has none. */
async function* historiesOf(client: Client, chosen: readonly Chosen[]): AsyncGenerator<{ workflowId: string; history: History }> {
  for (const { workflow, run } of chosen) {
    yield { workflowId: workflow, history: await client.workflow.getHandle(workflow, run).fetchHistory() };
  }
}

type History = Awaited<ReturnType<ReturnType<Client['workflow']['getHandle']>['fetchHistory']>>;
