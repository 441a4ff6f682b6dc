/** The life of subscriptions that are paid under mandates at Mollie, over a fake of Mollie's API. */
import type Stripe from 'stripe';
import { LIMITS } from '../../domain/core/limits';
import { booksBalanceAfterEach } from '../ledger/books';
import { invoicesOf, priceOf, refusal } from '../support/builders';
import { DAY, startClock, type VirtualClock } from '../support/clock';
import { startMollieApi, type MollieApi } from '../support/mollie-api/server';
import type { Behavior } from '../support/mollie-api/state';
import { startProduct, type Product } from '../support/product';
import { until } from '../support/system';

let api: MollieApi;
let product: Product;
let stripe: Stripe;
const whenRunning = { get sql() { return product.sql; } } as Product; // prettier-ignore

beforeAll(async () => {
  api = await startMollieApi();
  product = await startProduct({ mollie: { test: 'test_fake', url: api.url } });
  ({ stripe } = product);
}, 120_000);
afterAll(async () => {
  await product.stop();
  await api.stop();
});
booksBalanceAfterEach(whenRunning);

/** Mollie tells that the payment has changed. The status of the answer. */
async function tell(payment: string): Promise<number> {
  const body = new URLSearchParams({ id: payment });
  return (await fetch(`${product.url}/gateways/mollie/webhook`, { method: 'POST', body })).status;
}

/** As the seller's app does once it has a mandate, and the payer has agreed to it. */
async function useMandate(customer: string, behavior: Behavior): Promise<string> {
  const { customer: there, mandate } = api.state.obtain(behavior);
  const type = behavior === 'sepa' ? 'sepa_debit' : 'card';
  const { id } = await product.post('/v1/payment_methods', {
    type,
    processor: { name: 'mollie', customer: there, payment_method: mandate },
    billing_details: { email: 'ada@example.com' },
  });
  const method = (await stripe.paymentMethods.attach(id as string, { customer })).id;
  const agreed = { customer_acceptance: { type: 'offline' as const, offline: {} } };
  await stripe.setupIntents.create({
    ...{ customer, payment_method: method, payment_method_types: [type], confirm: true },
    ...(type === 'card' ? {} : { mandate_data: agreed }),
  });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: method } });
  return method;
}

async function customerOn(clock: VirtualClock | null, behavior: Behavior): Promise<string> {
  const { id } = await stripe.customers.create({ name: 'Ada', ...(clock && { test_clock: clock.id }) });
  await useMandate(id, behavior);
  return id;
}

const lastPayment = (): string => [...api.state.payments.keys()].at(-1) ?? '';

const paidBy = async (work: () => Promise<unknown>): Promise<string[]> => {
  const before = api.paid().length;
  await work();
  return api.paid().slice(before);
};

const statusOf = async (id: string): Promise<string> => (await stripe.subscriptions.retrieve(id)).status;

test('a trial ends, months renew, and Mollie charges the card each month once', async () => {
  const clock = await startClock(stripe, '2026-01-31');
  const customer = await customerOn(clock, 'visa');
  const price = await priceOf(stripe, 1505);
  const paid = await paidBy(async () => {
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price }], trial_period_days: 14 });
    await clock.to('2026-03-20');
    expect((await invoicesOf(stripe, id)).map(({ status, amount_paid }) => [status, amount_paid])).toEqual([
      ['paid', 0],
      ['paid', 1505],
      ['paid', 1505],
    ]);
  });
  expect(paid).toEqual(['15.05', '15.05']);
  const [charge] = (await stripe.charges.list({ customer })).data;
  expect(charge?.payment_method_details?.card).toMatchObject({ brand: 'visa', last4: '4242', exp_month: 12, exp_year: 2034 });
});

/** A subscription in eur whose first month is paid by debit. */
async function debited(): Promise<{ id: string; customer: string; clock: VirtualClock; payment: string }> {
  const clock = await startClock(stripe, '2026-01-31');
  const customer = await customerOn(clock, 'sepa');
  const { id: product } = await stripe.products.create({ name: 'Seat' });
  const { id: price } = await stripe.prices.create({ product, currency: 'eur', unit_amount: 1000, recurring: { interval: 'month' } });
  const { id } = await stripe.subscriptions.create({ customer, items: [{ price }] });
  return { id, customer, clock, payment: lastPayment() };
}

