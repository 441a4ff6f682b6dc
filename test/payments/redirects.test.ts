import type Stripe from 'stripe';
import { booksBalanceAfterEach } from '../ledger/books';
import { eventsOf, priceOf, refusal, typesOf } from '../support/builders';
import { at, DAY, startClock } from '../support/clock';
import { useProduct } from '../support/product';
import { until } from '../support/system';

/** Payments that need their payer, once: approved elsewhere, as by iDEAL and Bancontact, or paid with a voucher. */
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

test('a buyer who refuses there comes back to a checkout that says so, and pays another way', async () => {
  const price_data = { currency: 'eur', unit_amount: 1500, product_data: { name: 'Map' } };
  const session = await stripe.checkout.sessions.create({
    ...{ mode: 'payment', line_items: [{ price_data, quantity: 1 }], payment_method_types: ['card', 'ideal'], success_url: BACK },
    locale: 'de',
  });
  const page = session.url ?? '';
  const body = new URLSearchParams({ method: 'ideal', email: 'ada@example.com', name: 'Ada', attempt: '0', withdrawal_consent: 'yes' });
  expect((await fetch(page, { method: 'POST', body, redirect: 'manual' })).status).toBe(303);
  const { payment_intent: intent } = await stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent'] });
  const back = (await answer(intent as Stripe.PaymentIntent, 'failed')) ?? '';
  expect(back).toContain(page);
  expect(await (await fetch(back)).text()).toContain('Die Zahlung wurde nicht bestätigt. Es wurde nichts berechnet.');
  expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: 'open', payment_status: 'unpaid' });
  const card = { method: 'card', number: '4242424242424242', expiry: '12/34', cvc: '123', attempt: '1' };
  const paid = new URLSearchParams({ ...Object.fromEntries(body), ...card });
  await fetch(back, { method: 'POST', body: paid, redirect: 'manual' });
  const isPaid = async () => (await stripe.checkout.sessions.retrieve(session.id)).payment_status === 'paid';
  await until(isPaid, { what: 'the session' });
});

