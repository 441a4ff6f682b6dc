/** The CPU that Temporal and its SDK need for empty workflows with a renewal's shape: no code of Dunlin can cost less. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { cpuOf } from './cpu';
import type { MeasuredStack } from './stack';

export interface Floor {
  /** CPU milliseconds of one empty renewal. */
  worker: number;
  temporal: number;
  renewals: number;
}

const WORKFLOWS = 40;
const RENEWALS_EACH = 4;

/** On the measured system's own Temporal, with a worker next to Dunlin's. */
export async function measureFloor(stack: MeasuredStack): Promise<Floor> {
  const args = ['--import', 'tsx', join(__dirname, 'floor', 'worker.ts'), stack.temporalAddress];
  const worker = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const connection = await Connection.connect({ address: stack.temporalAddress });
  try {
    await untilReady(worker);
    const pids = { ...stack.pids, worker: worker.pid ?? 0 };
    const client = new Client({ connection });
    await runEmpty(client, 'warm-up', () => undefined);
    let before = cpuOf(pids);
    await runEmpty(client, 'measured', () => (before = cpuOf(pids)));
    const after = cpuOf(pids);
    const renewals = WORKFLOWS * RENEWALS_EACH;
    const each = (name: 'worker' | 'temporal'): number => (after[name] - before[name]) / renewals;
    return { worker: each('worker'), temporal: each('temporal'), renewals };
  } finally {
    await connection.close();
    worker.kill('SIGTERM');
    if (worker.exitCode === null && worker.signalCode === null) await once(worker, 'exit');
  }
}

async function untilReady(worker: ChildProcess): Promise<void> {
  const died = once(worker, 'exit').then(([code]) => {
    throw new Error(`the worker of the floor ended with ${String(code)} before it was ready`);
  });
  died.catch(() => undefined);
  await Promise.race([once(worker, 'message'), died]);
}

/** @param onStarted called when all are started, and wait for their first timer */
async function runEmpty(client: Client, name: string, onStarted: () => void): Promise<void> {
  const handles = await Promise.all(
    Array.from({ length: WORKFLOWS }, (_, index) =>
      client.workflow.start('emptyRenewalWorkflow', {
        taskQueue: 'floor',
        workflowId: `floor/${name}/${String(index)}`,
        args: [RENEWALS_EACH],
      }),
    ),
  );
  onStarted();
  await Promise.all(handles.map((handle) => handle.result()));
}