describe('a SEPA debit', () => {
  test('is open until the bank has decided, and is then paid once, however often Mollie tells it', async () => {
    const { id, clock, payment } = await debited();
    const invoice = async () => (await invoicesOf(stripe, id))[0];
    expect((await invoice())?.status).toBe('open');
    expect(await tell(payment)).toBe(200);
    expect((await invoice())?.status).toBe('open');
    api.state.decide(payment, 'paid');
    expect(await Promise.all([tell(payment), tell(payment)])).toEqual([200, 200]);
    expect(await tell(payment)).toBe(200);
    expect(await invoice()).toMatchObject({ status: 'paid', amount_paid: 1000 });
    expect(await statusOf(id)).toBe('active');
    await clock.to('2026-03-01');
    api.state.decide(lastPayment(), 'paid');
    expect(await tell(lastPayment())).toBe(200);
    expect((await invoicesOf(stripe, id)).map(({ status }) => status)).toEqual(['paid', 'paid']);
    const [method] = (await stripe.paymentMethods.list({ customer: (await invoice())?.customer as string, type: 'sepa_debit' })).data;
    expect(method?.sepa_debit).toMatchObject({ country: 'NL', last4: '0000' });
    expect(JSON.stringify(await product.sql`select * from payment_methods`)).not.toContain('NL55INGB');
  });

  test('that the bank returns leaves the renewal unpaid, and another mandate recovers it', async () => {
    const { id, customer, clock, payment } = await debited();
    api.state.decide(payment, 'paid');
    await tell(payment);
    await clock.to('2026-03-01');
    api.state.decide(lastPayment(), 'failed', { bankReasonCode: 'AM04', bankReason: 'Insufficient funds' });
    expect(await tell(lastPayment())).toBe(200);
    expect(await statusOf(id)).toBe('past_due');
    expect((await stripe.charges.list({ customer })).data[0]).toMatchObject({ status: 'failed', failure_code: 'insufficient_funds' });
    expect(await paidBy(() => useMandate(customer, 'visa').then(() => clock.by(DAY)))).toEqual(['10.00']);
    expect(await statusOf(id)).toBe('active');
  });

  test('that the payer takes back is a dispute that is lost, once', async () => {
    const { customer, payment } = await debited();
    api.state.decide(payment, 'paid');
    await tell(payment);
    api.state.chargeBack(payment, 'MD06');
    expect([await tell(payment), await tell(payment)]).toEqual([200, 200]);
    const [charge] = (await stripe.charges.list({ customer })).data;
    const { data } = await stripe.disputes.list({ charge: charge?.id ?? '' });
    expect(data).toMatchObject([{ status: 'lost', amount: 1000, reason: 'debit_not_authorized' }]);
  });
});

test('a card that its bank declines starts dunning with the reason, and a new mandate is tried at once', async () => {
  const clock = await startClock(stripe, '2026-01-31');
  const customer = await customerOn(clock, 'visa');
  const { id } = await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe) }] });
  await useMandate(customer, 'insufficientFunds');
  await clock.to('2026-03-02');
  expect(await statusOf(id)).toBe('past_due');
  expect((await stripe.charges.list({ customer })).data[0]).toMatchObject({
    ...{ status: 'failed', failure_code: 'card_declined' },
    outcome: { reason: 'insufficient_funds', advice_code: 'try_again_later', type: 'issuer_declined' },
  });
  expect(await paidBy(() => useMandate(customer, 'visa').then(() => clock.by(DAY)))).toEqual(['10.00']);
  expect(await statusOf(id)).toBe('active');
});

/** A paid charge of 20.00, and its payment at Mollie. */
async function charged(): Promise<{ intent: string; charge: string; payment: string }> {
  const { id: customer } = await stripe.customers.create({ name: 'Ada' });
  const payment_method = await useMandate(customer, 'visa');
  const intent = await stripe.paymentIntents.create({ amount: 2000, currency: 'usd', customer, payment_method, confirm: true });
  return { intent: intent.id, charge: intent.latest_charge as string, payment: lastPayment() };
}

test('a refund waits for Mollie, succeeds, and is taken back if its bank cannot pay it out', async () => {
  const { intent, payment } = await charged();
  api.order('lose_answer', { path: /refunds$/ });
  const refund = await stripe.refunds.create({ payment_intent: intent, amount: 500 });
  expect(api.state.refundsOf(payment)).toMatchObject([{ amount: { currency: 'USD', value: '5.00' }, metadata: { dunlin_key: refund.id } }]);
  await until(async () => (await stripe.refunds.retrieve(refund.id)).status === 'pending', { what: 'the answer' });
  const [there] = api.state.refundsOf(payment);
  Object.assign(api.state.refunds.get(there?.id ?? '') ?? {}, { status: 'refunded' });
  expect(await tell(payment)).toBe(200);
  expect((await stripe.refunds.retrieve(refund.id)).status).toBe('succeeded');
  Object.assign(api.state.refunds.get(there?.id ?? '') ?? {}, { status: 'failed' });
  expect([await tell(payment), await tell(payment)]).toEqual([200, 200]);
  expect((await stripe.refunds.retrieve(refund.id)).status).toBe('failed');
});

