/** Stripe as a processor, against a fake of its API: what `test/gateways/sandbox.test.ts` asks of the sandbox, and Stripe's own ways to fail. */
import type { ChargeRequest, PaymentGateway, SetupRequest } from '../../gateways/payment-gateway';
import { ProcessorUnavailable } from '../../gateways/payment-gateway';
import { stripeClient } from '../../gateways/stripe-client';
import { createStripeGateway } from '../../gateways/stripe/stripe-gateway';
import { startStripeApi, type Fault, type StripeApi } from '../support/stripe-api/server';

let api: StripeApi;
let gateway: PaymentGateway;
const cards: Record<string, string> = {};

beforeAll(async () => {
  api = await startStripeApi();
  gateway = gatewayWith('sk_test_fake');
});
afterAll(() => api.stop());

const gatewayWith = (key: string, timeout = 5_000): PaymentGateway =>
  createStripeGateway(stripeClient({ key, url: api.url, timeout }), 'https://pay.test', { account: 'acct_1', livemode: false });

/** A card as it is kept in our books. */
async function cardOf(name: string): Promise<string> {
  const kept = await gateway.keep?.({ method: api.state.storeCard(name), customer: null });
  if (kept?.outcome !== 'stored') throw new Error(`${name} is ${kept?.outcome ?? 'not kept'}`);
  return kept.gatewayReference;
}

let tries = 0;
async function request(name: string, change: Partial<ChargeRequest> = {}): Promise<ChargeRequest> {
  const card = (cards[name] ??= await cardOf(name));
  return {
    ...{ idempotencyKey: `pi_${String((tries += 1))}/attempt-1`, card, amount: 1000, currency: 'usd', capture: true },
    ...{ offSession: true, setUp: false, threeDSecure: null, continues: null, statement: null },
    ...change,
  };
}
const find = (of: ChargeRequest) => gateway.find({ ...of, kind: 'payment' });
const chargedUnder = (key: string): number =>
  api.state.all(
    'payment_intent',
    ({ metadata, status }) => (metadata as { dunlin_key?: string }).dunlin_key === key && status === 'succeeded',
  ).length;

test('the same key is one charge, and is answered alike', async () => {
  const params = await request('visa');
  const first = await gateway.charge(params);
  expect(first).toMatchObject({
    ...{ outcome: 'succeeded', captured: true, networkStatus: 'approved_by_network', pendingBalance: true },
    ...{ checks: { address_postal_code_check: 'pass', cvc_check: 'pass' }, risk: { risk_level: 'normal', risk_score: 12 } },
    networkTransactionId: '104102978678771',
  });
  expect(await gateway.charge(params)).toEqual(first);
  expect(await find(params)).toEqual(first);
  expect(chargedUnder(params.idempotencyKey)).toBe(1);
});

test.each([
  ['TRIAL OVER', 'TRIAL OVER'],
  ['Jo’s "best" *shop*', 'Jos best shop'],
  ['***', undefined],
  [null, undefined],
])('the cardholder’s statement says %j as %j, without what Stripe refuses', async (statement, said) => {
  const params = await request('visa', { statement });
  expect(await gateway.charge(params)).toMatchObject({ outcome: 'succeeded' });
  const [made] = api.state.all(
    'payment_intent',
    ({ metadata }) => (metadata as { dunlin_key?: string }).dunlin_key === params.idempotencyKey,
  );
  expect(made?.['statement_descriptor_suffix']).toBe(said);
});

test('a decline says what bank and network advise, also when its answer was lost', async () => {
  const params = await request('insufficientFunds');
  const declined = {
    ...{ outcome: 'declined', networkStatus: 'declined_by_network' },
    error: { type: 'card_error', code: 'card_declined', decline_code: 'insufficient_funds' },
    advice: { advice_code: 'try_again_later', network_advice_code: '02', network_decline_code: '51' },
  };
  expect(await gateway.charge(params)).toMatchObject(declined);
  expect(await find(params)).toMatchObject(declined);
});

test.each<Fault>(['lose_answer', 'fail_after'])('%s: the charge is made once, and find returns it', async (fault) => {
  const params = await request('visa');
  api.order(fault, { path: /payment_intents$/ });
  await expect(gateway.charge(params)).rejects.toThrow(ProcessorUnavailable);
  expect(await find(params)).toMatchObject({ outcome: 'succeeded' });
  expect(chargedUnder(params.idempotencyKey)).toBe(1);
});

