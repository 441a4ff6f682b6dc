import { ApplicationFailure } from '@temporalio/common';
import type { PendingCall } from '../../domain/core/entity-state';
import { commitActivity, type WorkflowKind } from '../../domain/rows/workflow';
import { answered, failed, MISTAKE, ScriptedEntity, unavailable } from './entity';
import { startEnvironment, until, type Environment, type Script } from './environment';
import { testSideBySide } from '../support/side-by-side';

/** What leaves the building, and the fraud step before it, failing in each way; for each kind that has it to do. */
let environment: Environment;

type Calling = PendingCall['activity'];

/** The step that records what came back, of each call. */
const RECORDS: Record<Calling, string> = {
  attemptPayment: 'recordPayment',
  resolvePayment: 'recordPayment',
  capturePayment: 'recordCapture',
  cancelPayment: 'recordCancellation',
  sendRefund: 'recordRefund',
  resolveRefund: 'recordRefund',
  submitEvidence: 'recordSubmission',
  closeDispute: 'recordClosing',
  checkTaxId: 'recordTaxIdCheck',
};
const RECORD = (activity: Calling): string => commitActivity(RECORDS[activity]);
const ASSESSMENT = { decision: 'allow', riskLevel: 'normal', riskScore: 5, rule: null, reason: null };
const ANSWER = { outcome: 'declined', error: { code: 'card_declined', decline_code: 'insufficient_funds' } };
const id = 'pi_1/1';

/** Retried at once, so that the test does not wait for the pauses; the workflow decides how often it is retried. */
const away = (): never => {
  throw ApplicationFailure.create({ type: 'processor_unavailable', message: 'no answer', nextRetryDelay: '20ms' });
};

/** An entity whose change, or whose own step, leads to a call outside. */
async function calling(kind: WorkflowKind, activity: Calling, script: (entity: ScriptedEntity) => Script): Promise<ScriptedEntity> {
  const entity = new ScriptedEntity(environment, kind);
  const pendingCall: PendingCall = {
    activity,
    id,
    gateway: 'sandbox',
    step: RECORDS[activity],
    commitKey: `${activity}/1`,
    summary: 'charge €20.00',
  };
  const leads: Script[string] = (call) => {
    entity.agenda = [];
    entity.pendingCall = pendingCall;
    return entity.commits(call);
  };
  await entity.begin({
    [entity.due]: leads,
    assessFraud: () => answered(ASSESSMENT),
    [RECORD(activity)]: (call) => {
      entity.pendingCall = null;
      return entity.commits(call);
    },
    ...script(entity),
  });
  return entity;
}

const recorded = async (entity: ScriptedEntity, activity: Calling): Promise<unknown> => {
  await until(() => entity.calls(RECORD(activity)).length > 0, `the answer of ${activity}`);
  expect(entity.calls(RECORD(activity))).toHaveLength(1);
  return entity.calls(RECORD(activity))[0]?.input['answer'];
};