test('a chargeback of a card is under review, takes the money, and is won when the bank reverses it', async () => {
  const { charge, payment } = await charged();
  const { id } = api.state.chargeBack(payment, '10.4');
  expect(await tell(payment)).toBe(200);
  const dispute = async () => (await stripe.disputes.list({ charge })).data;
  const [open] = await dispute();
  expect(open).toMatchObject({ status: 'under_review', amount: 2000, reason: 'fraudulent' });
  const error = await refusal(stripe.disputes.update(open?.id ?? '', { evidence: { product_description: 'Seats' }, submit: true }));
  expect(error.statusCode).toBe(400);
  Object.assign(api.state.chargebacks.get(id) ?? {}, { reversedAt: '2026-03-01T00:00:00+00:00' });
  expect([await tell(payment), await tell(payment)]).toEqual([200, 200]);
  expect(await dispute()).toMatchObject([{ id: open?.id, status: 'won' }]);
});

test('an answer that is lost with the worker, and again after that, is one charge', async () => {
  const customer = await customerOn(null, 'visa');
  const price = await priceOf(stripe, 4321);
  const path = /^payments$/;
  api.order('done_and_hang', { path });
  api.order('lose_answer', { path, times: 4 });
  const before = api.asked.length;
  const tries = () => api.asked.slice(before).filter((each) => path.test(each.path));
  const paid = await paidBy(async () => {
    const created = stripe.subscriptions.create({ customer, items: [{ price }] });
    await until(() => tries().length === 1, { what: 'the charge' });
    const stopped = product.system.stopWorker();
    api.breakConnections();
    await stopped;
    await product.system.startWorker();
    const { id } = await created;
    await until(async () => (await statusOf(id)) === 'active', { what: 'the outcome' });
  });
  expect(paid).toEqual(['43.21']);
  expect(new Set(tries().map(({ key }) => key)).size).toBe(1);
});

describe('a webhook of Mollie', () => {
  test.each([
    ['without the name of a payment', 'nothing', 400],
    ['about a payment that Mollie does not have', 'tr_none', 200],
  ])('%s changes nothing, and leaves nothing', async (_case, id, status) => {
    const events = async () => product.sql`select id from processor_events`;
    const before = await events();
    expect(await tell(id)).toBe(status);
    expect(await events()).toEqual(before);
  });

  test('is refused with 429 once too many have come about one payment in a minute, and one about another is not', async () => {
    const [{ payment }, { payment: other }] = [await charged(), await charged()];
    const answers: number[] = [];
    for (let told = 0; told < LIMITS.unsignedWebhooksOfPayment.max + 1; told += 1) answers.push(await tell(payment));
    expect(answers.at(-2)).toBe(200);
    expect(answers.at(-1)).toBe(429);
    expect(await tell(other)).toBe(200);
  });

  test('that comes while Mollie is down, or before our own answer is recorded, is to be sent again', async () => {
    const { payment } = await charged();
    api.order('down', { path: /payments\/tr_/ });
    expect(await tell(payment)).toBe(503);
    const { id: customer } = await stripe.customers.create({ name: 'Ada' });
    const payment_method = await useMandate(customer, 'slow');
    api.order('done_and_hang', { path: /^payments$/ });
    const before = api.state.payments.size;
    const asked = stripe.paymentIntents.create({ amount: 700, currency: 'usd', customer, payment_method, confirm: true });
    await until(() => api.state.payments.size > before, { what: 'the charge' });
    api.state.decide(lastPayment(), 'paid');
    expect(await tell(lastPayment())).toBe(429);
    api.breakConnections();
    expect((await asked).status).toBe('processing');
    expect(await tell(lastPayment())).toBe(200);
    expect((await stripe.paymentIntents.retrieve((await asked).id)).status).toBe('succeeded');
  });
});

describe('a mandate is handed over by its name at Mollie', () => {
  test.each([
    ['without its customer', { processor: { name: 'mollie', payment_method: 'mdt_1' } }, 'processor[customer]'],
    ['that is not there', { processor: { name: 'mollie', payment_method: 'mdt_1', customer: 'cst_1' } }, 'processor[payment_method]'],
    ['of another type', { type: 'us_bank_account', processor: { name: 'mollie', payment_method: 'mdt_1', customer: 'cst_1' } }, 'type'],
  ])('%s it is refused by name', async (_case, change, param) => {
    const error = await refusal(product.post('/v1/payment_methods', { type: 'card', ...change }));
    expect(error).toMatchObject({ statusCode: 400, param });
  });

  test('of a bank account it is no card', async () => {
    const { customer, mandate } = api.state.obtain('sepa');
    const processor = { name: 'mollie', payment_method: mandate, customer };
    expect(await refusal(product.post('/v1/payment_methods', { type: 'card', processor }))).toMatchObject({
      statusCode: 400,
      param: 'type',
    });
  });

  test('what Mollie cannot is refused: an authorization that is captured later', async () => {
    const { id: customer } = await stripe.customers.create({ name: 'Ada' });
    const payment_method = await useMandate(customer, 'visa');
    const params = { amount: 700, currency: 'usd', customer, payment_method, confirm: true, capture_method: 'manual' } as const;
    const before = api.asked.length;
    const error = await refusal(stripe.paymentIntents.create(params));
    expect(error.message).toMatch(/cannot be authorized first and captured later/);
    expect(api.asked).toHaveLength(before);
  });
});
