import { scoreByModel } from '../../domain/fraud/score';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createActivities } from '../../activities';
import type { Answer } from '../../activities/answers';
import { createCommitActivities, type CommitActivities, type CommitStepInput, type StepResult } from '../../activities/commit';
import type { ActivityDependencies } from '../../activities/dependencies';
import { commit } from '../../db/commit';
import { createAccount } from '../../db/accounts';
import { installationKey } from '../../db/installation-key';
import { pauseProcessor, resumeProcessor } from '../../db/processors';
import { claimRequest } from '../../db/requests';
import { newPaymentMethod, type NewPaymentMethod } from '../../domain/customer/payment-methods';
import { newPaymentIntent } from '../../domain/payment/intents';
import type { ChangeSet } from '../../domain/core/change-set';
import { Rows } from '../../domain/rows/rows';
import type { PendingCall } from '../../domain/core/entity-state';
import { commitActivity, type EntityRef, type WorkflowKind } from '../../domain/rows/workflow';
import { createGateways, createTaxIdRegistries } from '../../gateways';
import { snapshot } from '../../objects';
import { noMetrics } from '../../observability/metrics';
import { cardOfTestToken } from '../../server/sandbox/new-card';
import { createDatabase, type TestDatabase } from '../support/stack';

const NOW = 1_767_225_600;
let database: TestDatabase;
let activities: ReturnType<typeof createActivities>;
let commits: CommitActivities;
let scope: { account: string; livemode: boolean };
let secret: string;
let count = 0;

beforeAll(async () => {
  database = await createDatabase();
  const { sql } = database;
  const { account } = await createAccount(sql, { name: 'Tests' });
  secret = await installationKey(sql, []);
  scope = { account, livemode: false };
  const nothing = () => Promise.resolve();
  const deps: ActivityDependencies = {
    ...{
      sql,
      secret,
      linkTo: (id: string) => `https://pay.test/${id}`,
      score: scoreByModel,
      gateways: createGateways(sql, 'https://pay.test'),
      taxProviders: {},
      taxIdRegistries: createTaxIdRegistries({ viesUrl: 'http://127.0.0.1:9' }),
      webhookAllowedHosts: [],
    },
    ...{
      appVersion: 'test',
      metrics: noMetrics,
      guardPlanning: (_of, plan) => plan(),
      wake: nothing,
      notifyEndpoints: () => undefined,
      notifyMails: () => undefined,
      mailServer: null,
      advance: nothing,
      endWorkflow: nothing,
      wakeTestClock: () => Promise.resolve(),
      apiUrl: 'http://127.0.0.1:9',
    },
  };
  activities = createActivities(deps);
  commits = createCommitActivities(deps);
});
afterAll(() => database.drop());

/** An intent of 1200 with this card, without a customer, to be confirmed. */
async function intentWith(token: string, change: { captureMethod?: 'manual' } = {}): Promise<string> {
  const card = cardOfTestToken({ scope, deps: { secret } }, token) as NewPaymentMethod;
  let id = '';
  const workflow = `test/${String((count += 1))}`;
  const input = { secret, scope, render: snapshot, workflow, commitKey: 'create', step: 'create', now: NOW, customer: null };
  const plan = (changes: ChangeSet): void => {
    const method = newPaymentMethod(changes, card);
    id = newPaymentIntent(changes, {
      ...{ customer: null, amount: 1200, currency: 'usd', invoice: null, paymentMethod: method.id, setupFutureUsage: null },
      ...{ paymentMethodTypes: ['card'], description: null },
      ...change,
    }).id;
  };
  await commit(database.sql, input, () => Promise.resolve({ facts: new Rows(), request: null, plan }));
  return id;
}

/** As Temporal may do it: whatever is done is done twice, and the second time is as the first. */
async function twice<T>(act: () => Promise<T>): Promise<T> {
  const first = await act();
  const before = await everything();
  expect(await act()).toEqual(first);
  expect(await everything()).toEqual(before);
  return first;
}

