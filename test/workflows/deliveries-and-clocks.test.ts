import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { heartbeat } from '@temporalio/activity';
import type { WorkflowHandle } from '@temporalio/client';
import {
  advanceSignal,
  deliverSignal,
  TEST_CLOCK_WORKFLOW,
  testClockWorkflowId,
  WEBHOOK_ENDPOINT_WORKFLOW,
  webhookEndpointWorkflowId,
} from '../../workflows/contract';
import { historiesOf, startEnvironment, until, type Environment, type Script } from './environment';
import { testSideBySide } from '../support/side-by-side';

/** The two workflows that do one thing for ever, delivering and moving time, where what they ask for fails. */
let environment: Environment;
afterAll(() => environment.stop());

/** For each of them: its signal, its activity, and the answers after which it waits, continues at once, or ends. */
const MACHINES = {
  'webhook endpoint': {
    ...{ type: WEBHOOK_ENDPOINT_WORKFLOW, idOf: webhookEndpointWorkflowId, signal: deliverSignal, activity: 'deliverDue' },
    inputOf: (endpoint: string): object => ({ endpoint, account: 'acct_1', livemode: false }),
    answers: {
      idle: { status: 'enabled', nextInMs: null },
      busy: { status: 'enabled', nextInMs: 0 },
      deleted: { status: 'deleted', nextInMs: null },
    },
  },
  'test clock': {
    ...{ type: TEST_CLOCK_WORKFLOW, idOf: testClockWorkflowId, signal: advanceSignal, activity: 'advanceClock' },
    inputOf: (clock: string): object => ({ clock, account: 'acct_1', livemode: false }),
    answers: {
      idle: { status: 'ready', frozenTime: 1, targetTime: null, waitingFor: [] },
      busy: { status: 'advancing', frozenTime: 1, targetTime: 2, waitingFor: [] },
      deleted: { status: 'deleted', frozenTime: 1, targetTime: null, waitingFor: [] },
    },
  },
} as const;
type Machine = keyof typeof MACHINES;

class Subject {
  readonly name = `x_${randomBytes(5).toString('hex')}`;
  readonly id: string;

  constructor(private readonly machine: Machine) {
    this.id = MACHINES[machine].idOf(this.name);
  }

  async begin(play: Script[string]): Promise<this> {
    environment.play(this.id, { [MACHINES[this.machine].activity]: play, endClock: () => null });
    await this.tell();
    return this;
  }

  async tell(): Promise<void> {
    const { type, inputOf, signal } = MACHINES[this.machine];
    const { client, taskQueue } = environment;
    await client.workflow.signalWithStart(type, { taskQueue, workflowId: this.id, args: [inputOf(this.name)], signal, signalArgs: [] });
  }

  get times(): number {
    return environment.calls(this.id, MACHINES[this.machine].activity).length;
  }

  get handle(): WorkflowHandle {
    return environment.client.workflow.getHandle(this.id);
  }

  async status(): Promise<string> {
    return (await this.handle.describe()).status.name;
  }
}