const charging: Record<string, (kind: WorkflowKind) => Promise<void>> = {
  async 'a fraud step that fails holds it, and no card is charged'(kind) {
    const entity = await calling(kind, 'attemptPayment', () => ({ assessFraud: () => failed }));
    await until(() => entity.calls('hold').length === 1, 'the hold');
    expect(await entity.advance()).toEqual({ held: true });
    expect(entity.calls('hold')[0]?.input).toMatchObject({ step: 'recordPayment', commitKey: 'attemptPayment/1', failure: MISTAKE });
    expect(entity.calls('attemptPayment')).toEqual([]);
  },

  async 'released after that, it assesses anew, and charges once'(kind) {
    const entity = await calling(kind, 'attemptPayment', () => ({
      assessFraud: ({ times }) => (times === 1 ? failed : answered(ASSESSMENT)),
      attemptPayment: () => ANSWER,
    }));
    await until(() => entity.calls('hold').length === 1, 'the hold');
    await entity.release();
    expect(await recorded(entity, 'attemptPayment')).toEqual({ assessment: ASSESSMENT, answer: ANSWER });
    expect(entity.calls('attemptPayment')).toHaveLength(1);
    expect(await entity.advance()).toEqual({ held: false });
  },

  async 'held because its answer could not be recorded, and released, it says that the charge may be made already'(kind) {
    const entity = await calling(kind, 'attemptPayment', (of) => ({
      attemptPayment: () => ANSWER,
      [RECORD('attemptPayment')]: (call) => {
        if (call.times === 1) return failed;
        of.pendingCall = null;
        return of.commits(call);
      },
    }));
    await until(() => entity.calls('hold').length === 1, 'the hold');
    await entity.release();
    await until(() => entity.calls('attemptPayment').length === 2, 'the second call');
    expect(entity.calls('attemptPayment').map(({ input }) => input['mayBeRepeated'])).toEqual([false, true]);
    expect(await entity.advance()).toEqual({ held: false });
  },

  async 'a fraud step that throws holds it as well'(kind) {
    const entity = await calling(kind, 'attemptPayment', () => ({
      assessFraud: () => {
        throw new Error('boom');
      },
    }));
    await until(() => entity.calls('hold').length === 1, 'the hold');
    expect(await entity.advance()).toEqual({ held: true });
    expect(entity.calls('attemptPayment')).toEqual([]);
  },

  async 'a fraud step waits for the database, as an ordinary activity, and the card is charged once'(kind) {
    const entity = await calling(kind, 'attemptPayment', () => ({
      assessFraud: ({ isLocal, attempt }) => (isLocal ? unavailable : attempt < 3 ? away() : answered(ASSESSMENT)),
      attemptPayment: () => ANSWER,
    }));
    await entity.wake();
    expect(await recorded(entity, 'attemptPayment')).toEqual({ assessment: ASSESSMENT, answer: ANSWER });
    expect(entity.calls('assessFraud').map(({ isLocal }) => isLocal)).toEqual([true, false, false, false]);
    expect(entity.calls('attemptPayment')).toHaveLength(1);
  },

  async 'a charge that fails on each of four tries is recorded as unknown'(kind) {
    const entity = await calling(kind, 'attemptPayment', () => ({ attemptPayment: away }));
    await entity.release();
    expect(await recorded(entity, 'attemptPayment')).toEqual({ assessment: ASSESSMENT, answer: { outcome: 'unknown' } });
    expect(entity.calls('attemptPayment').map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4]);
    expect(new Set(entity.calls('attemptPayment').map(({ input }) => input['attempt']))).toEqual(new Set([id]));
    expect(entity.calls('hold')).toEqual([]);
  },

  async 'a charge that fails by a mistake that no retry mends is recorded as unknown'(kind) {
    const entity = await calling(kind, 'attemptPayment', () => ({
      attemptPayment: () => {
        throw ApplicationFailure.nonRetryable('boom');
      },
    }));
    expect(await recorded(entity, 'attemptPayment')).toEqual({ assessment: ASSESSMENT, answer: { outcome: 'unknown' } });
    expect(entity.calls('attemptPayment')).toHaveLength(1);
  },

  async 'what a processor answered is recorded when the database is back, and the processor is not asked again'(kind) {
    const entity = await calling(kind, 'attemptPayment', (self) => ({
      attemptPayment: () => ANSWER,
      [RECORD('attemptPayment')]: (call) => {
        if (call.isLocal) return unavailable;
        if (call.attempt === 1) return away();
        self.pendingCall = null;
        return self.commits(call);
      },
    }));
    await until(() => entity.pendingCall === null && entity.calls(RECORD('attemptPayment')).length === 3, 'the answer');
    expect(entity.calls('attemptPayment')).toHaveLength(1);
    expect(entity.calls('hold')).toEqual([]);
  },

  async 'an answer that cannot be recorded holds it; released, the processor is asked under the same key'(kind) {
    const entity = await calling(kind, 'attemptPayment', (self) => ({
      attemptPayment: () => ANSWER,
      [RECORD('attemptPayment')]: (call) => {
        if (call.times === 1) return failed;
        self.pendingCall = null;
        return self.commits(call);
      },
    }));
    await until(() => entity.calls('hold').length === 1, 'the hold');
    await entity.release();
    await until(() => entity.pendingCall === null, 'the answer');
    expect(entity.calls('attemptPayment').map(({ input }) => input['attempt'])).toEqual([id, id]);
  },

  async 'a change that comes while a charge is on its way is made after it'(kind) {
    let answer: (value: unknown) => void = () => undefined;
    const charge = new Promise((resolve) => (answer = resolve));
    const entity = await calling(kind, 'attemptPayment', () => ({ attemptPayment: () => charge }));
    await until(() => entity.calls('attemptPayment').length === 1, 'the charge');
    const changed = entity.change('req_1');
    await entity.wake();
    expect(entity.has('req_1')).toBe(false);
    answer(ANSWER);
    expect(await changed).toEqual({ refusal: null, failure: null, woke: [] });
    expect(entity.has('attemptPayment/1')).toBe(true);
  },
};

