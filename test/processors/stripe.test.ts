/** The life of subscriptions whose cards are at Stripe, over a fake of Stripe's API. */
import type Stripe from 'stripe';
import { booksBalanceAfterEach } from '../ledger/books';
import { eventsOf, invoicesOf, priceOf, refusal } from '../support/builders';
import { DAY, startClock, type VirtualClock } from '../support/clock';
import { startProduct, type Product } from '../support/product';
import { startStripeApi, type StripeApi } from '../support/stripe-api/server';
import { sendEvent, type FakeEvent } from '../support/stripe-api/webhooks';
import { until } from '../support/system';

let api: StripeApi;
let product: Product;
let stripe: Stripe;
const whenRunning = { get sql() { return product.sql; } } as Product; // prettier-ignore

beforeAll(async () => {
  api = await startStripeApi();
  product = await startProduct({
    stripe: { test: 'sk_test_fake', url: api.url, webhookSecrets: { live: ['whsec_live'], test: ['whsec_new', 'whsec_old'] } },
  });
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

/** A subscription whose renewal on 28 February waits for the cardholder, and its payment at Stripe. */
async function renewalThatAsks(): Promise<{ id: string; customer: string; asked: string; invoice: () => Promise<Stripe.Invoice> }> {
  const clock = await startClock(stripe, '2026-01-31');
  const customer = await customerOn(clock, 'visa');
  const { id } = await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe) }] });
  await useStoredCard(customer, 'authenticates');
  await clock.to('2026-03-01');
  const [waiting] = api.state.all('payment_intent', ({ status }) => status === 'requires_action');
  const invoice = async () => (await invoicesOf(stripe, id))[1] as Stripe.Invoice;
  return { id, customer, asked: waiting?.id ?? '', invoice };
}

describe('a renewal for which the bank wants the cardholder', () => {
  test('waits with Stripe’s page, and is paid when they come back', async () => {
    const { id, asked, invoice } = await renewalThatAsks();
    expect((await invoice()).status).toBe('open');
    expect((await stripe.subscriptions.retrieve(id)).status).toBe('past_due');
    const { data } = await stripe.invoicePayments.list({ invoice: (await invoice()).id, expand: ['data.payment.payment_intent'] });
    expect(JSON.stringify((data[0]?.payment.payment_intent as Stripe.PaymentIntent).next_action)).toContain(`${api.url}/bank/${asked}`);
    const back = api.state.authenticate(asked, true);
    const before = api.paid().length;
    const visit = async () => (await fetch(back.replace(/^http:..[^/]+/, product.url))).text();
    expect([await visit(), await visit()]).toEqual([expect.stringMatching(/^Done/), expect.stringMatching(/^Done/)]);
    expect(api.paid().length).toBe(before);
    expect((await invoice()).status).toBe('paid');
    expect((await stripe.subscriptions.retrieve(id)).status).toBe('active');
  });

  test('is declined when they fail, and waits for another card', async () => {
    const { asked, customer, invoice } = await renewalThatAsks();
    const back = api.state.authenticate(asked, false).replace(/^http:..[^/]+/, product.url);
    expect(await (await fetch(back)).text()).toMatch(/^Not authenticated/);
    const { data } = await stripe.invoicePayments.list({ invoice: (await invoice()).id, expand: ['data.payment.payment_intent'] });
    expect(data[0]?.payment.payment_intent).toMatchObject({
      ...{ status: 'requires_payment_method' },
      last_payment_error: { code: 'payment_intent_authentication_failure' },
    });
    const [failed] = (await stripe.charges.list({ customer })).data;
    expect(failed).toMatchObject({ status: 'failed', payment_method_details: { card: { three_d_secure: null } } });
  });

  test('is nobody else’s to finish: a wrong secret changes nothing, nor does coming back too early', async () => {
    const { asked, invoice } = await renewalThatAsks();
    const { client_secret } = api.state.get('payment_intent', asked);
    const at = (secret: unknown): string =>
      `${product.url}/gateways/stripe/return?payment_intent=${asked}&payment_intent_client_secret=${String(secret)}`;
    expect((await fetch(at('guessed'))).status).toBe(404);
    expect((await fetch(at(client_secret))).status).toBe(200);
    expect((await invoice()).status).toBe('open');
    api.state.authenticate(asked, true);
    expect((await fetch(at('guessed'))).status).toBe(404);
    expect((await invoice()).status).toBe('open');
    expect(await (await fetch(at(client_secret))).text()).toMatch(/^Done/);
    expect((await invoice()).status).toBe('paid');
  });

  test('is paid by webhooks, if they do not come back: late, twice, and an older one first', async () => {
    api.state.events.splice(0);
    const { asked, invoice } = await renewalThatAsks();
    const about = api.state.events.splice(0).filter(({ object }) => object.id === asked);
    expect(about.map(({ type }) => type)).toEqual(['payment_intent.payment_failed', 'payment_intent.requires_action']);
    for (const event of about) expect(await sendEvent(product.url, 'whsec_new', event)).toBe(200);
    expect((await invoice()).status).toBe('open');
    api.state.authenticate(asked, true);
    const [paid] = api.state.events.splice(0) as [FakeEvent];
    expect(paid.type).toBe('payment_intent.succeeded');
    const once = { ...paid, id: 'evt_paid' };
    expect(await Promise.all([sendEvent(product.url, 'whsec_old', once), sendEvent(product.url, 'whsec_new', once)])).toEqual([200, 200]);
    expect(await sendEvent(product.url, 'whsec_new', once)).toBe(200);
    expect((await invoice()).status).toBe('paid');
    const rows = await product.sql`select type from processor_events where id = 'evt_paid' and handled is not null`;
    expect(rows).toEqual([{ type: 'payment_intent.succeeded' }]);
  });
});

