import { setTimeout as sleep } from 'node:timers/promises';
import { ApplicationFailure } from '@temporalio/common';
import { answering } from '../../activities/answers';
import { DEADLINES } from '../../domain/core/deadlines';
import type { HoldRequest } from '../../domain/rows/held';
import type { WorkflowKind } from '../../domain/rows/workflow';
import { answered, failed, MISTAKE, refused, ScriptedEntity, takesChanges, unavailable } from './entity';
import { startEnvironment, until, type Call, type Environment, type Script } from './environment';
import { testSideBySide } from '../support/side-by-side';

/**
 * Each way in which a workflow's call can fail, for each kind of entity: with the real workflow code, and activities that fail on request.
 * The workflow always continues, and its history replays.
 */
let environment: Environment;

async function begin(kind: WorkflowKind, script: (entity: ScriptedEntity) => Script = () => ({})): Promise<ScriptedEntity> {
  const entity = new ScriptedEntity(environment, kind);
  await entity.begin(script(entity));
  return entity;
}

const holdsOf = (entity: ScriptedEntity): HoldRequest[] => entity.calls('hold').map(({ input }) => input as unknown as HoldRequest);
const isHeld = (entity: ScriptedEntity) => until(() => entity.calls('hold').length > 0, `the hold of ${entity.id}`);
const isDone = (entity: ScriptedEntity) => until(() => entity.agenda.length === 0, `what ${entity.id} is due to do`);
const databaseAway = (): never => {
  throw ApplicationFailure.create({ type: 'database_unavailable', message: 'CONNECT_TIMEOUT' });
};

/** A caller's change, or for kinds that take none a message that all take. */
async function answersOthers(entity: ScriptedEntity): Promise<void> {
  if (entity.takesChanges) expect(await entity.change()).toEqual({ refusal: null, failure: null, woke: [] });
  else expect(await entity.advance()).toEqual({ held: false });
}

type Case = (kind: WorkflowKind) => Promise<void>;

