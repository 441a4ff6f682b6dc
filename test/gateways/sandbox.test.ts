import { createAccount } from '../../db/accounts';
import { clearFaults, orderFault, sandboxMemory } from '../../db/sandbox';
import { createSandboxGateway } from '../../gateways/sandbox/sandbox-gateway';
import type { ChargeRequest, PaymentGateway } from '../../gateways/payment-gateway';
import { createDatabase, type TestDatabase } from '../support/stack';

let database: TestDatabase;
let account: string;
let gateway: PaymentGateway;
let neighbour: PaymentGateway;
let live: PaymentGateway;
beforeAll(async () => {
  database = await createDatabase();
  account = (await createAccount(database.sql, { name: 'Tests' })).account;
  const { account: other } = await createAccount(database.sql, { name: 'Neighbour' });
  const gatewayOf = (seller: { account: string; livemode: boolean }): PaymentGateway =>
    createSandboxGateway(sandboxMemory(database.sql, seller), 'https://pay.test');
  gateway = gatewayOf({ account, livemode: false });
  neighbour = gatewayOf({ account: other, livemode: false });
  live = gatewayOf({ account, livemode: true });
});
afterAll(() => database.drop());

let tries = 0;
const request = (card: string, change: Partial<ChargeRequest> = {}): ChargeRequest => ({
  ...{ idempotencyKey: `pi_${String((tries += 1))}/attempt-1`, card, amount: 1000, currency: 'usd', capture: true },
  ...{ offSession: false, setUp: false, threeDSecure: null },
  ...change,
});
const done = async (key: string): Promise<number> => (await database.sql`select 1 from sandbox_operations where key = ${key}`).length;

test('the same key always gets the first answer, whatever is asked under it', async () => {
  const asked = request('visa');
  const first = await gateway.charge(asked);
  expect(await gateway.charge({ ...asked, card: 'chargeCustomerFail' })).toEqual(first);
  expect(await gateway.find(asked.idempotencyKey)).toEqual(first);
});

test('ten who ask at once under one key get one answer, and one charge is made', async () => {
  const asked = request('visa');
  const answers = await Promise.all(Array.from({ length: 10 }, () => gateway.charge(asked)));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(await done(asked.idempotencyKey)).toBe(1);
});

test('a lost answer: the charge is made, and can be asked for', async () => {
  await orderFault(database.sql, account, { kind: 'lose_answer', match: '777', count: 1 });
  const asked = request('visa', { amount: 777 });
  await expect(gateway.charge(asked)).rejects.toThrow('lost');
  expect(await gateway.find(asked.idempotencyKey)).toMatchObject({ outcome: 'succeeded' });
});

test('a failure before: nothing is made, and nothing can be asked for', async () => {
  await orderFault(database.sql, account, { kind: 'fail_before', match: '778', count: 1 });
  const asked = request('visa', { amount: 778 });
  await expect(gateway.charge(asked)).rejects.toThrow('before');
  expect(await gateway.find(asked.idempotencyKey)).toBeNull();
  expect(await gateway.charge(asked)).toMatchObject({ outcome: 'succeeded' });
});

test('an outage answers no questions either, and ends after as many calls as were ordered', async () => {
  const asked = request('visa');
  await gateway.charge(asked);
  await orderFault(database.sql, account, { kind: 'outage', match: null, count: 2 });
  await expect(gateway.charge(request('visa'))).rejects.toThrow('away');
  await expect(gateway.find(asked.idempotencyKey)).rejects.toThrow('away');
  expect(await gateway.find(asked.idempotencyKey)).toMatchObject({ outcome: 'succeeded' });
});

test('faults that are limited to a card leave other cards alone', async () => {
  await orderFault(database.sql, account, { kind: 'fail_before', match: 'mastercard', count: 1 });
  expect(await gateway.charge(request('visa'))).toMatchObject({ outcome: 'succeeded' });
  await expect(gateway.charge(request('mastercard'))).rejects.toThrow();
});

test('a refund is that of the card that was charged', async () => {
  const asked = request('pendingRefund');
  await gateway.charge(asked);
  const refund = { idempotencyKey: 're_1', charge: asked.idempotencyKey, amount: 1000, currency: 'usd' };
  const answer = await gateway.refund(refund);
  expect(answer).toMatchObject({ outcome: 'pending', settles: { as: 'succeeded', afterSeconds: 86_400 } });
  expect(await gateway.refund(refund)).toEqual(answer);
  expect(await gateway.findRefund('re_1')).toEqual(answer);
});

test('what one account orders concerns no other account, and no live payment', async () => {
  await orderFault(database.sql, account, { kind: 'outage', match: null, count: 1 });
  for (const other of [neighbour, live]) {
    const asked = request('visa');
    expect(await other.charge(asked)).toMatchObject({ outcome: 'succeeded' });
    expect(await other.find(asked.idempotencyKey)).toMatchObject({ outcome: 'succeeded' });
  }
  await clearFaults(database.sql, 'acct_other');
  await expect(gateway.charge(request('visa'))).rejects.toThrow('away');
});
