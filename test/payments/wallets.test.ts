import type Stripe from 'stripe';
import { methodOf } from '../../documents/payment-method';
import type { Card } from '../../domain/rows/payment-method';
import { booksBalanceAfterEach } from '../ledger/books';
import { customerWith, priceOf, refusal } from '../support/builders';
import { useProduct } from '../support/product';
import { until } from '../support/system';

/** Cards in wallets, and accounts at Link. */
const product = useProduct();
booksBalanceAfterEach(product);

const { stripe } = product;
const BACK = 'https://shop.example/back';
const price_data = { currency: 'usd', unit_amount: 1500, product_data: { name: 'Map' } };

const pay = (payment_method: string) =>
  stripe.paymentIntents.create({
    ...{ amount: 2400, currency: 'usd', payment_method, confirm: true, payment_method_types: ['card'], expand: ['latest_charge'] },
  });

test.each([
  ['pm_card_visa_applePay', { type: 'apple_pay', apple_pay: {}, dynamic_last4: '4242' }],
  ['pm_card_mastercard_googlePay', { type: 'google_pay', google_pay: {}, dynamic_last4: '4444' }],
  ['pm_card_visa_link', { type: 'link', link: {}, dynamic_last4: null }],
])('%s pays from its wallet, which the payment method and the charge show', async (token, wallet) => {
  const { payment_method: id, latest_charge: charge } = await pay(token);
  expect((await stripe.paymentMethods.retrieve(id as string)).card?.wallet).toEqual(wallet);
  const { card } = (charge as Stripe.Charge).payment_method_details ?? {};
  expect(card?.wallet).toEqual('link' in wallet ? { ...wallet, link: { funding_source_group: null } } : wallet);
});

test('a card that its bank declines is declined from a wallet, too, and a rule of fraud sees the wallet', async () => {
  expect(await refusal(pay('pm_card_chargeDeclined_applePay'))).toMatchObject({ statusCode: 402, code: 'card_declined' });
  const rule = await product.post('/v1/radar/rules', { rule: "Block if :digital_wallet: = 'android_pay'" });
  expect(await refusal(pay('pm_card_visa_googlePay'))).toMatchObject({ statusCode: 402, code: 'card_declined' });
  expect((await pay('pm_card_visa_applePay')).status).toBe('succeeded');
  await product.post(`/v1/radar/rules/${String(rule['id'])}`, { active: false });
  expect((await pay('pm_card_visa_googlePay')).status).toBe('succeeded');
});

test('documents name the wallet after the card', () => {
  const card = { brand: 'visa', last4: '4242', wallet: { type: 'google_pay', dynamic_last4: '1881' } } as Card;
  expect(methodOf({ card, three_d_secure: null })).toBe('Visa •••• 4242 (Google Pay)');
  expect(methodOf({ card: null, three_d_secure: null, link: true })).toBe('Link');
});

describe('on pages', () => {
  const open = (change: Partial<Stripe.Checkout.SessionCreateParams> = {}) =>
    stripe.checkout.sessions.create({
      ...{ mode: 'payment', line_items: [{ price_data, quantity: 1 }], payment_method_types: ['card'], success_url: BACK },
      ...change,
    });
  const send = (url: string | null | undefined, entries: Record<string, string>) =>
    fetch(url ?? '', {
      method: 'POST',
      body: new URLSearchParams({ email: 'ada@example.com', attempt: '0', ...entries }),
      redirect: 'manual',
    });
  const textOf = async (url: string | null | undefined) => (await fetch(url ?? '')).text();

  test('a checkout has a button for each wallet, which says that it is a test; pressed twice, it charges once', async () => {
    const session = await open();
    expect(await textOf(session.url)).toMatch(
      /value="apple_pay"[^>]*>Apple Pay \(Test mode\)(?: – order with obligation to pay)?<\/button>/,
    );
    const entries = { wallet: 'apple_pay', amount: '1500', number: '', expiry: '', cvc: '', method: 'card' };
    const answers = await Promise.all([send(session.url, entries), send(session.url, entries)]);
    expect(answers.map(({ status }) => status)).toContain(303);
    await until(async () => (await stripe.checkout.sessions.retrieve(session.id)).status === 'complete', { what: 'the session' });
    const { payment_intent: intent } = await stripe.checkout.sessions.retrieve(session.id);
    const { data } = await stripe.charges.list({ payment_intent: intent as string });
    expect(data.map(({ amount, payment_method_details: of }) => [amount, of?.card?.wallet?.type])).toEqual([[1500, 'apple_pay']]);
  });

  test('a wallet has the card that was entered beside it, so that a decline can be tried', async () => {
    const session = await open();
    const declined = await send(session.url, { wallet: 'google_pay', number: '4000000000000002', expiry: '12/34', cvc: '123' });
    expect([declined.status, (await stripe.checkout.sessions.retrieve(session.id)).status]).toEqual([402, 'open']);
  });

  test('a wallet that the seller has turned off is neither shown nor taken', async () => {
    const off = { display_preference: { preference: 'off' as const } };
    const { id } = await stripe.paymentMethodConfigurations.create({ name: 'No Apple Pay', apple_pay: off });
    const session = await open({ payment_method_types: undefined, payment_method_configuration: id });
    const page = await textOf(session.url);
    expect([page.includes('value="apple_pay"'), page.includes('value="google_pay"')]).toEqual([false, true]);
    expect((await send(session.url, { wallet: 'apple_pay' })).status).toBe(402);
    expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe('open');
  });

  test('the page of an invoice is paid from a wallet', async () => {
    const { customer } = await customerWith(stripe, null);
    await stripe.invoiceItems.create({ customer, amount: 900, currency: 'usd' });
    const draft = await stripe.invoices.create({
      ...{ customer, collection_method: 'send_invoice', days_until_due: 30, pending_invoice_items_behavior: 'include' },
    });
    const invoice = await stripe.invoices.finalizeInvoice(draft.id);
    const page = `${product.url}${new URL(invoice.hosted_invoice_url ?? '').pathname}`;
    expect(await textOf(page)).toContain('Google Pay (Test mode)</button>');
    await send(page, { wallet: 'google_pay', amount: '900' });
    expect((await stripe.invoices.retrieve(invoice.id)).status).toBe('paid');
    const { data } = await stripe.charges.list({ customer });
    expect(data.map(({ payment_method_details: of }) => of?.card?.wallet?.type)).toEqual(['google_pay']);
  });
});