test('an error that Stripe keeps under the key is asked about later, and never charged under another key', async () => {
  const params = await request('visa');
  api.order('fail_after', { path: /payment_intents$/ });
  await expect(gateway.charge(params)).rejects.toMatchObject({ until: null });
  const again = await gateway.charge(params).catch((error: unknown) => error);
  expect(again).toBeInstanceOf(ProcessorUnavailable);
  expect((again as ProcessorUnavailable).until).toBeGreaterThan(Date.now() + 3_000_000);
});

test('Stripe breaks off before it confirms: find has it confirmed, once', async () => {
  const params = await request('visa');
  api.order('break_off', { path: /payment_intents$/ });
  await expect(gateway.charge(params)).rejects.toThrow(ProcessorUnavailable);
  expect(chargedUnder(params.idempotencyKey)).toBe(0);
  expect(await find(params)).toMatchObject({ outcome: 'succeeded' });
  expect(await find(params)).toMatchObject({ outcome: 'succeeded' });
  expect(chargedUnder(params.idempotencyKey)).toBe(1);
});

test.each<Fault>(['down', 'hang', 'busy', 'limit'])('%s: nothing is charged, and find says so once Stripe answers', async (fault) => {
  const params = await request('visa');
  const asker = fault === 'hang' ? gatewayWith('sk_test_fake', 300) : gateway;
  api.order(fault, { times: 2 });
  await expect(asker.charge(params)).rejects.toThrow(ProcessorUnavailable);
  await expect(asker.find({ ...params, kind: 'payment' })).rejects.toThrow(ProcessorUnavailable);
  expect(await find(params)).toBeNull();
  expect(await gateway.charge(params)).toMatchObject({ outcome: 'succeeded' });
});

test('a day later Stripe has forgotten the key, and find still has the charge, behind a hundred others', async () => {
  const params = await request('visa');
  const answer = await gateway.charge(params);
  for (let other = 0; other < 100; other += 1) await gateway.charge(await request('visa'));
  api.forgetKeys();
  expect(await find(params)).toEqual(answer);
});

test('a wrong key loses no charge: it waits until the key is corrected, and the message does not have it', async () => {
  const params = await request('visa');
  const wrong = gatewayWith('sk_test_wrong_1234');
  await expect(wrong.charge(params)).rejects.toThrow(ProcessorUnavailable);
  await expect(wrong.charge(params)).rejects.not.toThrow(/1234/);
});

test('off session, a bank that wants the cardholder gets them later, on its page, for the same payment', async () => {
  const params = await request('authenticates');
  const asked = await gateway.charge(params);
  expect(asked).toMatchObject({ outcome: 'requires_action', url: expect.stringContaining('/bank/pi_') as string });
  expect(await find(params)).toEqual(asked);
  const { reference } = asked as { reference: string };
  api.state.authenticate(reference, true);
  const continued = { ...params, idempotencyKey: `${params.idempotencyKey}/authenticated`, continues: reference };
  expect(await gateway.charge(continued)).toMatchObject({ outcome: 'succeeded', reference, threeDSecure: true });
  expect(await find(continued)).toMatchObject({ outcome: 'succeeded', reference });
  expect(chargedUnder(params.idempotencyKey)).toBe(1);
});

test('a cardholder who does not pass is a decline', async () => {
  const params = await request('authenticates', { offSession: false });
  const { reference } = (await gateway.charge(params)) as { reference: string };
  api.state.authenticate(reference, false);
  const continued = { ...params, idempotencyKey: `${params.idempotencyKey}/authenticated`, continues: reference };
  expect(await gateway.charge(continued)).toMatchObject({ outcome: 'declined', error: { code: 'payment_intent_authentication_failure' } });
});

test('a card that is set up with its cardholder is charged without them afterwards', async () => {
  const { card } = await request('authenticatesOnce');
  const setup: SetupRequest = {
    ...{ idempotencyKey: 'seti_1/attempt-1', card, offSession: false, setUp: false, threeDSecure: null, continues: null, statement: null },
  };
  const asked = (await gateway.setup(setup)) as { reference: string };
  expect(asked).toMatchObject({ outcome: 'requires_action' });
  expect(await gateway.find({ ...setup, kind: 'setup' })).toEqual(asked);
  api.state.authenticate(asked.reference, true);
  const continued = { ...setup, idempotencyKey: 'seti_1/attempt-1/authenticated', continues: asked.reference };
  expect(await gateway.setup(continued)).toMatchObject({ outcome: 'succeeded', captured: false });
  expect(await gateway.charge(await request('authenticatesOnce'))).toMatchObject({ outcome: 'succeeded' });
});