describe('vouchers', () => {
  const voucher = (type: 'boleto' | 'konbini' | 'multibanco' | 'oxxo', email: string, change: Change = {}) =>
    stripe.paymentIntents.create({
      ...{ amount: 30_000, currency: CURRENCY[type], payment_method_types: [type], confirm: true },
      payment_method_data: {
        ...{ type, billing_details: { name: 'Ada Lovelace', email } },
        ...(type === 'boleto' ? { boleto: { tax_id: '000.000.000-00' } } : {}),
      },
      ...change,
    });
  const CURRENCY = { boleto: 'brl', konbini: 'jpy', multibanco: 'eur', oxxo: 'mxn' } as const;

  /** A customer whose time is noon of 1 January 2026, UTC. */
  async function payer(email: string) {
    const clock = await startClock(stripe, '2026-01-01T12:00:00Z');
    const { id: customer } = await stripe.customers.create({ name: 'Ada Lovelace', email, test_clock: clock.id });
    return { clock, customer };
  }

  test('the payer gets numbers, the payment waits for them, and what is bought is paid when they have paid', async () => {
    const { clock, customer } = await payer('ada@example.com');
    const intent = await voucher('oxxo', 'ada@example.com', { customer, payment_method_types: ['oxxo', 'card'] });
    expect(intent).toMatchObject({
      ...{ status: 'requires_action', amount_received: 0, payment_method_options: { oxxo: { expires_after_days: 3 } } },
      next_action: { type: 'oxxo_display_details', oxxo_display_details: { number: expect.stringMatching(/^\d{14}$/) as string } },
    });
    expect(intent.next_action?.oxxo_display_details?.expires_after).toBe(at('2026-01-05T05:59:59Z'));
    expect(await stripe.charges.retrieve(intent.latest_charge as string)).toMatchObject({ status: 'pending', paid: false });
    expect(await refusal(stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' }))).toMatchObject({ statusCode: 429 });
    await clock.by(DAY);
    const paid = await stripe.paymentIntents.retrieve(intent.id, { expand: ['latest_charge'] });
    expect(paid).toMatchObject({ status: 'succeeded', amount_received: 30_000, next_action: null });
    expect((paid.latest_charge as Stripe.Charge).payment_method_details).toMatchObject({
      ...{ type: 'oxxo', oxxo: { number: intent.next_action?.oxxo_display_details?.number } },
    });
  });

  test.each([
    ['boleto', { boleto: { expires_after_days: 1 } }, '2026-01-03T02:59:59Z'],
    ['konbini', { konbini: { expires_after_days: 2 } }, '2026-01-03T14:59:59Z'],
    ['konbini', { konbini: { expires_at: at('2026-01-02T08:00:00Z') } }, '2026-01-02T08:00:00Z'],
    ['multibanco', {}, '2026-01-08T12:00:00Z'],
  ] as const)('a voucher of %s of %j that nobody pays expires, and the payment needs another way', async (type, options, end) => {
    const { clock, customer } = await payer('fill_never@example.com');
    const intent = await voucher(type, 'fill_never@example.com', { customer, payment_method_options: options });
    expect(JSON.stringify(intent.next_action)).toContain(String(at(end)));
    await clock.to(at(end) - 1);
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('requires_action');
    await clock.by(1);
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
      ...{ status: 'requires_payment_method', amount_received: 0, next_action: null },
      last_payment_error: { code: 'payment_intent_payment_attempt_expired' },
    });
    expect(await stripe.charges.retrieve(intent.latest_charge as string)).toMatchObject({ status: 'failed', paid: false });
  });

  test.each<[string, Parameters<typeof voucher>[0], Change, string]>([
    [
      'without an e-mail address',
      'multibanco',
      { payment_method_data: { type: 'multibanco' } },
      'payment_method_data[billing_details][email]',
    ],
    [
      'for more days than a shop keeps it',
      'oxxo',
      { payment_method_options: { oxxo: { expires_after_days: 8 } } },
      'payment_method_options[oxxo][expires_after_days]',
    ],
    [
      'that has expired already',
      'konbini',
      { payment_method_options: { konbini: { expires_at: 1 } } },
      'payment_method_options[konbini][expires_at]',
    ],
    [
      'that would keep its invoice open for years',
      'konbini',
      { payment_method_options: { konbini: { expires_at: 253_402_300_799 } } },
      'payment_method_options[konbini][expires_at]',
    ],
    ['for a later payment', 'boleto', { setup_future_usage: 'off_session' }, 'setup_future_usage'],
  ])('a voucher %s is not issued', async (_, type, change, param) => {
    expect(await refusal(voucher(type, 'ada@example.com', change))).toMatchObject({ statusCode: 400, param });
  });

  test.each([
    ['konbini', 119, 'amount_too_small', 'at least ¥120 jpy'],
    ['oxxo', 1_000_001, 'amount_too_large', 'no more than MX$10,000.00 mxn'],
    ['boleto', 499, 'amount_too_small', 'at least R$5.00 brl'],
    ['konbini', 300_001, 'amount_too_large', 'no more than ¥300,000 jpy'],
    ['multibanco', 9_999_901, 'amount_too_large', 'no more than €99,999.00 eur'],
  ] as const)('a voucher of %s is not issued for %i', async (type, amount, code, words) => {
    const { message, ...error } = await refusal(voucher(type, 'ada@example.com', { amount }));
    expect(error).toMatchObject({ statusCode: 400, code, param: 'amount' });
    expect(message).toContain(words);
  });

  test('a checkout offers no voucher for what it cannot be for, and is refused if nothing else pays', async () => {
    const price_data = { currency: 'mxn', unit_amount: 2_000_000, product_data: { name: 'Sofa' } };
    const of = { mode: 'payment' as const, line_items: [{ price_data, quantity: 1 }], success_url: BACK };
    expect(await refusal(stripe.checkout.sessions.create({ ...of, payment_method_types: ['oxxo'] }))).toMatchObject({
      ...{ statusCode: 400, code: 'amount_too_large' },
    });
    const { url } = await stripe.checkout.sessions.create({ ...of, payment_method_types: ['card', 'oxxo'] });
    expect(await (await fetch(url ?? '')).text()).not.toContain('OXXO');
  });

  test("the voucher's page speaks the language of its checkout, or else of the browser", async () => {
    const { next_action: action } = await voucher('konbini', 'fill_never@example.com');
    const page = `${product.url}${new URL(action?.konbini_display_details?.hosted_voucher_url ?? '').pathname}`;
    const read = async (language: string) => (await fetch(page, { headers: { 'Accept-Language': language } })).text();
    expect(await read('de-AT')).toMatch(/<html lang="de">[\s\S]+Zahlschein zum Testen[\s\S]+>Bezahlen<\/button>/);
    expect(await read('ja')).toMatch(/<html lang="ja">[\s\S]+>支払う<\/button>/);
  });

  test('a checkout by voucher is complete and unpaid, shows the voucher, and is paid when its payer has paid', async () => {
    const price_data = { currency: 'eur', unit_amount: 1500, product_data: { name: 'Map' } };
    const session = await stripe.checkout.sessions.create({
      ...{ mode: 'payment', line_items: [{ price_data, quantity: 1 }], payment_method_types: ['multibanco'], ui_mode: 'hosted_page' },
      success_url: BACK,
    });
    const body = new URLSearchParams({ method: 'multibanco', email: 'fill_never@example.com', attempt: '0', withdrawal_consent: 'yes' });
    const sent = await fetch(session.url ?? '', { method: 'POST', body, redirect: 'manual' });
    const page = `${product.url}${new URL(sent.headers.get('location') ?? '').pathname}`;
    expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: 'complete', payment_status: 'unpaid' });
    expect(await (await fetch(page)).text()).toMatch(/Multibanco test voucher[\s\S]+Entity <b>\d{5}/);
    expect(await (await fetch(page, { method: 'POST', body: new URLSearchParams({ result: 'paid' }) })).text()).toContain(
      'The voucher is paid.',
    );
    const isPaid = async () => (await stripe.checkout.sessions.retrieve(session.id)).payment_status === 'paid';
    await until(isPaid, { what: 'the session to be paid' });
    const types = typesOf(await eventsOf(stripe)).filter((type) => type.startsWith('checkout.session.'));
    expect(types.slice(-2)).toEqual(['checkout.session.completed', 'checkout.session.async_payment_succeeded']);
  });

  test('an invoice whose payer has a voucher stays open and is not charged again; once it has expired, another way pays it', async () => {
    const { clock, customer } = await payer('fill_never@example.com');
    const { id: card } = await stripe.paymentMethods.attach('pm_card_visa', { customer });
    await stripe.invoiceItems.create({ customer, amount: 20_000, currency: 'mxn' });
    const draft = await stripe.invoices.create({
      customer,
      collection_method: 'send_invoice',
      days_until_due: 30,
      currency: 'mxn',
      pending_invoice_items_behavior: 'include',
    });
    const { hosted_invoice_url: url, payments } = await stripe.invoices.finalizeInvoice(draft.id, { expand: ['payments'] });
    const intent = payments?.data[0]?.payment.payment_intent as string;
    await stripe.paymentIntents.confirm(intent, {
      payment_method_data: { type: 'oxxo', billing_details: { name: 'Ada', email: 'fill_never@example.com' } },
    });
    expect(await (await fetch(`${product.url}${new URL(url ?? '').pathname}`)).text()).toContain('Your voucher is ready.');
    expect((await stripe.invoices.retrieve(draft.id)).status).toBe('open');
    expect(await refusal(stripe.invoices.pay(draft.id, { payment_method: card }))).toMatchObject({ statusCode: 429 });
    await clock.by(5 * DAY);
    expect((await stripe.invoices.pay(draft.id, { payment_method: card })).status).toBe('paid');
  });

  test('what is renewed later is not begun with a voucher', async () => {
    const { customer } = await payer('ada@example.com');
    const price = await priceOf(stripe, 20_000, { currency: 'mxn' });
    const subscription = await stripe.subscriptions.create({
      ...{ customer, items: [{ price }], payment_behavior: 'default_incomplete', expand: ['latest_invoice.payments'] },
    });
    const invoice = subscription.latest_invoice as Stripe.Invoice;
    const confirmed = stripe.paymentIntents.confirm(invoice.payments?.data[0]?.payment.payment_intent as string, {
      payment_method_data: { type: 'oxxo', billing_details: { name: 'Ada', email: 'ada@example.com' } },
    });
    expect(await refusal(confirmed)).toMatchObject({ statusCode: 400, param: 'setup_future_usage' });
  });
});
