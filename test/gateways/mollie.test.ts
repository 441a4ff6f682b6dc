/** Mollie as a processor, against a fake of its API: what `test/gateways/sandbox.test.ts` asks of the sandbox, and Mollie's own ways to fail. */
import fc from 'fast-check';
import { amountOf, minorOf } from '../../gateways/mollie/amounts';
import { mollieClient } from '../../gateways/mollie/client';
import { createMollieGateway } from '../../gateways/mollie/mollie-gateway';
import { ProcessorUnavailable, type ChargeRequest, type PaymentGateway } from '../../gateways/payment-gateway';
import { startMollieApi, type Fault, type MollieApi } from '../support/mollie-api/server';
import type { Behavior } from '../support/mollie-api/state';

let api: MollieApi;
let gateway: PaymentGateway;

beforeAll(async () => {
  api = await startMollieApi();
  gateway = gatewayWith('test_fake');
});
afterAll(() => api.stop());

const gatewayWith = (key: string, timeout = 5_000): PaymentGateway =>
  createMollieGateway(mollieClient({ key, url: api.url, timeout }), 'https://pay.test');

let tries = 0;
function request(behavior: Behavior, change: Partial<ChargeRequest> = {}): ChargeRequest {
  const { customer, mandate } = api.state.obtain(behavior);
  return {
    ...{
      idempotencyKey: `pi_${String((tries += 1))}/attempt-1`,
      card: `${customer}/${mandate}`,
      amount: 1000,
      currency: 'eur',
      capture: true,
    },
    ...{ offSession: true, setUp: false, threeDSecure: null, continues: null, statement: null },
    ...change,
  };
}
const find = (of: ChargeRequest) => gateway.find({ ...of, kind: 'payment' });
const madeUnder = (key: string): number =>
  [...api.state.payments.values()].filter(({ metadata }) => (metadata as { dunlin_key?: string }).dunlin_key === key).length;

test('the same key is one charge, and is answered alike, also once Mollie has forgotten the key', async () => {
  const params = request('visa');
  const first = await gateway.charge(params);
  expect(first).toMatchObject({ outcome: 'succeeded', captured: true, pendingBalance: true });
  expect(await gateway.charge(params)).toEqual(first);
  const { card } = params;
  for (let other = 0; other < 260; other += 1) await gateway.charge(request('visa', { card }));
  api.forgetKeys();
  expect(await find(params)).toEqual(first);
  expect(madeUnder(params.idempotencyKey)).toBe(1);
});

test.each<[Behavior, string, string | null]>([
  ['insufficientFunds', 'card_declined', 'insufficient_funds'],
  ['stolen', 'card_declined', 'fraudulent'],
])('%s is declined with Stripe’s codes, also when the answer was lost', async (behavior, code, decline_code) => {
  const params = request(behavior);
  const declined = { outcome: 'declined', networkStatus: 'declined_by_network', error: { code, decline_code } };
  expect(await gateway.charge(params)).toMatchObject(declined);
  expect(await find(params)).toMatchObject(declined);
});

test.each<Fault>(['lose_answer', 'fail_after'])('%s: the charge is made once, and find returns it', async (fault) => {
  const params = request('visa');
  api.order(fault, { path: /^payments$/ });
  await expect(gateway.charge(params)).rejects.toThrow(ProcessorUnavailable);
  expect(await find(params)).toMatchObject({ outcome: 'succeeded' });
  expect(await gateway.charge(params)).toMatchObject({ outcome: 'succeeded' });
  expect(madeUnder(params.idempotencyKey)).toBe(1);
});

test.each<Fault>(['down', 'hang', 'busy', 'limit'])('%s: nothing is charged, and find says so once Mollie answers', async (fault) => {
  const params = request('visa');
  const asker = fault === 'hang' ? gatewayWith('test_fake', 300) : gateway;
  api.order(fault, { times: 2 });
  await expect(asker.charge(params)).rejects.toThrow(ProcessorUnavailable);
  await expect(asker.find({ ...params, kind: 'payment' })).rejects.toThrow(ProcessorUnavailable);
  expect(await find(params)).toBeNull();
  expect(madeUnder(params.idempotencyKey)).toBe(0);
});

test('a wrong key loses no charge: it waits until the key is corrected, and the message does not have it', async () => {
  const error: unknown = await gatewayWith('test_wrong_1234')
    .charge(request('visa'))
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ProcessorUnavailable);
  expect((error as Error).message).not.toContain('1234');
});

test('a mandate that is not valid any more is a decline, and is set up no more', async () => {
  const params = request('visa');
  expect(await gateway.setup(params)).toMatchObject({ outcome: 'succeeded', captured: false });
  api.state.revoke(params.card.split('/')[1] ?? '');
  const refused = { outcome: 'declined', networkStatus: 'not_sent_to_network', error: { type: 'invalid_request_error' } };
  expect(await gateway.charge(params)).toMatchObject(refused);
  expect(await gateway.setup(params)).toMatchObject(refused);
});

test('a debit can be canceled while it waits, twice, and not once it is paid', async () => {
  const charge = async (): Promise<string> => {
    const answer = await gateway.charge(request('sepa'));
    if (answer.outcome !== 'processing') throw new Error(answer.outcome);
    return answer.reference;
  };
  const waiting = await charge();
  await gateway.cancel({ idempotencyKey: 'cancel-1', charge: waiting });
  await gateway.cancel({ idempotencyKey: 'cancel-2', charge: waiting });
  expect(api.state.payments.get(waiting)?.['status']).toBe('canceled');
  const paid = await charge();
  api.state.decide(paid, 'paid');
  await expect(gateway.cancel({ idempotencyKey: 'cancel-3', charge: paid })).rejects.toThrow(/cannot cancel/);
});

test.each([{ capture: false }, { threeDSecure: 'requested' as const }])('%j is a decline before Mollie is asked', async (change) => {
  const before = api.asked.length;
  const answer = await gateway.charge(request('visa', change));
  expect(answer).toMatchObject({ outcome: 'declined', networkStatus: 'not_sent_to_network' });
  expect(api.asked).toHaveLength(before);
});

test('a status that is not known yet decides nothing, and an answer that cannot be read leaves the charge open', async () => {
  const params = request('visa');
  const { outcome } = await gateway.charge(params);
  expect(outcome).toBe('succeeded');
  const payment = [...api.state.payments.values()].at(-1) ?? {};
  Object.assign(payment, { status: 'on_its_way', details: null, _embedded: undefined });
  expect(await find(params)).toMatchObject({ outcome: 'processing' });
  Object.assign(payment, { id: undefined });
  await expect(find(params)).rejects.toThrow(ProcessorUnavailable);
});

test('an amount is the same after the way to Mollie and back', () => {
  expect(amountOf(5, 'eur')).toEqual({ currency: 'EUR', value: '0.05' });
  expect(amountOf(500, 'isk')).toEqual({ currency: 'ISK', value: '5' });
  expect(amountOf(1234, 'jpy')).toEqual({ currency: 'JPY', value: '1234' });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999_999 }), fc.constantFrom('eur', 'jpy', 'kwd', 'isk'), (units, currency) => {
      const minor = currency === 'isk' ? units * 100 : units;
      expect(minorOf(amountOf(minor, currency))).toBe(minor);
    }),
  );
});
