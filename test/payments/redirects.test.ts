import type Stripe from 'stripe';
import { booksBalanceAfterEach } from '../ledger/books';
import { refusal } from '../support/builders';
import { useProduct } from '../support/product';
import { until } from '../support/system';

/** Payments that their payer approves elsewhere: iDEAL, Bancontact and the like, on the sandbox's page. */
const product = useProduct();
booksBalanceAfterEach(product);

const { stripe } = product;
const BACK = 'https://shop.example/back';

type Change = Partial<Stripe.PaymentIntentCreateParams>;

const pay = (type: 'bancontact' | 'ideal' | 'klarna' | 'p24' | 'twint', change: Change = {}) =>
  stripe.paymentIntents.create({
    ...{ amount: 2400, currency: 'eur', payment_method_types: [type], confirm: true, return_url: BACK },
    payment_method_data: { type, billing_details: { name: 'Ada', email: 'ada@example.com' } },
    ...change,
  });

/** The payer answers on the page to which the payment has sent them. Answers where they are sent then. */
async function answer({ next_action: action }: Stripe.PaymentIntent, result: 'failed' | 'succeeded'): Promise<string | null> {
  const { pathname } = new URL(action?.redirect_to_url?.url ?? '');
  const page = `${product.url}${pathname}`;
  expect(await (await fetch(page)).text()).toContain('iDEAL test page');
  const { headers } = await fetch(page, { method: 'POST', body: new URLSearchParams({ result }), redirect: 'manual' });
  return headers.get('location');
}

test('the payer is sent to a page, approves there, and comes back to a payment that has succeeded', async () => {
  const intent = await pay('ideal');
  expect(intent).toMatchObject({
    ...{ status: 'requires_action', latest_charge: null },
    next_action: { type: 'redirect_to_url', redirect_to_url: { return_url: BACK } },
  });
  expect(await answer(intent, 'succeeded')).toContain(BACK);
  const paid = await stripe.paymentIntents.retrieve(intent.id, { expand: ['latest_charge', 'payment_method'] });
  expect(paid).toMatchObject({ status: 'succeeded', amount_received: 2400, payment_method: { type: 'ideal', customer: null } });
  expect(paid.latest_charge).toMatchObject({ payment_method_details: { type: 'ideal', ideal: { bank: null, verified_name: 'Ada' } } });
  const refund = await stripe.refunds.create({ payment_intent: intent.id, amount: 400 });
  expect(refund.status).toBe('succeeded');
});

test('a payer who refuses is charged nothing, and may try another way', async () => {
  const intent = await pay('ideal', { payment_method_types: ['ideal', 'card'] });
  await answer(intent, 'failed');
  expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
    ...{ status: 'requires_payment_method', amount_received: 0 },
    last_payment_error: { code: 'payment_intent_authentication_failure' },
  });
  const paid = await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' });
  expect(paid.status).toBe('succeeded');
});

test.each<[string, Parameters<typeof pay>[0], Change, string]>([
  ['in another currency', 'bancontact', { currency: 'usd' }, 'currency'],
  ['without the payer', 'ideal', { off_session: true }, 'off_session'],
  ['and saved for later', 'p24', { setup_future_usage: 'off_session' }, 'setup_future_usage'],
  ['and captured later', 'klarna', { capture_method: 'manual' }, 'capture_method'],
  ['without a way back', 'ideal', { return_url: undefined }, 'return_url'],
])('such a payment is not made %s', async (_, type, change, param) => {
  expect(await refusal(pay(type, change))).toMatchObject({ statusCode: 400, param });
});

test('it pays once: it is not attached to a customer, set up, or used in a session that charges later', async () => {
  const { id: customer } = await stripe.customers.create({ name: 'Ada' });
  const { id } = await stripe.paymentMethods.create({ type: 'twint' });
  expect(await refusal(stripe.paymentMethods.attach(id, { customer }))).toMatchObject({ param: 'payment_method' });
  const set = stripe.setupIntents.create({ payment_method_types: ['twint'], payment_method: id, confirm: true, return_url: BACK });
  expect(await refusal(set)).toMatchObject({ param: 'payment_method' });
  const session = stripe.checkout.sessions.create({ mode: 'setup', currency: 'chf', payment_method_types: ['twint'], success_url: BACK });
  expect(await refusal(session)).toMatchObject({ param: 'payment_method_types' });
});

test('a checkout offers it, sends the buyer away and back, and is complete', async () => {
  const { id: customer } = await stripe.customers.create({ name: 'Ada', email: 'ada@example.com' });
  const price_data = { currency: 'eur', unit_amount: 1500, product_data: { name: 'Map' } };
  const session = await stripe.checkout.sessions.create({
    ...{ mode: 'payment', customer, line_items: [{ price_data, quantity: 1 }], payment_method_types: ['card', 'ideal'], success_url: BACK },
  });
  const page = session.url ?? '';
  expect(await (await fetch(page)).text()).toContain('You are sent to iDEAL to approve the payment');
  const body = new URLSearchParams({ method: 'ideal', attempt: '0', withdrawal_consent: 'yes' });
  const sent = await fetch(page, { method: 'POST', body, redirect: 'manual' });
  expect([sent.status, sent.headers.get('location')]).toEqual([303, expect.stringContaining('/sandbox/3ds/')]);
  const { payment_intent: intent } = await stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent'] });
  await answer(intent as Stripe.PaymentIntent, 'succeeded');
  const isComplete = async () => (await stripe.checkout.sessions.retrieve(session.id)).payment_status === 'paid';
  await until(isComplete, { what: 'the session' });
  expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe('complete');
});
