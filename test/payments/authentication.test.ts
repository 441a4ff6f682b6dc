import type Stripe from 'stripe';
import { customerWith, refusal } from '../support/builders';
import { useProduct } from '../support/product';

const product = useProduct();

const cards = { automatic_payment_methods: { enabled: true, allow_redirects: 'never' as const } };
const pay = (payment_method: string, change: Record<string, unknown> = {}) =>
  product.stripe.paymentIntents.create({ amount: 1200, currency: 'usd', ...cards, payment_method, confirm: true, ...change });
const authenticate = (intent: string, result: 'succeeded' | 'failed') =>
  product.post(`/v1/test_helpers/${intent.startsWith('seti') ? 'setup' : 'payment'}_intents/${intent}/authenticate`, { result });

test.each(['pm_card_authenticationRequired', 'pm_card_threeDSecure2Required', 'pm_card_authenticationRequiredOnSetup'])(
  '%s waits for 3-D Secure, and is charged once after it',
  async (card) => {
    const intent = await pay(card, { return_url: 'https://shop.test/back' });
    expect([intent.status, intent.next_action?.type]).toEqual(['requires_action', 'redirect_to_url']);
    expect((await product.stripe.charges.list({ payment_intent: intent.id })).data).toEqual([]);
    const after = await authenticate(intent.id, 'succeeded');
    expect([after['status'], after['next_action']]).toEqual(['succeeded', null]);
    const [charge] = (await product.stripe.charges.list({ payment_intent: intent.id })).data;
    expect(charge?.payment_method_details?.card?.three_d_secure?.result).toBe('authenticated');
  },
);

test.each<[string, Stripe.PaymentIntentUpdateParams]>([
  ['amount', { amount: 100 }],
  ['card', { payment_method: 'pm_card_visa' }],
])('what a payer was asked to approve is not charged once the %s is another: it is confirmed again', async (_, change) => {
  const intent = await pay('pm_card_threeDSecure2Required', { return_url: 'https://shop.test/back' });
  const changed = await product.stripe.paymentIntents.update(intent.id, change);
  expect(changed).toMatchObject({ status: 'requires_confirmation', next_action: null });
  await expect(authenticate(intent.id, 'succeeded')).rejects.toMatchObject({ statusCode: 400 });
  expect((await product.stripe.charges.list({ payment_intent: intent.id })).data).toEqual([]);
  const again = await product.stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' });
  expect(again).toMatchObject({ status: 'succeeded', amount_received: change.amount ?? 1200 });
});

test('a bank that authenticates without asking: the charge succeeds at once and shows the frictionless flow', async () => {
  const card = { number: '4000000032200000', exp_month: 12, exp_year: 2034, cvc: '123' };
  const { id: payment_method } = await product.stripe.paymentMethods.create({ type: 'card', card });
  const { customer } = await customerWith(product.stripe, null);
  await product.stripe.paymentMethods.attach(payment_method, { customer });
  for (const off_session of [false, true]) {
    const intent = await pay(payment_method, { customer, off_session, expand: ['latest_charge'] });
    expect(intent.status).toBe('succeeded');
    expect((intent.latest_charge as Stripe.Charge).payment_method_details?.card?.three_d_secure).toMatchObject({
      authentication_flow: 'frictionless',
      result: 'authenticated',
      electronic_commerce_indicator: '05',
    });
  }
});

test.each([
  ['us', 'US', 'visa', 'credit'],
  ['ar', 'AR', 'visa', 'credit'],
  ['hu', 'HU', 'visa', 'credit'],
  ['tw', 'TW', 'visa', 'credit'],
  ['th_debit', 'TH', 'visa', 'debit'],
  ['ae_mastercard', 'AE', 'mastercard', 'credit'],
])('the card of a country: pm_card_%s and tok_%s are issued in %s', async (code, country, brand, funding) => {
  const { customer } = await customerWith(product.stripe, null);
  const { card } = await product.stripe.paymentMethods.attach(`pm_card_${code}`, { customer });
  const ofToken = await product.stripe.paymentMethods.create({ type: 'card', card: { token: `tok_${code}` } });
  expect([card, ofToken.card]).toEqual(Array(2).fill(expect.objectContaining({ country, brand, funding })));
});

test('the 3-D Secure page cannot be framed by another site', async () => {
  const intent = await pay('pm_card_threeDSecure2Required', { return_url: 'https://shop.test/back' });
  const { pathname } = new URL(intent.next_action?.redirect_to_url?.url ?? '');
  const page = await fetch(`${product.url}${pathname}`);
  expect([page.status, page.headers.get('content-security-policy')]).toEqual([200, expect.stringContaining("frame-ancestors 'none'")]);
});