test('an authorized amount is captured or released once, whatever was lost', async () => {
  for (const [ends, path] of [
    ['capture', /capture$/],
    ['cancel', /cancel$/],
  ] as const) {
    const params = await request('visa', { capture: false });
    const { reference: charge, captured } = (await gateway.charge(params)) as { reference: string; captured: boolean };
    expect(captured).toBe(false);
    const operation = { idempotencyKey: `${params.idempotencyKey}/${ends}`, charge, amount: 700 };
    api.order('lose_answer', { path });
    await expect(gateway[ends](operation)).rejects.toThrow(ProcessorUnavailable);
    await gateway[ends](operation);
    api.forgetKeys();
    await gateway[ends](operation);
    expect(api.state.get('payment_intent', charge)).toMatchObject(ends === 'capture' ? { amount_received: 700 } : { status: 'canceled' });
  }
});

test('each of several captures takes its part once, also when Stripe has forgotten the key, and has its own fee', async () => {
  const params = await request('visa', { capture: false, multicapture: true });
  const answer = (await gateway.charge(params)) as { reference: string };
  expect(answer).toMatchObject({ captured: false, multicapture: true });
  const part = {
    idempotencyKey: `${params.idempotencyKey}/capture`,
    charge: answer.reference,
    amount: 700,
    several: { before: 0, isFinal: false },
  };
  api.order('lose_answer', { path: /capture$/ });
  await expect(gateway.capture(part)).rejects.toThrow(ProcessorUnavailable);
  api.forgetKeys();
  expect(await gateway.capture(part)).toEqual({ outcome: 'captured', fee: 36 });
  expect(api.state.get('payment_intent', answer.reference)).toMatchObject({ status: 'requires_capture', amount_received: 700 });
  const last = { ...part, idempotencyKey: `${part.idempotencyKey}-2`, amount: 200, several: { before: 700, isFinal: true } };
  expect(await gateway.capture(last)).toEqual({ outcome: 'captured', fee: 28 });
  api.forgetKeys();
  expect(await gateway.capture(last)).toEqual({ outcome: 'captured', fee: 28 });
  expect(api.state.get('payment_intent', answer.reference)).toMatchObject({ status: 'succeeded', amount_received: 900 });
});

test('a refund is sent once, found when its answer was lost, and may wait for its bank', async () => {
  const { reference: charge } = (await gateway.charge(await request('visa'))) as { reference: string };
  const params = { idempotencyKey: 're_1', charge, amount: 400, currency: 'usd' };
  expect(await gateway.findRefund(params)).toBeNull();
  api.order('lose_answer', { path: /refunds$/ });
  await expect(gateway.refund(params)).rejects.toThrow(ProcessorUnavailable);
  const found = await gateway.findRefund(params);
  expect(found).toMatchObject({ outcome: 'succeeded', settles: null });
  expect(await gateway.refund(params)).toEqual(found);
  expect(await gateway.refund({ ...params, idempotencyKey: 're_2', amount: 900 })).toMatchObject({ outcome: 'failed', reason: 'declined' });
  const { reference: slow } = (await gateway.charge(await request('pendingRefund'))) as { reference: string };
  expect(await gateway.refund({ ...params, idempotencyKey: 're_3', charge: slow })).toMatchObject({ outcome: 'pending', settles: null });
});

test('the fee is what Stripe says, when the charge is captured; in the currency of the charge', async () => {
  expect(await gateway.charge(await request('visa'))).toMatchObject({ fee: 40 });
  const later = (await gateway.charge(await request('visa', { capture: false }))) as { reference: string };
  expect(later).not.toHaveProperty('fee');
  const capture = { idempotencyKey: 'pi_fee/capture', charge: later.reference, amount: 600 };
  const captured = { outcome: 'captured', fee: 34 };
  expect(await gateway.capture(capture)).toEqual(captured);
  api.forgetKeys();
  expect(await gateway.capture(capture)).toEqual(captured);
  api.state.converts = { currency: 'usd', rate: 1.25 };
  const inEuros = await gateway.charge(await request('visa', { currency: 'eur' }));
  api.state.converts = null;
  expect(inEuros).toMatchObject({ fee: 40 });
});

test('an exemption that the bank has accepted is told, and shifts no liability', async () => {
  expect(await gateway.charge(await request('exempted'))).toMatchObject({ threeDSecure: false, exemption: 'low_risk' });
  expect(await gateway.charge(await request('exemptedLowValue'))).toMatchObject({ threeDSecure: false, exemption: 'low_value' });
});

