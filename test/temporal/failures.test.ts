import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection, WithStartWorkflowOperation } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { pino } from 'pino';
import { answerOf } from '../../server/http/errors';
import { Changes } from '../../temporal/changes';
import { temporalFailure } from '../../temporal/failures';
import { createRefundUpdate } from '../../workflows/contract';
import { quietRuntime } from '../support/runtime';
import { temporalAddress } from '../support/stack';
import { changeUpdate, endSignal, otherSignal } from './workflows';

const taskQueue = `failures-${randomBytes(4).toString('hex')}`;
const NOWHERE = '127.0.0.1:1';
let native: NativeConnection;
let connection: Connection;
/** Without retries, so that the server's own error arrives. */
let bare: Connection;
let running: Promise<void>;
let worker: Worker;
let starts = 0;

beforeAll(async () => {
  // Tasks that fail are what is tested here.
  quietRuntime({ silent: true });
  const address = await temporalAddress();
  native = await NativeConnection.connect({ address });
  connection = await Connection.connect({ address });
  bare = await Connection.connect({ address, interceptors: [] });
  worker = await Worker.create({
    connection: native,
    taskQueue,
    workflowsPath: join(__dirname, 'workflows.ts'),
    activities: { started: () => Promise.resolve((starts += 1)), takeAWhile: () => sleep(1_500) },
  });
  running = worker.run();
}, 120_000);
afterAll(async () => {
  worker.shutdown();
  await running;
  await Promise.all([connection.close(), bare.close(), native.close()]);
});

const newId = (): string => `${taskQueue}/${randomBytes(6).toString('hex')}`;

interface Told {
  id?: string;
  updateId?: string;
  what?: string;
  within?: number;
  over?: Client;
  queue?: string;
  reuse?: 'ALLOW_DUPLICATE' | 'REJECT_DUPLICATE';
}

/** A change of a workflow, which is started where it does not run. */
function tell(type: string, told: Told = {}): Promise<string> {
  const { id = newId(), updateId = 'change', what = 'it', within = 20_000, over = new Client({ connection }), queue = taskQueue } = told;
  const startWorkflowOperation = new WithStartWorkflowOperation(type, {
    ...{ taskQueue: queue, workflowId: id, args: [] },
    ...{ workflowIdConflictPolicy: 'USE_EXISTING', workflowIdReusePolicy: told.reuse ?? 'ALLOW_DUPLICATE' },
  });
  return over.withDeadline(Date.now() + within, () =>
    over.workflow.executeUpdateWithStart(changeUpdate, { args: [what], updateId, startWorkflowOperation }),
  );
}

/** What a call fails with, as it is judged, and what a caller of the API is answered. */
async function judged(call: Promise<unknown>): Promise<{ failure: string | null; status: number; error: unknown }> {
  const error: unknown = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error === null) throw new Error('nothing failed');
  return { failure: temporalFailure(error), status: answerOf(error, pino({ level: 'silent' })).status, error };
}

async function closed(): Promise<string> {
  const id = newId();
  await tell('answering', { id });
  const handle = new Client({ connection }).workflow.getHandle(id);
  await handle.signal(endSignal);
  await handle.result();
  return id;
}

describe.each(['server', 'worker'])('as %s sees it', (who) => {
  const client = (): Client => new Client({ connection: who === 'server' ? connection : native });

  test('a workflow that ends before it has answered: sent again under the same id, the next one answers', async () => {
    const id = newId();
    expect(await judged(tell('ending', { id, over: client() }))).toMatchObject({ failure: 'retry', status: 429 });
    expect(await tell('answering', { id, over: client() })).toBe('it is done');
  });

  test('an update of a workflow that has ended', async () => {
    const handle = client().workflow.getHandle(await closed());
    const update = handle.executeUpdate(changeUpdate, { args: ['more'], updateId: 'another' });
    expect(await judged(update)).toMatchObject({ failure: 'retry', status: 429 });
  });

  test('a start of a workflow that has ended, and must not be started again', async () => {
    const again = tell('answering', { id: await closed(), updateId: 'another', reuse: 'REJECT_DUPLICATE', over: client() });
    expect(await judged(again)).toMatchObject({ failure: 'retry', status: 429 });
  });

  test('no answer in time', async () => {
    expect(await judged(tell('silent', { within: 1_500, over: client() }))).toMatchObject({ failure: 'away', status: 503 });
  });

  test('no worker', async () => {
    expect(await judged(tell('answering', { queue: 'nobody', within: 1_500, over: client() }))).toMatchObject({
      failure: 'away',
      status: 503,
    });
  });

  test('a call that was cancelled', async () => {
    const stop = new AbortController();
    setTimeout(() => {
      stop.abort();
    }, 700);
    const over = client();
    const call = over.withAbortSignal(stop.signal, () => tell('silent', { over, within: 4_000 }));
    expect(await judged(call)).toMatchObject({ failure: 'away', status: 503 });
  });

  test('a workflow whose tasks fail', async () => {
    expect(await judged(tell('broken', { within: 7_000, over: client() }))).toMatchObject({ failure: 'away', status: 503 });
  });

  test('a bug in the handler of a message, and a message without a handler', async () => {
    expect(await judged(tell('answering', { what: 'a bug', over: client() }))).toMatchObject({ failure: 'failed', status: 500 });
    expect(await judged(tell('deaf', { over: client() }))).toMatchObject({ failure: 'failed', status: 500 });
  });
});

test('a task that fails because a signal overtook the end of its workflow rejects its message: it is sent again', async () => {
  const id = newId();
  const over = new Client({ connection: bare });
  const told = judged(tell('overtaken', { id, over }));
  await sleep(500);
  await over.workflow.getHandle(id).signal(otherSignal);
  const { failure } = await told;
  expect(['retry', 'away']).toContain(failure);
});

test('more concurrent messages than a workflow accepts', async () => {
  const id = newId();
  const over = new Client({ connection: bare });
  const told = Array.from({ length: 14 }, (_, n) => judged(tell('silent', { id, updateId: String(n), within: 3_000, over })));
  const found = await Promise.all(told);
  expect(new Set(found.map(({ failure, status }) => `${String(failure)} ${String(status)}`))).toEqual(new Set(['busy 429', 'away 503']));
});

test('a Temporal that is away', async () => {
  const lazy = Connection.lazy({ address: NOWHERE, interceptors: [] });
  const call = tell('answering', { over: new Client({ connection: lazy }), within: 3_000 });
  expect(await judged(call)).toMatchObject({ failure: 'away', status: 503 });
  await lazy.close();
});

test('a request that Temporal rejects as invalid is a bug', async () => {
  expect(await judged(tell('answering', { id: 'x'.repeat(5_000) }))).toMatchObject({ failure: 'failed', status: 500 });
});

test('errors from elsewhere are not classified here', () => {
  expect(temporalFailure(new Error('UNAVAILABLE: Workflow execution already completed'))).toBeNull();
  expect(temporalFailure('RESOURCE_EXHAUSTED')).toBeNull();
});

test('a change whose workflow ends before it has answered is sent again under the same id, and answered', async () => {
  starts = 0;
  const entity = { kind: 'refund', subject: `re_${randomBytes(6).toString('hex')}`, account: 'acct_1', livemode: false } as const;
  const changes = new Changes(new Client({ connection }), taskQueue);
  await changes.change({ ...entity, customer: null, testClock: null }, createRefundUpdate, { commitKey: 'req_1', now: 0 });
  expect(starts).toBe(2);
});
