/** The life of subscriptions whose cards are at Stripe, over a fake of Stripe's API. */
import type Stripe from 'stripe';
import { booksBalanceAfterEach } from '../ledger/books';
import { invoicesOf, priceOf, refusal } from '../support/builders';
import { DAY, startClock, type VirtualClock } from '../support/clock';
import { startProduct, type Product } from '../support/product';
import { startStripeApi, type StripeApi } from '../support/stripe-api/server';
import { until } from '../support/system';

let api: StripeApi;
let product: Product;
let stripe: Stripe;
const whenRunning = { get sql() { return product.sql; } } as Product; // prettier-ignore

beforeAll(async () => {
  api = await startStripeApi();
  product = await startProduct({ stripe: { test: 'sk_test_fake', url: api.url } });
  ({ stripe } = product);
}, 120_000);
afterAll(async () => {
  await product.stop();
  await api.stop();
});
booksBalanceAfterEach(whenRunning);

/** As the app does once Stripe's fields have taken the card. */
async function storedCard(card: string, change: Record<string, unknown> = {}): Promise<string> {
  const processor = { name: 'stripe', payment_method: api.state.storeCard(card) };
  const { id } = await product.post('/v1/payment_methods', { type: 'card', processor, ...change });
  return id as string;
}

async function useStoredCard(customer: string, card: string): Promise<string> {
  const id = await storedCard(card);
  await stripe.paymentMethods.attach(id, { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } });
  return id;
}

async function customerOn(clock: VirtualClock | null, card: string): Promise<string> {
  const { id } = await stripe.customers.create({ name: 'Ada', ...(clock && { test_clock: clock.id }) });
  await useStoredCard(id, card);
  return id;
}

const paidBy = async (work: () => Promise<unknown>): Promise<number[]> => {
  const before = api.paid().length;
  await work();
  return api.paid().slice(0, api.paid().length - before);
};

test('a trial ends, months renew, and Stripe charges each month once', async () => {
  const clock = await startClock(stripe, '2026-01-31');
  const customer = await customerOn(clock, 'visa');
  const price = await priceOf(stripe, 1500);
  const paid = await paidBy(async () => {
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price }], trial_period_days: 14 });
    await clock.to('2026-03-20');
    const invoices = await invoicesOf(stripe, id);
    expect(invoices.map(({ status, amount_paid }) => [status, amount_paid])).toEqual([
      ['paid', 0],
      ['paid', 1500],
      ['paid', 1500],
    ]);
  });
  expect(paid).toEqual([1500, 1500]);
  const [charge] = (await stripe.charges.list({ customer })).data;
  expect(charge).toMatchObject({
    outcome: { network_status: 'approved_by_network', risk_level: 'normal', risk_score: 12, type: 'authorized' },
    payment_method_details: { card: { last4: '4242', checks: { cvc_check: 'pass' } } },
  });
});

test('a card that its bank declines starts dunning with the bank’s advice, and a new card at Stripe is tried at once', async () => {
  const clock = await startClock(stripe, '2026-01-31');
  const customer = await customerOn(clock, 'visa');
  const { id } = await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe) }] });
  await useStoredCard(customer, 'insufficientFunds');
  await clock.to('2026-03-02');
  expect((await stripe.subscriptions.retrieve(id)).status).toBe('past_due');
  const [failed] = (await stripe.charges.list({ customer })).data;
  expect(failed).toMatchObject({
    ...{ status: 'failed', failure_code: 'card_declined' },
    outcome: { advice_code: 'try_again_later', network_advice_code: '02', network_decline_code: '51', type: 'issuer_declined' },
  });
  expect(await paidBy(() => useStoredCard(customer, 'visa').then(() => clock.by(DAY)))).toEqual([1000]);
  expect((await stripe.subscriptions.retrieve(id)).status).toBe('active');
});

test('a refund goes to Stripe, and is on the books', async () => {
  const customer = await customerOn(null, 'visa');
  const card = (await stripe.customers.retrieve(customer)) as Stripe.Customer;
  const payment_method = card.invoice_settings.default_payment_method as string;
  const pay = { amount: 2000, currency: 'usd', customer, payment_method, confirm: true };
  const { id: payment_intent } = await stripe.paymentIntents.create(pay);
  const refund = await stripe.refunds.create({ payment_intent, amount: 500 });
  expect(refund.status).toBe('succeeded');
  expect(api.state.all('refund')[0]).toMatchObject({ amount: 500, metadata: { dunlin_key: refund.id } });
});

test('an answer that is lost with the worker, and four times after that, is one charge', async () => {
  const customer = await customerOn(null, 'visa');
  const price = await priceOf(stripe, 4321);
  const path = /payment_intents$/;
  api.order('done_and_hang', { path });
  api.order('lose_answer', { path, times: 4 });
  const triesBefore = api.asked.length;
  const tries = () => api.asked.slice(triesBefore).filter((each) => path.test(each.path));
  const paid = await paidBy(async () => {
    const created = stripe.subscriptions.create({ customer, items: [{ price }] });
    await until(() => tries().length === 1, { what: 'the charge' });
    const stopped = product.system.stopWorker();
    api.breakConnections();
    await stopped;
    await product.system.startWorker();
    const { id } = await created;
    await until(async () => (await stripe.subscriptions.retrieve(id)).status === 'active', { what: 'the outcome' });
  });
  expect(paid).toEqual([4321]);
  expect(new Set(tries().map(({ key }) => key)).size).toBe(1);
});

describe('a card is handed over by its name at Stripe', () => {
  test('its number never reaches Dunlin, and its billing details do', async () => {
    const metadata = { seat: '7' };
    const method = await stripe.paymentMethods.retrieve(await storedCard('visa', { metadata }));
    expect(method).toMatchObject({ card: { last4: '4242', exp_year: 2034 }, billing_details: { email: 'ada@example.com' }, metadata });
    expect(method.card?.fingerprint).toBe('fp4242');
  });

  test.each([
    ['a card that is not there', { processor: { name: 'stripe', payment_method: 'pm_none' } }, 'processor[payment_method]'],
    ['another processor', { processor: { name: 'acme', payment_method: 'pm_1' } }, 'processor[name]'],
    ['a number beside it', { processor: { name: 'stripe', payment_method: 'pm_1' }, card: { number: '4242' } }, 'processor'],
    ['another type', { type: 'sepa_debit', processor: { name: 'stripe', payment_method: 'pm_1' } }, 'type'],
  ])('%s is refused by its name', async (_case, change, param) => {
    const error = await refusal(product.post('/v1/payment_methods', { type: 'card', ...change }));
    expect(error).toMatchObject({ statusCode: 400, param });
  });

  test('a card that its bank declines is a 402', async () => {
    expect(await refusal(storedCard('attachFails'))).toMatchObject({
      statusCode: 402,
      code: 'card_declined',
      decline_code: 'generic_decline',
    });
  });

  test('while Stripe is down, the caller is told to come again', async () => {
    api.order('down', { times: 1 });
    expect(await refusal(storedCard('visa'))).toMatchObject({ statusCode: 503 });
  });

  test('in live mode without a live key, nothing is asked', async () => {
    const { key } = { key: product.system.keys.live };
    const processor = { name: 'stripe', payment_method: 'pm_1' };
    const error = await refusal(stripe.rawRequest('POST', '/v1/payment_methods', { type: 'card', processor }, { apiKey: key }));
    expect(error).toMatchObject({ statusCode: 400, param: 'processor[name]', message: expect.stringContaining('live mode') as string });
  });
});
