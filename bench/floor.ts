/** The CPU that Temporal and its SDK need for workflows of Dunlin's shapes with nothing in them: no code of Dunlin can cost less. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Client, Connection, WithStartWorkflowOperation } from '@temporalio/client';
import { cpuOf } from './cpu';
import type { MessageRound } from './floor/worker';
import type { MeasuredStack } from './stack';
import { sideBySide } from './workload';

/** CPU milliseconds of one. */
export interface FloorMs {
  worker: number;
  temporal: number;
}

export type Floor = Record<Shape, FloorMs>;

export const SHAPES = ['start', 'renewal', 'renewalWithoutHour', 'renewalOnClock'] as const;
type Shape = (typeof SHAPES)[number];

const WORKFLOWS = 40;
const RENEWALS_EACH = 4;
const RENEWALS = WORKFLOWS * RENEWALS_EACH;
const STARTS = 80;
const AT_ONCE = 4;

interface Bare {
  client: Client;
  worker: ChildProcess;
  nextMessage: () => Promise<void>;
  measure: (count: number, work: (begin: () => void) => Promise<void>) => Promise<FloorMs>;
}

/** On the measured system's own Temporal, with a worker next to Dunlin's. */
export async function measureFloor(stack: MeasuredStack): Promise<Floor> {
  const args = ['--import', 'tsx', join(__dirname, 'floor', 'worker.ts'), stack.temporalAddress];
  const worker = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const connection = await Connection.connect({ address: stack.temporalAddress });
  try {
    const nextMessage = messagesOf(worker);
    await nextMessage();
    const bare = {
      client: new Client({ connection }),
      worker,
      nextMessage,
      measure: measuring({ ...stack.pids, worker: worker.pid ?? 0 }),
    };
    for (const warmUp of [starts, byTimers('emptyRenewalWorkflow'), onClock]) await warmUp(bare, 'warm-up');
    return {
      start: await starts(bare, 'start'),
      renewal: await byTimers('emptyRenewalWorkflow')(bare, 'renewal'),
      renewalWithoutHour: await byTimers('emptyRenewalWithoutHourWorkflow')(bare, 'without-hour'),
      renewalOnClock: await onClock(bare, 'clock'),
    };
  } finally {
    await connection.close();
    worker.kill('SIGTERM');
    if (worker.exitCode === null && worker.signalCode === null) await once(worker, 'exit');
  }
}

/** Resolves with each next message of the worker; rejects if the worker has ended. */
function messagesOf(worker: ChildProcess): () => Promise<void> {
  const died = once(worker, 'exit').then(([code]) => {
    throw new Error(`the worker of the floor ended with ${String(code)}`);
  });
  died.catch(() => undefined);
  return async () => {
    await Promise.race([new Promise((resolve) => worker.once('message', resolve)), died]);
  };
}

/** The measurement begins when the work says so, or with it. */
function measuring(pids: MeasuredStack['pids']): Bare['measure'] {
  return async (count, work) => {
    let before = cpuOf(pids);
    await work(() => (before = cpuOf(pids)));
    const after = cpuOf(pids);
    return { worker: (after.worker - before.worker) / count, temporal: (after.temporal - before.temporal) / count };
  };
}

/** As the server sends them: an Update that starts the workflow. */
async function starts({ client, measure }: Bare, name: string): Promise<FloorMs> {
  const start = (index: number): Promise<unknown> =>
    client.workflow.executeUpdateWithStart('create', {
      startWorkflowOperation: new WithStartWorkflowOperation('emptyStartWorkflow', {
        ...{ taskQueue: 'floor', workflowId: `floor/start-${name}/${String(index)}`, args: [], workflowIdConflictPolicy: 'USE_EXISTING' },
      }),
    });
  return measure(STARTS, async () => {
    await sideBySide(STARTS, AT_ONCE, start);
  });
}

/** Measured from the moment when all are started and wait for their first timer. */
function byTimers(type: 'emptyRenewalWorkflow' | 'emptyRenewalWithoutHourWorkflow') {
  return ({ client, measure }: Bare, name: string): Promise<FloorMs> =>
    measure(RENEWALS, async (begin) => {
      const start = (index: number) =>
        client.workflow.start(type, { taskQueue: 'floor', workflowId: `floor/${name}/${String(index)}`, args: [RENEWALS_EACH] });
      const handles = await Promise.all(Array.from({ length: WORKFLOWS }, (_, index) => start(index)));
      begin();
      await Promise.all(handles.map((handle) => handle.result()));
    });
}

/** The worker sends the messages, two for each renewal. */
async function onClock({ client, worker, nextMessage, measure }: Bare, name: string): Promise<FloorMs> {
  const workflows = Array.from({ length: WORKFLOWS }, (_, index) => `floor/clock-${name}/${String(index)}`);
  await Promise.all(
    workflows.map((workflowId) => client.workflow.start('emptyClockWorkflow', { taskQueue: 'floor', workflowId, args: [] })),
  );
  return measure(RENEWALS, async () => {
    for (let round = 0; round < 2 * RENEWALS_EACH; round += 1) {
      const answered = nextMessage();
      worker.send({ workflows } satisfies MessageRound);
      await answered;
    }
  });
}
