import { ApplicationFailure } from '@temporalio/common';
import type { WorkflowKind } from '../../domain/rows/workflow';
import { answered, failed, MISTAKE, ScriptedEntity, takesChanges, unavailable } from './entity';
import { historiesOf, startEnvironment, until, type Environment, type Script } from './environment';
import { testSideBySide } from '../support/side-by-side';

/** A run that ends and is followed by another, and workers that stop while the database is away. */
let environment: Environment;

async function begin(kind: WorkflowKind, script: (entity: ScriptedEntity) => Script = () => ({})): Promise<ScriptedEntity> {
  const entity = new ScriptedEntity(environment, kind);
  await entity.begin(script(entity));
  return entity;
}

const runsOf = async (entity: ScriptedEntity): Promise<number> => (await historiesOf(environment.client, entity.id)).length;

async function changesOfLastRun(entity: ScriptedEntity): Promise<number> {
  const [last] = await historiesOf(environment.client, entity.id);
  return (last?.events ?? []).filter((event) => event.workflowExecutionUpdateAcceptedEventAttributes).length;
}

/** Four callers at a time, as one server sends them. */
async function callersOf(count: number, call: (number: number) => Promise<void>): Promise<void> {
  const numbers = Array.from({ length: count }, (_, number) => number);
  const caller = async (): Promise<void> => {
    for (let number = numbers.shift(); number !== undefined; number = numbers.shift()) await call(number);
  };
  await Promise.all([caller(), caller(), caller(), caller()]);
}

async function changesThroughRuns(kind: WorkflowKind, count: number): Promise<void> {
  const entity = await begin(kind);
  await callersOf(count, async (number) => {
    expect(await entity.change(`req_${String(number)}`)).toEqual({ refusal: null, failure: null, woke: [] });
    if (number % 20 === 0) await Promise.all([entity.wake(), entity.release()]);
  });
  const lost = Array.from({ length: count }, (_, number) => `req_${String(number)}`).filter((commitKey) => !entity.has(commitKey));
  expect(lost).toEqual([]);
  // Each once, and what was due.
  expect(entity.count).toBe(count + 1);
  await until(async () => (await runsOf(entity)) > 1, 'another run');
  if (count > 100) expect(await changesOfLastRun(entity)).toBeGreaterThan(0);
}

async function advancesThroughRuns(kind: WorkflowKind): Promise<void> {
  const entity = await begin(kind);
  await until(async () => {
    expect(await entity.advance()).toEqual({ held: false });
    return (await runsOf(entity)) > 1;
  }, 'another run');
  expect(await entity.advance()).toEqual({ held: false });
}

/** An entity that is held, in a run that follows the one in which it was. */
async function heldInNextRun(kind: WorkflowKind): Promise<ScriptedEntity> {
  const entity = await begin(kind, (self) => ({
    [self.due]: (call) => (call.times === 1 ? failed : self.done(call)),
    [self.update ?? '']: () => failed,
  }));
  await until(() => entity.calls('hold').length === 1, 'the hold');
  await callersOf(52, async () => {
    expect(await entity.change()).toEqual({ refusal: null, failure: MISTAKE, woke: [] });
  });
  await until(async () => (await runsOf(entity)) > 1, 'another run');
  return entity;
}

async function heldThroughRuns(kind: WorkflowKind): Promise<void> {
  const entity = await heldInNextRun(kind);
  await entity.wake();
  expect(await entity.advance()).toEqual({ held: true });
  expect((await entity.isFoundAs()).held).toBe(`${entity.dueStep}: failed`);
  expect([entity.calls('hold').length, entity.calls(entity.due).length]).toEqual([1, 1]);
  await entity.release();
  await until(() => entity.agenda.length === 0, 'what it missed');
  expect(await entity.advance()).toEqual({ held: false });
  expect((await entity.isFoundAs()).held).toBeNull();
}

/** What was held in the run before, and is not due any more in the next one, is not left among the held. */
async function mendedBetweenRuns(kind: WorkflowKind): Promise<void> {
  const entity = await heldInNextRun(kind);
  entity.agenda = [];
  await entity.release();
  await until(() => entity.calls('endHold').length > 0, 'the end of the hold');
  expect(await entity.advance()).toEqual({ held: false });
  expect((await entity.isFoundAs()).held).toBeNull();
}

const named = (kinds: readonly WorkflowKind[], name: string, run: (kind: WorkflowKind) => Promise<void>) =>
  Object.fromEntries(kinds.map((kind) => [`${kind}: ${name}`, () => run(kind)]));

/** Workflows that wait when the workers are stopped; each continues with the next workers. */
const waiting = new Map<WorkflowKind, ScriptedEntity>();
let isBack = false;
const whenBack = (answer: () => unknown): unknown => {
  if (isBack) return answer();
  throw ApplicationFailure.create({ type: 'database_unavailable', message: 'CONNECT_TIMEOUT', nextRetryDelay: '500ms' });
};

async function startWaiting(kinds: readonly WorkflowKind[]): Promise<void> {
  for (const kind of kinds) {
    waiting.set(
      kind,
      await begin(kind, (self) => ({
        [self.due]: (call) => (call.isLocal ? unavailable : whenBack(() => failed)),
        hold: (call) => (call.isLocal ? unavailable : answered(null)),
      })),
    );
  }
  for (const entity of waiting.values()) await until(() => entity.calls(entity.due).length > 1, `the outage of ${entity.id}`);
}

async function goesOn(kind: WorkflowKind): Promise<void> {
  const entity = waiting.get(kind);
  if (!entity) throw new Error(`no ${kind} waits`);
  expect(await entity.advance()).toEqual({ held: true });
  expect(await entity.isFoundAs()).toEqual({ status: 'RUNNING', held: `${entity.dueStep}: failed` });
  expect(entity.calls(entity.due).filter(({ isLocal }) => isLocal)).toHaveLength(1);
}

/** Tests runs that end, and workers that stop, for these kinds of workflow. */
export function testRuns(kinds: readonly WorkflowKind[]): void {
  const changing = kinds.filter(takesChanges);
  const holding = kinds.filter((kind) => kind === 'subscription' || kind === 'dunning');
  afterAll(() => environment.stop());

  testSideBySide(
    {
      'subscription: 120 changes, four at a time, through runs that end: none is lost, none is made twice': () =>
        changesThroughRuns('subscription', 120),
      ...named(
        changing.filter((kind) => kind !== 'subscription'),
        'changes through a run that ends: none is lost, none is made twice',
        (kind) => changesThroughRuns(kind, 60),
      ),
      ...named(
        kinds.filter((kind) => !changing.includes(kind)),
        'advances through a run that ends are answered',
        advancesThroughRuns,
      ),
      ...named(holding, 'held when a run ends, it is held in the next one', heldThroughRuns),
      ...named(
        holding,
        'held when a run ends, and released in the next one when nothing is due, it is taken from the held',
        mendedBetweenRuns,
      ),
      ...named(kinds, 'workers that are stopped and started in an outage go on, and the hold is written', goesOn),
    },
    async () => {
      environment = await startEnvironment();
      await startWaiting(kinds);
      await environment.restart();
      isBack = true;
    },
  );

  test('each of these histories replays', async () => {
    expect(await environment.replayAll()).toBeGreaterThan(kinds.length * 2);
  }, 240_000);
}
