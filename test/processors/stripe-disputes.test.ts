/** Disputes and warnings of banks that Stripe tells of, and evidence that goes back. */
import type Stripe from 'stripe';
import { booksBalanceAfterEach } from '../ledger/books';
import { at, DAY, startClock } from '../support/clock';
import { startProduct, type Product } from '../support/product';
import { fetchMissedEvents } from '../../server/processors/missed-events';
import { startStripeApi, type StripeApi } from '../support/stripe-api/server';
import { sendEvent, type FakeEvent } from '../support/stripe-api/webhooks';
import { until } from '../support/system';

let api: StripeApi;
let product: Product;
let stripe: Stripe;
const whenRunning = { get sql() { return product.sql; } } as Product; // prettier-ignore

beforeAll(async () => {
  api = await startStripeApi();
  const webhookSecrets = { live: [], test: ['whsec_test'] };
  product = await startProduct({ stripe: { test: 'sk_test_fake', url: api.url, webhookSecrets } });
  ({ stripe } = product);
}, 120_000);
afterAll(async () => {
  await product.stop();
  await api.stop();
});
booksBalanceAfterEach(whenRunning);

/** A paid charge of 20.00, and its payment at Stripe. */
async function charged(change: Stripe.CustomerCreateParams = {}): Promise<{ charge: string; payment: string }> {
  const { id: customer } = await stripe.customers.create({ name: 'Ada', ...change });
  const processor = { name: 'stripe', payment_method: api.state.storeCard('visa') };
  const { id } = await product.post('/v1/payment_methods', { type: 'card', processor });
  const payment_method = (await stripe.paymentMethods.attach(id as string, { customer })).id;
  const intent = await stripe.paymentIntents.create({ amount: 2000, currency: 'usd', customer, payment_method, confirm: true });
  const [payment] = api.state.all('payment_intent');
  return { charge: intent.latest_charge as string, payment: payment?.id ?? '' };
}

async function tell(type: string, object: object, times = 2): Promise<void> {
  const event: FakeEvent = { type, object };
  for (let told = 0; told < times; told += 1) expect(await sendEvent(product.url, 'whsec_test', event)).toBe(200);
}

const disputesOf = async (charge: string): Promise<Stripe.Dispute[]> => (await stripe.disputes.list({ charge })).data;

test('a dispute is opened once, answered through Dunlin with a file, once, and won', async () => {
  const { charge, payment } = await charged();
  const there = api.state.dispute(payment);
  await tell('charge.dispute.created', there);
  const [dispute] = await disputesOf(charge);
  expect(await disputesOf(charge)).toHaveLength(1);
  const { due_by } = there['evidence_details'] as { due_by: number };
  expect(dispute).toMatchObject({ amount: 2000, status: 'needs_response', reason: 'fraudulent', evidence_details: { due_by } });
  const data = Buffer.from('%PDF-1.4\n%%EOF');
  const file = await stripe.files.create({ purpose: 'dispute_evidence', file: { data, name: 'receipt.pdf', type: 'application/pdf' } });
  api.order('lose_answer', { path: /disputes\/\w+$/ });
  const evidence = { product_description: 'Seats', receipt: file.id };
  await stripe.disputes.update(dispute?.id ?? '', { evidence });
  await until(async () => (await stripe.disputes.retrieve(dispute?.id ?? '')).status === 'under_review', { what: 'the answer' });
  const answered = api.state.get('dispute', there.id);
  expect(answered).toMatchObject({ status: 'under_review', evidence_details: { submission_count: 1 } });
  const sent = answered['evidence'] as { receipt: string; product_description: string };
  expect(sent.product_description).toBe('Seats');
  expect(api.state.get('file', sent.receipt)).toMatchObject({ purpose: 'dispute_evidence' });
  await tell('charge.dispute.closed', structuredClone(api.state.winDispute(there.id)));
  expect((await stripe.disputes.retrieve(dispute?.id ?? '')).status).toBe('won');
  await tell('charge.dispute.updated', { ...answered, status: 'needs_response' });
  expect((await stripe.disputes.retrieve(dispute?.id ?? '')).status).toBe('won');
});