async function everything(): Promise<unknown[]> {
  const tables = [
    'payment_intents',
    'payment_attempts',
    'charges',
    'refunds',
    'disputes',
    'balance_transactions',
    'events',
    'ledger_entries',
  ];
  return Promise.all(tables.map((table) => database.sql`select to_jsonb(t) - 'seq' as row from ${database.sql(table)} t order by id`));
}

const entity = (kind: WorkflowKind, subject: string): EntityRef => ({ kind, subject, ...scope, customer: null, testClock: null });

/** As the worker runs what a workflow task does: inside the workflow task, and answered in every case. */
async function inTask<T>(activity: () => Promise<Answer<T>>): Promise<T> {
  const environment = new MockActivityEnvironment({ isLocal: true });
  const answer = await environment.run<[], Answer<T>, () => Promise<Answer<T>>>(activity);
  if (answer.outcome !== 'answered') throw new Error(JSON.stringify(answer));
  return answer.value;
}

async function commitOnce(input: Omit<CommitStepInput, 'now'>): Promise<StepResult> {
  const result = await inTask(() => (commits[commitActivity(input.step)] as CommitActivities['commit/look'])({ ...input, now: NOW }));
  if ('needsTax' in result) throw new Error('a payment has no tax');
  return result;
}

/** A caller's message and all that follows from it outside, as the workflow does it. */
async function ask(of: EntityRef, step: string, parameters: Record<string, unknown> = {}, target?: string): Promise<void> {
  const id = `req_${String((count += 1))}`;
  await claimRequest(database.sql, {
    ...{ id, ...scope, idempotencyKey: null, method: 'POST', path: '/', hash: '', parameters, created: NOW, holder: id },
  });
  let result = await commitOnce({ entity: of, step, commitKey: id, isMessage: true, ...(target === undefined ? {} : { target }) });
  await commitOnce({ entity: of, step, commitKey: id, isMessage: true, ...(target === undefined ? {} : { target }) });
  while (result.pendingCall) {
    const pendingCall = result.pendingCall;
    const answer = await outsideTwice(pendingCall);
    const input = { entity: of, step: pendingCall.step, commitKey: pendingCall.commitKey, answer };
    result = await commitOnce(input);
    const before = await everything();
    await commitOnce(input);
    expect(await everything()).toEqual(before);
  }
}

async function outsideTwice({ activity, id }: PendingCall): Promise<unknown> {
  switch (activity) {
    case 'attemptPayment': {
      const assessment = await twice(() => inTask(() => activities.assessFraud({ attempt: id })));
      return { assessment, answer: await twice(() => activities.attemptPayment({ attempt: id, assessment, mayBeRepeated: false })) };
    }
    case 'resolvePayment':
      return { assessment: null, answer: await twice(() => activities.resolvePayment({ attempt: id })) };
    case 'capturePayment':
    case 'cancelPayment':
    case 'sendRefund':
    case 'resolveRefund':
    case 'submitEvidence':
    case 'closeDispute':
    case 'checkTaxId':
      return twice<unknown>(() => activities[activity]({ id }));
  }
}

const rowOf = async (table: string, id: string) => (await database.sql`select * from ${database.sql(table)} where id = ${id}`)[0];

test('an attempt that is sent twice is one charge', async () => {
  const intent = await intentWith('pm_card_visa');
  await ask(entity('payment', intent), 'confirmPayment');
  expect(await rowOf('payment_intents', intent)).toMatchObject({ status: 'succeeded', amountReceived: 1200 });
  expect(await database.sql`select 1 from charges where payment_intent = ${intent}`).toHaveLength(1);
});

test('a decline that is received twice is one failed charge', async () => {
  const intent = await intentWith('pm_card_chargeCustomerFail');
  await ask(entity('payment', intent), 'confirmPayment');
  expect(await rowOf('payment_intents', intent)).toMatchObject({ status: 'requires_payment_method' });
  expect(await database.sql`select status from charges where payment_intent = ${intent}`).toHaveLength(1);
});