test('a cardholder who fails 3-D Secure is not charged, and may try another card', async () => {
  const { id } = await pay('pm_card_authenticationRequired');
  expect(await authenticate(id, 'failed')).toMatchObject({
    status: 'requires_payment_method',
    last_payment_error: { code: 'payment_intent_authentication_failure' },
  });
  expect((await product.stripe.charges.list({ payment_intent: id })).data).toEqual([]);
  expect((await product.stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' })).status).toBe('succeeded');
});

test('a bank may decline after 3-D Secure', async () => {
  const { id } = await pay('pm_card_threeDSecureRequiredChargeDeclined');
  expect(await authenticate(id, 'succeeded')).toMatchObject({
    status: 'requires_payment_method',
    last_payment_error: { decline_code: 'generic_decline' },
  });
});

test('an unfinished 3-D Secure is superseded by another card', async () => {
  const { id } = await pay('pm_card_authenticationRequired');
  expect((await product.stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' })).status).toBe('succeeded');
  await expect(authenticate(id, 'succeeded')).rejects.toMatchObject({ code: 'payment_intent_unexpected_state' });
});

test('off session a payment that needs 3-D Secure is declined', async () => {
  const { customer, card } = await customerWith(product.stripe, 'pm_card_authenticationRequired');
  const error = await refusal(pay(card ?? '', { customer, off_session: true }));
  expect([error.statusCode, error.code, error.payment_intent?.status]).toEqual([402, 'authentication_required', 'requires_payment_method']);
});

test('a card that was set up once is charged off session', async () => {
  const { stripe } = product;
  const { customer } = await customerWith(stripe, null);
  const setup = await stripe.setupIntents.create({
    customer,
    ...cards,
    payment_method: 'pm_card_authenticationRequiredOnSetup',
    confirm: true,
  });
  expect(setup.status).toBe('requires_action');
  expect(await authenticate(setup.id, 'succeeded')).toMatchObject({ status: 'succeeded' });
  const [method] = (await stripe.paymentMethods.list({ customer })).data;
  expect((await pay(method?.id ?? '', { customer, off_session: true })).status).toBe('succeeded');
  expect((await pay(method?.id ?? '', { customer })).status).toBe('requires_action');
});

test('a payment saves its card for later with setup_future_usage', async () => {
  const { customer } = await customerWith(product.stripe, null);
  const intent = await pay('pm_card_visa', { customer, setup_future_usage: 'off_session' });
  const [method] = (await product.stripe.paymentMethods.list({ customer })).data;
  expect(method?.id).toBe(intent.payment_method);
  expect((await pay(method?.id ?? '', { customer, off_session: true })).status).toBe('succeeded');
});

describe('the page behind next_action', () => {
  const pageOf = (intent: Stripe.PaymentIntent): string => {
    const url = new URL(intent.next_action?.redirect_to_url?.url ?? '');
    return `${product.url}${url.pathname}`;
  };
  const send = (url: string, result: string) => fetch(url, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ result }) });

  test('returns the payer with the outcome of the payment', async () => {
    const intent = await pay('pm_card_authenticationRequired', { return_url: 'https://shop.test/back?cart=7' });
    const page = await fetch(pageOf(intent));
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('$12.00')]);
    const answer = await send(pageOf(intent), 'succeeded');
    const back = new URL(answer.headers.get('location') ?? '');
    expect([answer.status, back.origin]).toEqual([303, 'https://shop.test']);
    expect(Object.fromEntries(back.searchParams)).toEqual({
      cart: '7',
      payment_intent: intent.id,
      payment_intent_client_secret: intent.client_secret,
      redirect_status: 'succeeded',
    });
    expect((await product.stripe.paymentIntents.retrieve(intent.id)).status).toBe('succeeded');
  });

  test('shows that it failed', async () => {
    const intent = await pay('pm_card_authenticationRequired', { return_url: 'https://shop.test/back' });
    const answer = await send(pageOf(intent), 'failed');
    expect(answer.headers.get('location')).toContain('redirect_status=failed');
  });

  test('is not found without the secret', async () => {
    const intent = await pay('pm_card_authenticationRequired', { return_url: 'https://shop.test/back' });
    const wrong = `${product.url}/sandbox/3ds/${intent.id}_secret_${'x'.repeat(25)}`;
    expect((await fetch(wrong)).status).toBe(404);
    expect((await send(wrong, 'succeeded')).status).toBe(404);
    expect((await product.stripe.paymentIntents.retrieve(intent.id)).status).toBe('requires_action');
  });
});