test('the fee of a dispute that is told after the dispute corrects the estimate, once', async () => {
  const { charge, payment } = await charged();
  const there = api.state.dispute(payment);
  await tell('charge.dispute.created', { ...there, balance_transactions: [] });
  const feesOf = async () => {
    const [dispute] = await disputesOf(charge);
    return dispute?.balance_transactions.map(({ amount, fee, net }) => [amount, fee, net]);
  };
  expect(await feesOf()).toEqual([[-2000, 1500, -3500]]);
  await tell('charge.dispute.funds_withdrawn', there);
  expect(await feesOf()).toEqual([
    [-2000, 1500, -3500],
    [0, 500, -500],
  ]);
});

test('a day at Stripe is compared: real fees are booked, and a chargeback that was not told of is a difference', async () => {
  const day = new Date().toISOString().slice(0, 10);
  const compare = () => product.post('/v1/reconciliations', { processor: 'stripe', day });
  const open = async () => ((await product.get('/v1/reconciliation_differences?state=open&limit=100')) as { data: object[] }).data;
  const { charge, payment } = await charged();
  const shown = await stripe.charges.retrieve(charge, { expand: ['balance_transaction'] });
  expect(shown.balance_transaction).toMatchObject({ amount: 2000, fee: 55, net: 1945 });
  await stripe.refunds.create({ charge, amount: 100 });
  await compare();
  expect((await open()).filter((each) => 'about' in each && each.about !== 'dispute')).toEqual([]);
  const there = api.state.dispute(payment);
  await compare();
  const ofDispute = async () => (await open()).filter((each) => 'reference' in each && each.reference === there.id);
  expect(await ofDispute()).toMatchObject([{ kind: 'missing_here', about: 'dispute', theirs: { amount: 2000, fee: 2000 } }]);
  await tell('charge.dispute.created', there);
  await compare();
  const [dispute] = await disputesOf(charge);
  expect(await ofDispute()).toEqual([]);
  expect(dispute?.balance_transactions).toMatchObject([{ amount: -2000, fee: 2000 }]);
});

test('a payment that is captured in several parts is compared with the fees of all of them', async () => {
  const day = new Date().toISOString().slice(0, 10);
  const { id: customer } = await stripe.customers.create({ name: 'Ada' });
  const processor = { name: 'stripe', payment_method: api.state.storeCard('visa') };
  const { id } = await product.post('/v1/payment_methods', { type: 'card', processor });
  const payment_method = (await stripe.paymentMethods.attach(id as string, { customer })).id;
  const intent = await stripe.paymentIntents.create({
    ...{ amount: 2000, currency: 'usd', customer, payment_method, confirm: true, capture_method: 'manual' },
    payment_method_options: { card: { request_multicapture: 'if_available' } },
  });
  await stripe.paymentIntents.capture(intent.id, { amount_to_capture: 700, final_capture: false });
  await stripe.paymentIntents.capture(intent.id, { amount_to_capture: 200 });
  const ofCharge = async () => {
    await product.post('/v1/reconciliations', { processor: 'stripe', day });
    const { data } = (await product.get('/v1/reconciliation_differences?state=open&limit=100')) as { data: Record<string, unknown>[] };
    return data.filter((each) => each['about_id'] === intent.latest_charge);
  };
  expect(await ofCharge()).toEqual([]);
  const [part] = api.state.all('balance_transaction', ({ amount }) => amount === 200);
  Object.assign(part ?? {}, { fee: 29 });
  expect(await ofCharge()).toMatchObject([{ kind: 'fee', ours: { amount: 900, fee: 64 }, theirs: { amount: 900, fee: 65 } }]);
  Object.assign(part ?? {}, { fee: 28 });
  expect(await ofCharge()).toEqual([]);
});