/** The caller is answered when the charge of its change is done, whatever came of it. */
const paying: Record<string, (kind: WorkflowKind) => Promise<void>> = {
  async 'a change whose charge is not assessed is answered as failed, at once'(kind) {
    const entity = await changing(kind, { assessFraud: () => failed });
    expect(await entity.change()).toEqual({ refusal: null, failure: MISTAKE, woke: [] });
    expect(entity.calls('hold')).toHaveLength(1);
    expect(await entity.advance()).toEqual({ held: true });
  },

  async 'a change whose charge stays unknown is answered with what is recorded'(kind) {
    const entity = await changing(kind, { attemptPayment: away });
    expect(await entity.change()).toEqual({ refusal: null, failure: null, woke: [] });
    expect(await recorded(entity, 'attemptPayment')).toMatchObject({ answer: { outcome: 'unknown' } });
  },

  async 'a cancellation from outside does not take the answer of a charge away'(kind) {
    const entity = await changing(kind, {
      attemptPayment: () => new Promise((resolve) => setTimeout(() => resolve(ANSWER), 2_000)),
    });
    const changed = entity.change();
    await until(() => entity.calls('attemptPayment').length === 1, 'the charge');
    await entity.handle.cancel();
    expect(await changed).toEqual({ refusal: null, failure: null, woke: [] });
    expect(await recorded(entity, 'attemptPayment')).toMatchObject({ answer: ANSWER });
  },
};

/** Nothing is due; a change leads to a charge. */
async function changing(kind: WorkflowKind, script: Script): Promise<ScriptedEntity> {
  const entity = await calling(kind, 'attemptPayment', (self) => ({
    [self.due]: (call) => self.done(call),
    [self.update ?? '']: (call) => {
      self.pendingCall = {
        ...{ activity: 'attemptPayment', id, gateway: 'sandbox', step: 'recordPayment' },
        ...{ commitKey: 'attemptPayment/1', summary: 'charge €20.00' },
      };
      return self.commits(call);
    },
    attemptPayment: () => ANSWER,
    ...script,
  }));
  await until(() => entity.agenda.length === 0, 'what is due');
  return entity;
}

/** Calls that are asked until there is an answer: never four times only, as the options of another kind of call would have it. */
const UNTIL_KNOWN: [WorkflowKind, Calling][] = [
  ['payment', 'resolvePayment'],
  ['payment', 'capturePayment'],
  ['payment', 'cancelPayment'],
  ['refund', 'resolveRefund'],
  ['dispute', 'submitEvidence'],
  ['dispute', 'closeDispute'],
];

async function askedUntilKnown(kind: WorkflowKind, activity: Calling): Promise<void> {
  const entity = await calling(kind, activity, () => ({ [activity]: ({ attempt }) => (attempt <= 9 ? away() : ANSWER) }));
  await Promise.all([entity.wake(), entity.release()]);
  await recorded(entity, activity);
  expect(entity.calls(activity)).toHaveLength(10);
  expect(entity.calls('hold')).toEqual([]);
}

/** As `activities/failures.ts` tells it. */
const mistaken = (): never => {
  throw ApplicationFailure.create({ type: 'mistake', message: MISTAKE.message, nonRetryable: true, details: [MISTAKE] });
};

async function heldAndReleased(kind: WorkflowKind, activity: Calling): Promise<void> {
  const entity = await calling(kind, activity, () => ({ [activity]: ({ times }) => (times <= 2 ? mistaken() : ANSWER) }));
  await until(() => entity.calls('hold').length === 1, 'the hold');
  expect(await entity.advance()).toEqual({ held: true });
  expect(entity.calls('hold')[0]?.input).toMatchObject({ step: RECORDS[activity], commitKey: `${activity}/1`, failure: MISTAKE });
  expect(await entity.isFoundAs()).toEqual({ status: 'RUNNING', held: `${RECORDS[activity]}: failed` });
  expect(entity.calls(activity)).toHaveLength(1);
  await entity.release();
  await until(() => entity.calls('hold').length === 2, 'a second hold');
  expect(entity.calls(RECORD(activity))).toEqual([]);
  await entity.release();
  await recorded(entity, activity);
  expect(entity.calls(activity).map(({ attempt }) => attempt)).toEqual([1, 1, 1]);
  expect(new Set(entity.calls(activity).map(({ input }) => input['id'] ?? input['attempt']))).toEqual(new Set([id]));
  expect(await entity.advance()).toEqual({ held: false });
}