const cases: Record<string, Case> = {
  async 'a commit that throws holds it, and its execution does not fail'(kind) {
    const entity = await begin(kind, (self) => ({
      [self.due]: (call) => {
        if (call.times > 1) return self.done(call);
        throw new Error('boom');
      },
    }));
    await isHeld(entity);
    expect(await entity.advance()).toEqual({ held: true });
    expect(holdsOf(entity)).toMatchObject([{ step: entity.dueStep, failure: { reason: 'failed', message: 'boom' } }]);
    await entity.wake();
    expect(await entity.isFoundAs()).toEqual({ status: 'RUNNING', held: `${entity.dueStep}: failed` });
    await entity.release();
    await isDone(entity);
    expect(await entity.advance()).toEqual({ held: false });
    expect(await entity.isFoundAs()).toEqual({ status: 'RUNNING', held: null });
  },

  async 'a commit that hangs is made as an ordinary activity; messages meanwhile are answered'(kind) {
    const entity = await begin(kind, (self) => ({
      [self.due]: (call) => (call.isLocal ? answering(() => new Promise<never>(() => undefined)) : self.done(call)),
    }));
    await until(() => entity.calls(entity.due).length === 1, 'the commit that hangs');
    const began = Date.now();
    await Promise.all([answersOthers(entity), entity.wake(), entity.release()]);
    expect(Date.now() - began).toBeGreaterThan(DEADLINES.localActivity - 2_500);
    await isDone(entity);
    expect(entity.calls(entity.due).map(({ isLocal }) => isLocal)).toEqual([true, false]);
    expect(holdsOf(entity)).toEqual([]);
  },

  async 'while the database is away it waits, as an ordinary activity, until it is back'(kind) {
    const entity = await begin(kind, (self) => ({
      [self.due]: (call) => (call.isLocal ? unavailable : call.attempt <= 3 ? databaseAway() : self.done(call)),
    }));
    await until(() => entity.calls(entity.due).length > 1, 'the ordinary activity');
    await Promise.all([entity.wake(), entity.release(), answersOthers(entity)]);
    await isDone(entity);
    expect(entity.calls(entity.due).map(({ isLocal, attempt }) => [isLocal, attempt])).toEqual([
      [true, 1],
      [false, 1],
      [false, 2],
      [false, 3],
      [false, 4],
    ]);
    expect(new Set(entity.calls(entity.due).map(({ input }) => input['commitKey'])).size).toBe(1);
    expect(holdsOf(entity)).toEqual([]);
  },

  async 'a hold is written when the database is back'(kind) {
    const entity = await begin(kind, (self) => ({
      [self.due]: () => failed,
      hold: (call) => (call.isLocal ? unavailable : call.attempt === 1 ? databaseAway() : answered(null)),
    }));
    await until(() => entity.calls('hold').length === 3, 'the hold');
    expect(await entity.advance()).toEqual({ held: true });
  },

  async 'a step that fails holds it: it is found, its clock goes on, and released it does what it missed'(kind) {
    const entity = await begin(kind, (self) => ({ [self.due]: (call) => (call.times <= 2 ? failed : self.done(call)) }));
    await isHeld(entity);
    expect(await entity.advance()).toEqual({ held: true });
    expect(holdsOf(entity)).toMatchObject([{ entity: { kind }, step: entity.dueStep, failure: MISTAKE }]);
    await entity.wake();
    await entity.advance();
    expect(entity.calls(entity.due)).toHaveLength(1);
    await entity.release();
    await until(() => holdsOf(entity).length === 2, 'the second failure');
    expect(entity.calls(entity.due)).toHaveLength(2);
    await entity.release();
    await isDone(entity);
    expect(await entity.advance()).toEqual({ held: false });
    expect(await entity.isFoundAs()).toEqual({ status: 'RUNNING', held: null });
    expect(entity.calls('endHold')).toEqual([]);
  },

  async 'held, and released when nothing is due any more, it is taken from the held'(kind) {
    const entity = await begin(kind, (self) => ({ [self.due]: () => failed }));
    await isHeld(entity);
    entity.agenda = [];
    await entity.release();
    await until(() => entity.calls('endHold').length === 1, 'the end of the hold');
    expect(entity.calls('endHold')[0]?.input).toEqual({ workflow: entity.id });
    expect(await entity.advance()).toEqual({ held: false });
    expect((await entity.isFoundAs()).held).toBeNull();
    expect(entity.calls(entity.due)).toHaveLength(1);
  },

  async 'a step that is refused is asked again after ever longer pauses, and a message meanwhile is handled at once'(kind) {
    const entity = await begin(kind, (self) => ({
      [self.due]: (call) => (call.times < 8 ? self.stands({ refusal: refused }) : self.done(call)),
    }));
    const due = (): number => entity.calls(entity.due).length;
    await until(() => due() === 7, 'seven refusals');
    await answersOthers(entity);
    // Twelve seconds of waiting were left; a message ends them, and what is due is asked again.
    await until(() => due() === 8, 'what it was refused', 6_000);
    await isDone(entity);
    expect(holdsOf(entity)).toEqual([]);
  },

  async 'a step that is refused for good is held, and asked again when something has changed'(kind) {
    const gone = { code: 'resource_missing', message: 'no such card', details: {} } as const;
    const entity = await begin(kind, (self) => ({
      [self.due]: (call) => (call.times <= 6 ? self.stands({ refusal: gone }) : self.done(call)),
    }));
    await isHeld(entity);
    expect(await entity.advance()).toEqual({ held: true });
    expect(holdsOf(entity)).toMatchObject([{ step: entity.dueStep, failure: { reason: 'refused', name: 'RefusedStep' } }]);
    expect(entity.calls(entity.due)).toHaveLength(6);
    await entity.wake();
    await isDone(entity);
    expect(await entity.advance()).toEqual({ held: false });
    expect(await entity.isFoundAs()).toEqual({ status: 'RUNNING', held: null });
  },

  async 'a step that is done and is due still is held at the third time, each under a commit key of its own'(kind) {
    const entity = await begin(kind, (self) => ({ [self.due]: (call) => self.commits(call) }));
    await isHeld(entity);
    expect(await entity.advance()).toEqual({ held: true });
    expect(new Set(entity.calls(entity.due).map(({ input }) => input['commitKey'])).size).toBe(3);
    expect(entity.calls(entity.due)).toHaveLength(3);
    expect(holdsOf(entity)).toMatchObject([{ step: entity.dueStep, failure: { reason: 'repeating' } }]);
    await entity.wake();
    await entity.advance();
    expect(entity.calls(entity.due)).toHaveLength(3);
  },

  async 'a cancellation from outside ends nothing, not even what is on its way'(kind) {
    const entity = await begin(kind, (self) => ({
      [self.due]: async (call) => {
        await sleep(1_500);
        return call.isLocal ? unavailable : self.done(call);
      },
    }));
    await until(() => entity.calls(entity.due).length === 1, 'what is due');
    await entity.handle.cancel();
    await answersOthers(entity);
    await isDone(entity);
    await answersOthers(entity);
    expect((await entity.isFoundAs()).status).toBe('RUNNING');
  },
};