test('the record of the money has what Dunlin has made: charges, refunds, chargebacks and what was given back', async () => {
  const range = () => ({ from: 0, to: Math.floor(Date.now() / 1000) + 60 });
  const before = new Set((await gateway.settlement?.(range()))?.rows.map(({ kind, reference }) => `${kind}/${reference}`));
  const charge = async (change = {}) => ((await gateway.charge(await request('visa', change))) as { reference: string }).reference;
  const [paid, authorized, disputed] = [await charge(), await charge({ capture: false }), await charge()];
  await gateway.capture({ idempotencyKey: 'pi_record/capture', charge: authorized, amount: 600 });
  await charge({ capture: false });
  const refund = async (key: string) =>
    ((await gateway.refund({ idempotencyKey: key, charge: paid, amount: 300, currency: 'usd' })) as { reference: string }).reference;
  const [refunded, failed] = [await refund('re_record_1'), await refund('re_record_2')];
  api.state.failRefund(failed);
  const { id: dispute } = api.state.dispute(disputed);
  api.state.winDispute(dispute);
  const elsewhere = api.state.dispute(disputed, { payment_intent: 'pi_elsewhere' });
  const record = await gateway.settlement?.(range());
  expect(record?.kinds).toEqual(['charge', 'refund', 'dispute', 'dispute_reversal']);
  const rows = record?.rows.filter(({ kind, reference }) => !before.has(`${kind}/${reference}`)) ?? [];
  const told = rows.map(({ kind, reference, amount, status, fee }) => [kind, reference, amount, status, fee]);
  expect(told.toSorted()).toEqual(
    [
      ['charge', paid, 1000, 'succeeded', 40],
      ['charge', authorized, 600, 'succeeded', 34],
      ['charge', disputed, 1000, 'succeeded', 40],
      ['refund', refunded, 300, 'succeeded', 0],
      ['refund', failed, 300, 'failed', 0],
      ['dispute', dispute, 1000, 'succeeded', 2000],
      ['dispute_reversal', dispute, 1000, 'succeeded', null],
    ].toSorted(),
  );
  expect(rows.map(({ reference }) => reference)).not.toContain(elsewhere.id);
});

test('a record that Stripe does not show is asked for again', async () => {
  api.order('down');
  await expect(gateway.settlement?.({ from: 0, to: 1 })).rejects.toThrow(ProcessorUnavailable);
});

test('a card that is gone at Stripe is a decline, so that another is asked for', async () => {
  const params = await request('visa', { card: 'cus_gone/pm_gone' });
  expect(await gateway.charge(params)).toMatchObject({
    ...{ outcome: 'declined', networkStatus: 'not_sent_to_network' },
    error: { type: 'invalid_request_error', code: 'resource_missing' },
  });
});

describe('a stored card', () => {
  test('is attached to one customer at Stripe, however often it is named', async () => {
    const method = api.state.storeCard('visa');
    const first = await gateway.keep?.({ method, customer: null });
    expect(first).toMatchObject({
      ...{ outcome: 'stored', gatewayReference: expect.stringMatching(/^cus_\w+\/pm_/) as string },
      ...{ card: { last4: '4242', brand: 'visa', exp_year: 2034 }, billingDetails: { email: 'ada@example.com' } },
    });
    expect(await gateway.keep?.({ method, customer: null })).toEqual(first);
  });

  test('that its bank refuses, that is another customer’s or that is not there is refused', async () => {
    expect(await gateway.keep?.({ method: api.state.storeCard('attachFails'), customer: null })).toMatchObject({
      ...{ outcome: 'declined', code: 'card_declined', declineCode: 'generic_decline' },
    });
    const { gatewayReference } = (await gateway.keep?.({ method: api.state.storeCard('visa'), customer: null })) as {
      gatewayReference: string;
    };
    const [, taken = ''] = gatewayReference.split('/');
    expect(await gateway.keep?.({ method: taken, customer: 'cus_2' })).toMatchObject({ outcome: 'refused', part: 'customer' });
    expect(await gateway.keep?.({ method: 'pm_none', customer: null })).toMatchObject({ outcome: 'refused', part: 'payment_method' });
    const debit = api.state.storeCard('visa', { type: 'sepa_debit' });
    expect(await gateway.keep?.({ method: debit, customer: null })).toMatchObject({ outcome: 'refused', part: 'payment_method' });
  });
});