test('an inquiry that becomes a chargeback is lost when Stripe says so, and not by itself', async () => {
  const clock = await startClock(stripe, '2026-03-01');
  const { charge, payment } = await charged({ test_clock: clock.id });
  const details = { due_by: at('2026-03-09'), submission_count: 0 };
  const inquiry = api.state.dispute(payment, { status: 'warning_needs_response', evidence_details: details });
  await tell('charge.dispute.created', inquiry);
  const status = async (): Promise<string | undefined> => (await disputesOf(charge))[0]?.status;
  expect(await status()).toBe('warning_needs_response');
  const withdrawal = { amount: -2000, currency: 'usd', fee: 1700 };
  await tell('charge.dispute.updated', { ...inquiry, status: 'needs_response', balance_transactions: [withdrawal] });
  expect(await status()).toBe('needs_response');
  expect((await disputesOf(charge))[0]?.balance_transactions).toMatchObject([withdrawal]);
  await clock.by(30 * DAY);
  expect(await status()).toBe('needs_response');
  await tell('charge.dispute.closed', { ...inquiry, status: 'lost' });
  expect(await status()).toBe('lost');
  await tell('charge.dispute.closed', { ...inquiry, status: 'won' });
  expect(await status()).toBe('won');
});

test('the first that is heard of a dispute may be its end', async () => {
  const { charge, payment } = await charged();
  await tell('charge.dispute.closed', api.state.dispute(payment, { status: 'lost', amount: 500 }));
  expect(await disputesOf(charge)).toMatchObject([{ status: 'lost', amount: 500 }]);
});

test('a dispute opens with what an event of another version leaves out, and an event without its amount is refused and changes nothing', async () => {
  const { charge, payment } = await charged();
  const { id } = api.state.dispute(payment);
  const bare = { id, object: 'dispute', amount: 700, currency: 'usd', status: 'needs_response', payment_intent: { id: payment } };
  const event: FakeEvent = { type: 'charge.dispute.created', object: { ...bare, amount: undefined } };
  expect(await sendEvent(product.url, 'whsec_test', event)).toBe(400);
  expect(await disputesOf(charge)).toEqual([]);
  await tell('charge.dispute.created', bare);
  expect(await disputesOf(charge)).toMatchObject([{ amount: 700, status: 'needs_response', reason: 'general' }]);
});

test('an event that no webhook has brought is fetched and acted on once, and one that cannot be read stops no other', async () => {
  const { charge, payment } = await charged();
  const now = Math.floor(Date.now() / 1000);
  const keep = (change: object) => {
    const object = { ...api.state.dispute(payment), ...change };
    return api.state.put('event', { type: 'charge.dispute.created', data: { object }, created: now });
  };
  const { deps } = product.system;
  const events = async () => (await product.get('/v1/processors/stripe'))['events'] as { error: string | null; missed: number };
  await fetchMissedEvents(deps, now - 3600);
  const brought = keep({ amount: 300 });
  const event = { type: 'charge.dispute.created', object: (brought['data'] as { object: object }).object, id: brought.id };
  expect(await sendEvent(product.url, 'whsec_test', event)).toBe(200);
  keep({ amount: 400 });
  const unreadable = keep({ amount: null });
  await fetchMissedEvents(deps, now + 600);
  expect((await disputesOf(charge)).map(({ amount }) => amount).sort()).toEqual([300, 400]);
  expect(await events()).toMatchObject({ missed: 1, error: expect.stringContaining(`data.object.amount of ${unreadable.id}`) as string });
  await fetchMissedEvents(deps, now + 1199);
  (unreadable['data'] as { object: Record<string, unknown> }).object['amount'] = 500;
  await fetchMissedEvents(deps, now + 1200);
  expect(await events()).toEqual({ missed: 2, error: null, read_at: now + 1200 });
  api.order('down', { path: /events/, times: 5 });
  await fetchMissedEvents(deps, now + 1800);
  expect(await events()).toMatchObject({ error: expect.stringContaining('503') as string, read_at: now + 1200 });
  expect(await disputesOf(charge)).toHaveLength(3);
});

test('a bank’s warning is on its charge once, and one about another payment changes nothing', async () => {
  const { charge, payment } = await charged();
  const warning = { id: 'issfr_1', fraud_type: 'unauthorized_use_of_card', charge: 'ch_there', payment_intent: payment };
  await tell('radar.early_fraud_warning.created', warning);
  await tell('radar.early_fraud_warning.created', { ...warning, payment_intent: 'pi_other' });
  await tell('charge.dispute.created', { ...api.state.dispute(payment), payment_intent: 'pi_other' });
  expect((await stripe.radar.earlyFraudWarnings.list({ charge })).data).toMatchObject([
    { charge, fraud_type: 'unauthorized_use_of_card', actionable: true },
  ]);
  expect(await disputesOf(charge)).toEqual([]);
});