/** The answer to the caller of a change. */
const changes: Record<string, Case> = {
  async 'a change that fails is answered at once, and what is due is done all the same'(kind) {
    const entity = await begin(kind, (self) => ({ [updateOf(self)]: () => failed }));
    await isDone(entity);
    expect(await entity.change()).toEqual({ refusal: null, failure: MISTAKE, woke: [] });
    expect(holdsOf(entity)).toEqual([]);
    expect(await entity.advance()).toEqual({ held: false });
  },

  async 'a change of a held entity that fails is answered at once, and one that succeeds lets it go on'(kind) {
    const entity = await begin(kind, (self) => ({
      [self.due]: (call) => (call.times === 1 ? failed : self.done(call)),
      [updateOf(self)]: (call) => (call.times === 1 ? failed : self.commits(call)),
    }));
    await isHeld(entity);
    expect(await entity.change()).toEqual({ refusal: null, failure: MISTAKE, woke: [] });
    expect(entity.calls(entity.due)).toHaveLength(1);
    expect(await entity.change()).toEqual({ refusal: null, failure: null, woke: [] });
    await isDone(entity);
    expect((await entity.isFoundAs()).held).toBeNull();
  },

  async 'a change of a held entity that is refused leaves it held'(kind) {
    const entity = await begin(kind, (self) => ({
      [self.due]: () => failed,
      [updateOf(self)]: () => self.stands({ refusal: refused }),
    }));
    await isHeld(entity);
    expect(await entity.change()).toEqual({ refusal: refused, failure: null, woke: [] });
    expect(await entity.advance()).toEqual({ held: true });
    expect(entity.calls(entity.due)).toHaveLength(1);
  },

  async 'a change while the database is away is made when it is back, and those behind it after it'(kind) {
    const isSecondTry = ({ isLocal, attempt }: Call): boolean => !isLocal && attempt === 1;
    const entity = await begin(kind, (self) => ({
      [updateOf(self)]: (call) =>
        call.isLocal && call.times === 1 ? unavailable : isSecondTry(call) ? databaseAway() : self.commits(call),
    }));
    await isDone(entity);
    const answers = await Promise.all([entity.change('req_1'), entity.change('req_2'), entity.change('req_3')]);
    expect(answers.map(({ failure, refusal }) => failure ?? refusal)).toEqual([null, null, null]);
    expect(['req_1', 'req_2', 'req_3'].filter((commitKey) => !entity.has(commitKey))).toEqual([]);
  },

  async 'a change that throws is answered as failed'(kind) {
    const entity = await begin(kind, (self) => ({
      [updateOf(self)]: () => {
        throw new Error('boom');
      },
    }));
    await isDone(entity);
    expect((await entity.change()).failure).toMatchObject({ reason: 'failed', message: 'boom' });
    expect((await entity.isFoundAs()).status).toBe('RUNNING');
  },
};

const updateOf = (entity: ScriptedEntity): string => entity.update ?? '';

const table = (of: Record<string, Case>, kinds: readonly WorkflowKind[]): Record<string, () => Promise<void>> =>
  Object.fromEntries(kinds.flatMap((kind) => Object.entries(of).map(([name, run]) => [`${kind}: ${name}`, () => run(kind)])));

const question = (digest: string) => ({ invoice: 'in_1', digest, input: { currency: 'usd', lines: [] } });
const answerTo = (digest: string) => ({ invoice: 'in_1', digest, provider: 'rates', lines: [] });

async function taxIsCalculated(): Promise<void> {
  const entity = await begin('invoice', (of) => ({
    calculateTax: () => answered([answerTo('a')]),
    [of.due]: (call) => (call.times === 1 ? answered({ needsTax: [question('a')] }) : of.done(call)),
  }));
  await isDone(entity);
  expect(entity.calls('calculateTax').map(({ input }) => input)).toEqual([{ questions: [question('a')] }]);
  const [first, second] = entity.calls(entity.due).map(({ input }) => input);
  expect(second).toEqual({ ...first, taxes: [answerTo('a')] });
}

async function taxCannotBeCalculated(): Promise<void> {
  const entity = await begin('invoice', (of) => ({
    calculateTax: ({ times }) => (times === 1 ? failed : answered([answerTo('a')])),
    [of.due]: (call) => (call.input['taxes'] ? of.done(call) : answered({ needsTax: [question('a')] })),
  }));
  await isHeld(entity);
  expect(holdsOf(entity)).toMatchObject([{ step: 'finalizeDraft', failure: MISTAKE }]);
  expect(entity.count).toBe(0);
  await entity.release();
  await isDone(entity);
  expect([entity.calls('calculateTax').length, entity.count]).toEqual([2, 1]);
}

async function taxInputChanges(): Promise<void> {
  const entity = await begin('invoice', (of) => ({
    calculateTax: ({ times }) => answered([answerTo(String(times))]),
    [of.due]: ({ times }) => answered({ needsTax: [question(`draft ${String(times)}`)] }),
  }));
  await isHeld(entity);
  expect(holdsOf(entity)).toMatchObject([{ step: 'finalizeDraft', failure: { reason: 'repeating', name: 'RepeatingTax' } }]);
  expect(entity.calls('calculateTax')).toHaveLength(3);
}

/** Tests each failure for these kinds of workflow. */
export function testFailures(kinds: readonly WorkflowKind[]): void {
  const changing = kinds.filter(takesChanges);
  afterAll(() => environment.stop());

  testSideBySide({ ...table(cases, kinds), ...table(changes, changing) }, async () => {
    environment = await startEnvironment();
  });

  test('each of these histories replays', async () => {
    expect(await environment.replayAll()).toBeGreaterThanOrEqual(kinds.length * Object.keys(cases).length);
  }, 240_000);

  test('invoice: its tax is calculated, and the same commit is repeated with the answer', taxIsCalculated);
  test(
    'invoice: whose tax cannot be calculated is held before it is finalized; released, it is calculated and finalized',
    taxCannotBeCalculated,
  );
  test('invoice: whose tax input changes with each calculation is held after the third', taxInputChanges);
}