describe('a webhook of Stripe', () => {
  const send = (event: FakeEvent, secret = 'whsec_new') => sendEvent(product.url, secret, event);
  const twice = async (event: FakeEvent) => [await send(event), await send(event)];

  test('that nobody has signed, or a secret of the other mode, is refused', async () => {
    const event = { type: 'payment_intent.succeeded', object: { id: 'pi_1' } };
    expect(await send(event, 'whsec_guessed')).toBe(400);
    expect(await send({ ...event, livemode: true })).toBe(400);
    expect((await fetch(`${product.url}/gateways/stripe/webhook`, { method: 'POST', body: '{}' })).status).toBe(400);
    expect((await fetch(`${product.url}/gateways/acme/webhook`, { method: 'POST', body: '{}' })).status).toBe(400);
  });

  const OTHER_CARD = { brand: 'visa', last4: '1111', exp_month: 1, exp_year: 2031 };
  test.each([
    ['a payment that is not ours', 'payment_intent.succeeded', { id: 'pi_other', metadata: {} }],
    ['a refund that is not ours', 'refund.failed', { id: 're_other', status: 'failed', metadata: {} }],
    ['a refund of another installation', 'refund.failed', { id: 're_other', status: 'failed', metadata: { dunlin_key: 're_none' } }],
    ['a card that is not ours', 'payment_method.automatically_updated', { id: 'pm_other', card: OTHER_CARD }],
    ['what Dunlin does nothing about', 'customer.created', { id: 'cus_1' }],
  ])('about %s changes nothing', async (_case, type, object) => {
    expect(await send({ type, object })).toBe(200);
  });

  test('settles a refund that waited for its bank, and takes one back that its bank could not pay out', async () => {
    const customer = await customerOn(null, 'pendingRefund');
    const { invoice_settings } = (await stripe.customers.retrieve(customer)) as Stripe.Customer;
    const payment_method = invoice_settings.default_payment_method as string;
    const { id } = await stripe.paymentIntents.create({ amount: 2000, currency: 'usd', customer, payment_method, confirm: true });
    const refund = await stripe.refunds.create({ payment_intent: id, amount: 500 });
    expect(refund.status).toBe('pending');
    const [there] = api.state.all('refund');
    const told = (status: string, failure_reason: string | null = null) => ({ ...there, status, failure_reason });
    expect(await twice({ type: 'refund.updated', object: told('succeeded') })).toEqual([200, 200]);
    expect((await stripe.refunds.retrieve(refund.id)).status).toBe('succeeded');
    const failed = told('failed', 'expired_or_canceled_card');
    expect(await twice({ type: 'refund.failed', object: failed })).toEqual([200, 200]);
    expect(await send({ type: 'refund.updated', object: told('succeeded') })).toBe(200);
    expect(await stripe.refunds.retrieve(refund.id)).toMatchObject({ status: 'failed', failure_reason: 'expired_or_canceled_card' });
    expect((await stripe.charges.list({ customer })).data[0]?.amount_refunded).toBe(0);
  });

  /** A customer's card, as it is here and as it is there. */
  async function cardAtStripe() {
    const customer = await customerOn(null, 'visa');
    const { data } = await stripe.paymentMethods.list({ customer });
    const id = data[0]?.id ?? '';
    const [row] = await product.sql<{ method: string }[]>`
      select split_part(gateway_reference, '/', 2) as method from payment_methods where id = ${id}`;
    return { id, stored: api.state.get('payment_method', row?.method ?? '') };
  }

  test('renews a card that its bank has replaced, once', async () => {
    const { id, stored } = await cardAtStripe();
    const card = { ...(stored['card'] as object), exp_year: 2039, last4: '4343', fingerprint: 'fp4343' };
    expect(await twice({ type: 'payment_method.automatically_updated', object: { ...stored, card } })).toEqual([200, 200]);
    expect((await stripe.paymentMethods.retrieve(id)).card).toMatchObject({ exp_year: 2039, last4: '4343' });
    const events = await eventsOf(stripe, { type: 'payment_method.automatically_updated' });
    expect(events.filter(({ data: { object } }) => (object as Stripe.PaymentMethod).id === id)).toHaveLength(1);
  });

  test.each([
    ['that Dunlin has a name for', { type: 'apple_pay', dynamic_last4: '8421' }, { type: 'apple_pay', dynamic_last4: '8421' }],
    ['whose number is not told', { type: 'google_pay' }, { type: 'google_pay', dynamic_last4: null }],
    ['that Dunlin has no name for', { type: 'visa_checkout' }, null],
  ])('tells the wallet of a card, one %s', async (_case, wallet, shown) => {
    const { id, stored } = await cardAtStripe();
    const card = { ...(stored['card'] as object), wallet, exp_year: 2040 };
    expect(await send({ type: 'payment_method.automatically_updated', object: { ...stored, card } })).toBe(200);
    const { card: told } = await stripe.paymentMethods.retrieve(id);
    expect(told?.exp_year).toBe(2040);
    if (shown === null) expect(told?.wallet).toBeNull();
    else expect(told?.wallet).toMatchObject(shown);
  });
});

describe('a card is handed over by its name at Stripe', () => {
  test('a card in a wallet stays in it', async () => {
    const name = api.state.storeCard('visa');
    const there = api.state.get('payment_method', name);
    there['card'] = { ...(there['card'] as object), wallet: { type: 'apple_pay', dynamic_last4: '8421' } };
    const { id } = await product.post('/v1/payment_methods', { type: 'card', processor: { name: 'stripe', payment_method: name } });
    expect((await stripe.paymentMethods.retrieve(id as string)).card?.wallet).toMatchObject({ type: 'apple_pay', dynamic_last4: '8421' });
  });

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