test('a capture that is sent twice takes the money once', async () => {
  const intent = await intentWith('pm_card_visa', { captureMethod: 'manual' });
  await ask(entity('payment', intent), 'confirmPayment');
  await ask(entity('payment', intent), 'capturePayment', { amount_to_capture: 700 });
  expect(await rowOf('payment_intents', intent)).toMatchObject({ status: 'succeeded', amountReceived: 700 });
});

test('a release that is sent twice releases the authorization once', async () => {
  const intent = await intentWith('pm_card_visa', { captureMethod: 'manual' });
  await ask(entity('payment', intent), 'confirmPayment');
  await ask(entity('payment', intent), 'cancelPayment', { cancellation_reason: 'abandoned' });
  expect(await rowOf('payment_intents', intent)).toMatchObject({ status: 'canceled', cancellationReason: 'abandoned' });
});

/** An attempt that is open: its processor was not asked yet. */
async function openAttempt(): Promise<{ intent: string; attempt: string }> {
  const intent = await intentWith('pm_card_visa');
  const id = `req_${String((count += 1))}`;
  await claimRequest(database.sql, {
    ...{ id, ...scope, idempotencyKey: null, method: 'POST', path: '/', hash: '', parameters: {}, created: NOW, holder: id },
  });
  await commitOnce({ entity: entity('payment', intent), step: 'confirmPayment', commitKey: id, isMessage: true });
  return { intent, attempt: `${intent}/attempt-1` };
}

test('a charge that may have been made before its processor was paused is asked about, so that no other processor is', async () => {
  const [made, unmade] = [await openAttempt(), await openAttempt()];
  expect(await activities.attemptPayment({ attempt: made.attempt, assessment: null, mayBeRepeated: false })).toMatchObject({
    outcome: 'succeeded',
  });
  await pauseProcessor(database.sql, scope, 'sandbox', { key: 'key_test', reason: 'a test' });
  const again = ({ attempt }: { attempt: string }) => activities.attemptPayment({ attempt, assessment: null, mayBeRepeated: true });
  expect(await again(made)).toMatchObject({ outcome: 'succeeded' });
  expect(await again(unmade)).toEqual({ outcome: 'waiting', reason: 'processor_paused', asked: true });
  await resumeProcessor(database.sql, scope, 'sandbox', { key: 'key_test', reason: null, perSecond: null });
});

test('an attempt that the processor has never seen is sent under its own key when its outcome is queried', async () => {
  const { intent, attempt } = await openAttempt();
  expect(await twice(() => activities.resolvePayment({ attempt }))).toMatchObject({ outcome: 'succeeded' });
  expect(await database.sql`select key from sandbox_operations where key like ${`${intent}%`}`).toEqual([{ key: attempt }]);
});

test('a refund that is sent twice is one refund; evidence and a closing that are sent twice count once', async () => {
  const intent = await intentWith('pm_card_createDispute');
  await ask(entity('payment', intent), 'confirmPayment');
  const [dispute] = await database.sql<{ id: string }[]>`select id from disputes where payment_intent = ${intent}`;
  await ask(entity('dispute', dispute?.id ?? ''), 'updateDispute', { evidence: { uncategorized_text: 'winning_evidence' } });
  expect(await rowOf('disputes', dispute?.id ?? '')).toMatchObject({ status: 'under_review', submissionCount: 1 });
  const other = await intentWith('pm_card_createDispute');
  await ask(entity('payment', other), 'confirmPayment');
  const [second] = await database.sql<{ id: string }[]>`select id from disputes where payment_intent = ${other}`;
  await ask(entity('dispute', second?.id ?? ''), 'closeDispute');
  expect(await rowOf('disputes', second?.id ?? '')).toMatchObject({ status: 'lost' });
  const refunded = await intentWith('pm_card_visa');
  await ask(entity('payment', refunded), 'confirmPayment');
  const charge = (await rowOf('payment_intents', refunded))?.['latestCharge'] as string;
  await ask(entity('refund', 're_test'), 'createRefund', { amount: 500 }, charge);
  expect(await rowOf('refunds', 're_test')).toMatchObject({ status: 'succeeded', amount: 500 });
  expect(await rowOf('charges', charge)).toMatchObject({ amountRefunded: 500 });
});