const cases: Record<string, (machine: Machine) => Promise<void>> = {
  async 'an activity that throws is asked again, until it answers'(machine) {
    const subject = await new Subject(machine).begin(({ attempt }) => {
      if (attempt <= 3) throw new Error('boom');
      return MACHINES[machine].answers.idle;
    });
    await until(() => subject.times === 4, 'the fourth try');
    await subject.tell();
    await until(() => subject.times === 5, 'what comes after it');
    expect(await subject.status()).toBe('RUNNING');
  },

  async 'an activity without a heartbeat is given up, and asked again'(machine) {
    const subject = await new Subject(machine).begin(({ attempt }) =>
      attempt === 1 ? new Promise(() => undefined) : MACHINES[machine].answers.idle,
    );
    await until(() => subject.times === 2, 'the second try');
    expect(await subject.status()).toBe('RUNNING');
  },

  async 'one with a heartbeat may take longer than that'(machine) {
    const subject = await new Subject(machine).begin(async () => {
      for (let beats = 0; beats < 16; beats += 1) {
        heartbeat();
        await sleep(1_000);
      }
      return MACHINES[machine].answers.deleted;
    });
    await subject.handle.result();
    expect(subject.times).toBe(1);
  },

  async 'told while it is at work, it looks once more, once'(machine) {
    let go: () => void = () => undefined;
    const open = new Promise<void>((resolve) => (go = resolve));
    const subject = await new Subject(machine).begin(async ({ times }) => {
      if (times === 1) await open;
      return MACHINES[machine].answers.idle;
    });
    await until(() => subject.times === 1, 'the work');
    await Promise.all([subject.tell(), subject.tell(), subject.tell()]);
    go();
    await until(() => subject.times === 2, 'another look');
    await sleep(500);
    expect(subject.times).toBe(2);
  },

  async 'a run is followed by another, and nothing it was told is lost'(machine) {
    const subject = await new Subject(machine).begin(({ times }) => {
      if (times === 150) return MACHINES[machine].answers.idle;
      return times > 150 ? MACHINES[machine].answers.deleted : MACHINES[machine].answers.busy;
    });
    await until(() => subject.times >= 150, 'a hundred and fifty looks');
    expect((await historiesOf(environment.client, subject.id)).length).toBe(2);
    await subject.tell();
    await until(async () => (await subject.status()) === 'COMPLETED', 'its end');
  },

  async 'deleted, it ends'(machine) {
    const subject = await new Subject(machine).begin(({ times }) =>
      times === 1 ? MACHINES[machine].answers.idle : MACHINES[machine].answers.deleted,
    );
    await until(() => subject.times === 1, 'the first look');
    await subject.tell();
    await subject.handle.result();
    expect(environment.calls(subject.id, 'endClock')).toHaveLength(machine === 'test clock' ? 1 : 0);
  },

  async 'a cancellation from outside ends nothing, not even what is on its way'(machine) {
    const subject = await new Subject(machine).begin(async ({ times }) => {
      if (times === 1) await sleep(1_500);
      return MACHINES[machine].answers.idle;
    });
    await until(() => subject.times === 1, 'the work');
    await subject.handle.cancel();
    await subject.tell();
    await until(() => subject.times === 2, 'another look');
    await subject.tell();
    await until(() => subject.times === 3, 'one more');
    expect(await subject.status()).toBe('RUNNING');
  },
};

async function endOfClockIsAskedAgain(): Promise<void> {
  const subject = new Subject('test clock');
  const endClock: Script[string] = ({ attempt }) => {
    if (attempt === 1) throw new Error('boom');
    return null;
  };
  environment.play(subject.id, { advanceClock: () => MACHINES['test clock'].answers.deleted, endClock });
  await subject.tell();
  await subject.handle.result();
  expect(environment.calls(subject.id, 'endClock')).toHaveLength(2);
}

/** If a retry is due, it waits for that or for a signal, whichever comes first. */
async function nextRetryIsWaitedFor(): Promise<void> {
  const subject = await new Subject('webhook endpoint').begin(({ times }) => ({
    status: 'enabled',
    nextInMs: times === 1 ? 1_500 : 600_000,
  }));
  await until(() => subject.times === 2, 'the retry');
  await subject.tell();
  await until(() => subject.times === 3, 'what it was told', 5_000);
}

const table = Object.fromEntries(
  (Object.keys(MACHINES) as Machine[]).flatMap((machine) =>
    Object.entries(cases).map(([name, run]) => [`${machine}: ${name}`, () => run(machine)]),
  ),
);

testSideBySide(
  {
    ...table,
    'test clock: its end is asked for until it is done': endOfClockIsAskedAgain,
    'webhook endpoint: a retry that is due is waited for': nextRetryIsWaitedFor,
  },
  async () => {
    environment = await startEnvironment();
  },
);

test('each of these histories replays', async () => {
  expect(await environment.replayAll()).toBeGreaterThan(Object.keys(table).length);
}, 240_000);