/** What no activity of ours tells: it could not be read, or was thrown by something else. */
async function heldWithoutDetails(kind: WorkflowKind, activity: Calling): Promise<void> {
  const entity = await calling(kind, activity, () => ({
    [activity]: () => {
      throw ApplicationFailure.nonRetryable('boom', 'RangeError');
    },
  }));
  await until(() => entity.calls('hold').length === 1, 'the hold');
  expect(entity.calls('hold')[0]?.input).toMatchObject({ failure: { reason: 'failed', message: 'boom', where: null } });
}

/** A caller waits for the call that its change leads to. */
async function toldAtOnce(): Promise<void> {
  const entity = await calling('payment', 'capturePayment', (self) => ({
    [self.due]: (call) => self.done(call),
    [self.update ?? '']: (call) => {
      self.pendingCall = {
        ...{ activity: 'capturePayment', id, gateway: 'sandbox', step: 'recordCapture' },
        ...{ commitKey: 'capturePayment/1', summary: 'capture €20.00' },
      };
      return self.commits(call);
    },
    capturePayment: mistaken,
  }));
  await until(() => entity.agenda.length === 0, 'what is due');
  expect(await entity.change()).toEqual({ refusal: null, failure: MISTAKE, woke: [] });
  expect(entity.calls('hold')).toHaveLength(1);
}

async function refundUnknown(): Promise<void> {
  const entity = await calling('refund', 'sendRefund', () => ({ sendRefund: away }));
  expect(await recorded(entity, 'sendRefund')).toEqual({ outcome: 'unknown' });
  expect(entity.calls('sendRefund')).toHaveLength(4);
}

/** Takes half a minute. */
export async function chargeHangs(): Promise<void> {
  const entity = await calling('subscription', 'attemptPayment', () => ({
    attemptPayment: ({ attempt }) => (attempt === 1 ? new Promise(() => undefined) : ANSWER),
  }));
  expect(await recorded(entity, 'attemptPayment')).toEqual({ assessment: ASSESSMENT, answer: ANSWER });
  expect(entity.calls('attemptPayment')).toHaveLength(2);
}

/** The kinds whose workflow charges. */
export const CHARGING: readonly WorkflowKind[] = ['subscription', 'dunning', 'invoice', 'payment'];

/** Tests each failure of a charge for these kinds, each failure of the calls that are asked until there is an answer, and `more`. */
export function testProcessorFailures(kinds: readonly WorkflowKind[], more: Record<string, () => Promise<void>> = {}): void {
  const each = (of: Record<string, (kind: WorkflowKind) => Promise<void>>): [string, () => Promise<void>][] =>
    kinds.flatMap((kind) => Object.entries(of).map(([name, run]): [string, () => Promise<void>] => [`${kind}: ${name}`, () => run(kind)]));
  afterAll(() => environment.stop());
  testSideBySide(
    {
      ...Object.fromEntries([...each(charging), ...each(paying)]),
      ...Object.fromEntries(
        UNTIL_KNOWN.map(([kind, activity]) => [
          `${kind}: ${activity} is asked until there is an answer`,
          () => askedUntilKnown(kind, activity),
        ]),
      ),
      ...Object.fromEntries(
        UNTIL_KNOWN.flatMap(([kind, activity]) => [
          [`${kind}: ${activity} that fails by a mistake holds it; released, it is asked again`, () => heldAndReleased(kind, activity)],
          [`${kind}: ${activity} that fails in a way that nobody knows holds it`, () => heldWithoutDetails(kind, activity)],
        ]),
      ),
      'payment: whoever captures is told at once of a mistake': toldAtOnce,
      'refund: one that fails on each of four tries is recorded as unknown': refundUnknown,
      ...more,
    },
    async () => {
      environment = await startEnvironment();
    },
  );

  test('each of these histories replays', async () => {
    expect(await environment.replayAll()).toBeGreaterThan(kinds.length * Object.keys(charging).length);
  }, 240_000);
}