describe('Link', () => {
  const link = { type: 'link' as const, billing_details: { email: 'ada@example.com' } };

  /** Answers on the page to which the payer is sent. */
  async function answer(url: string | null | undefined, result: 'failed' | 'succeeded'): Promise<void> {
    const page = `${product.url}${new URL(url ?? '').pathname}`;
    expect(await (await fetch(page)).text()).toContain('Link test page');
    await fetch(page, { method: 'POST', body: new URLSearchParams({ result }), redirect: 'manual' });
  }

  test('a subscription is bought by Link, approved by its payer once, and renews without them', async () => {
    const price = await priceOf(stripe);
    const session = await stripe.checkout.sessions.create({
      ...{ mode: 'subscription', line_items: [{ price, quantity: 1 }], payment_method_types: ['card', 'link'], success_url: BACK },
    });
    const body = new URLSearchParams({
      method: 'link',
      email: 'ada@example.com',
      attempt: '0',
      withdrawal_consent: 'yes',
      renewal_consent: 'yes',
    });
    const sent = await fetch(session.url ?? '', { method: 'POST', body, redirect: 'manual' });
    await answer(sent.headers.get('location'), 'succeeded');
    await until(async () => (await stripe.checkout.sessions.retrieve(session.id)).status === 'complete', { what: 'the session' });
    const { subscription, customer } = await stripe.checkout.sessions.retrieve(session.id, {
      expand: ['subscription.default_payment_method'],
    });
    const { id, status, default_payment_method: method } = subscription as Stripe.Subscription;
    expect(status).toBe('active');
    expect(method).toMatchObject({ type: 'link', link: { email: 'ada@example.com' } });
    await stripe.subscriptions.update(id, { items: [{ price: await priceOf(stripe, 5000) }], proration_behavior: 'always_invoice' });
    const { data } = await stripe.charges.list({ customer: customer as string });
    expect(data.map(({ payment_method_details: of, status: is }) => [of?.type, is])).toEqual([
      ['link', 'succeeded'],
      ['link', 'succeeded'],
    ]);
  });

  test('it can be set up for later payments, and a payer who refuses is charged nothing', async () => {
    const { id: customer } = await stripe.customers.create({ email: 'ada@example.com' });
    const setup = await stripe.setupIntents.create({
      ...{ customer, payment_method_types: ['link'], payment_method_data: link, confirm: true, return_url: BACK },
    });
    await answer(setup.next_action?.redirect_to_url?.url, 'succeeded');
    expect((await stripe.setupIntents.retrieve(setup.id)).status).toBe('succeeded');
    const intent = await stripe.paymentIntents.create({
      ...{ amount: 900, currency: 'eur', payment_method_types: ['link'], payment_method_data: link, confirm: true, return_url: BACK },
    });
    await answer(intent.next_action?.redirect_to_url?.url, 'failed');
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ status: 'requires_payment_method', amount_received: 0 });
  });

  test('it needs the e-mail address of its account; a session that hides it does not offer it, and needs another way to pay', async () => {
    expect(await refusal(stripe.paymentMethods.create({ type: 'link' }))).toMatchObject({ param: 'billing_details[email]' });
    const hidden = { wallet_options: { link: { display: 'never' as const } } };
    const of = { mode: 'payment' as const, line_items: [{ price_data, quantity: 1 }], success_url: BACK, ...hidden };
    expect(await stripe.checkout.sessions.create({ ...of, payment_method_types: ['card', 'link'] })).toMatchObject({
      ...{ payment_method_types: ['card'], ...hidden },
    });
    expect(await refusal(stripe.checkout.sessions.create({ ...of, payment_method_types: ['link'] }))).toMatchObject({
      ...{ statusCode: 400, param: 'wallet_options[link][display]' },
    });
  });
});
