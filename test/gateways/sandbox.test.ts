import { createAccount } from '../../db/accounts';
import { clearFaults, orderFault, sandboxMemory } from '../../db/sandbox';
import { createSandboxGateway } from '../../gateways/sandbox/sandbox-gateway';
import type { ChargeRequest, PaymentGateway } from '../../gateways/payment-gateway';
import { createDatabase, type TestDatabase } from '../support/stack';

let database: TestDatabase;
let account: string;
let gateway: PaymentGateway;
let neighbor: PaymentGateway;
let live: PaymentGateway;
beforeAll(async () => {
  database = await createDatabase();
  account = (await createAccount(database.sql, { name: 'Tests' })).account;
  const { account: other } = await createAccount(database.sql, { name: 'Neighbor' });
  const gatewayOf = (seller: { account: string; livemode: boolean }): PaymentGateway =>
    createSandboxGateway(sandboxMemory(database.sql, { ...seller, processor: 'sandbox' }), 'https://pay.test');
  gateway = gatewayOf({ account, livemode: false });
  neighbor = gatewayOf({ account: other, livemode: false });
  live = gatewayOf({ account, livemode: true });
});
afterAll(() => database.drop());

let tries = 0;
const request = (card: string, change: Partial<ChargeRequest> = {}): ChargeRequest => ({
  ...{ idempotencyKey: `pi_${String((tries += 1))}/attempt-1`, card, amount: 1000, currency: 'usd', capture: true },
  ...{ offSession: false, setUp: false, threeDSecure: null, continues: null, statement: null },
  ...change,
});
const done = async (key: string): Promise<number> => (await database.sql`select 1 from sandbox_operations where key = ${key}`).length;

test('the same key always gets the first answer, whatever the request', async () => {
  const params = request('visa');
  const first = await gateway.charge(params);
  expect(await gateway.charge({ ...params, card: 'chargeCustomerFail' })).toEqual(first);
  expect(await gateway.find({ ...params, kind: 'payment' })).toEqual(first);
});

test('ten concurrent calls under one key get one answer, and one charge is made', async () => {
  const params = request('visa');
  const answers = await Promise.all(Array.from({ length: 10 }, () => gateway.charge(params)));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(await done(params.idempotencyKey)).toBe(1);
});

test('a lost answer: the charge is made, and find returns it', async () => {
  await orderFault(database.sql, account, { kind: 'lose_answer', match: '777', count: 1, processor: null });
  const params = request('visa', { amount: 777 });
  await expect(gateway.charge(params)).rejects.toThrow('lost');
  expect(await gateway.find({ ...params, kind: 'payment' })).toMatchObject({ outcome: 'succeeded' });
});

test('a failure before the charge: nothing is made, and find returns null', async () => {
  await orderFault(database.sql, account, { kind: 'fail_before', match: '778', count: 1, processor: null });
  const params = request('visa', { amount: 778 });
  await expect(gateway.charge(params)).rejects.toThrow('before');
  expect(await gateway.find({ ...params, kind: 'payment' })).toBeNull();
  expect(await gateway.charge(params)).toMatchObject({ outcome: 'succeeded' });
});

test('an outage fails find too, and ends after the ordered number of calls', async () => {
  const params = request('visa');
  await gateway.charge(params);
  await orderFault(database.sql, account, { kind: 'outage', match: null, count: 2, processor: null });
  await expect(gateway.charge(request('visa'))).rejects.toThrow('away');
  await expect(gateway.find({ ...params, kind: 'payment' })).rejects.toThrow('away');
  expect(await gateway.find({ ...params, kind: 'payment' })).toMatchObject({ outcome: 'succeeded' });
});

test('faults for one card do not affect others', async () => {
  await orderFault(database.sql, account, { kind: 'fail_before', match: 'mastercard', count: 1, processor: null });
  expect(await gateway.charge(request('visa'))).toMatchObject({ outcome: 'succeeded' });
  await expect(gateway.charge(request('mastercard'))).rejects.toThrow();
});

test('a refund behaves like the card that was charged', async () => {
  const params = request('pendingRefund');
  await gateway.charge(params);
  const refund = { idempotencyKey: 're_1', charge: params.idempotencyKey, amount: 1000, currency: 'usd' };
  const answer = await gateway.refund(refund);
  expect(answer).toMatchObject({ outcome: 'pending', settles: { as: 'succeeded', afterSeconds: 86_400 } });
  expect(await gateway.refund(refund)).toEqual(answer);
  expect(await gateway.findRefund(refund)).toEqual(answer);
});

test('faults of one account affect no other account and no live payment', async () => {
  await orderFault(database.sql, account, { kind: 'outage', match: null, count: 1, processor: null });
  for (const other of [neighbor, live]) {
    const params = request('visa');
    expect(await other.charge(params)).toMatchObject({ outcome: 'succeeded' });
    expect(await other.find({ ...params, kind: 'payment' })).toMatchObject({ outcome: 'succeeded' });
  }
  await clearFaults(database.sql, 'acct_other');
  await expect(gateway.charge(request('visa'))).rejects.toThrow('away');
});
