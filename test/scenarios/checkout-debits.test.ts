/** Checkout, an invoice's page and the portal with a bank account: the buyer is told that the bank collects, and what it decides. */
import type Stripe from 'stripe';
import { booksBalanceAfterEach } from '../ledger/books';
import { eventsOf, invoicesOf, priceOf } from '../support/builders';
import { DAY, startClock } from '../support/clock';
import { PortalVisitor, portalFeatures } from '../support/portal';
import { useProduct } from '../support/product';

const product = useProduct();
const { stripe } = product;
booksBalanceAfterEach(product);

const CONSENTS = { withdrawal_consent: 'yes', renewal_consent: 'yes' };
const SUCCESS = 'https://shop.example.com/thanks';
const PAYS = 'DE89 3704 0044 0532 0130 00';
const FAILS = 'DE62370400440532013001';

/** A buyer on a clock, whom the seller names. */
async function buyer() {
  const clock = await startClock(stripe, '2026-01-01');
  const { id: customer } = await stripe.customers.create({ name: 'Ada', email: 'ada@example.com', test_clock: clock.id });
  return { clock, customer };
}

const euros = () => priceOf(stripe, 1000, { currency: 'eur' });

const open = (params: Partial<Stripe.Checkout.SessionCreateParams>) =>
  stripe.checkout.sessions.create({
    mode: 'subscription',
    success_url: SUCCESS,
    payment_method_types: ['card', 'sepa_debit'],
    ...params,
  });

/** What a browser without script sends. */
async function submit(url: string, iban: string, entries: Record<string, string> = {}) {
  const body = new URLSearchParams({
    method: 'sepa_debit',
    sepa_debit_iban: iban,
    sepa_debit_holder: 'Ada',
    attempt: '0',
    ...CONSENTS,
    ...entries,
  });
  const response = await fetch(url, { method: 'POST', body, redirect: 'manual' });
  return { status: response.status, location: response.headers.get('location'), html: await response.text() };
}

const sessionEvents = async (id: string) =>
  (await eventsOf(stripe))
    .filter(({ data, type }) => type.startsWith('checkout.session') && (data.object as { id: string }).id === id)
    .map(({ type, data }) => [type, (data.object as Stripe.Checkout.Session).payment_status]);

test.each([
  [PAYS, 'succeeded', { paid: 'paid', status: 'active', invoice: 'paid' }],
  [FAILS, 'failed', { paid: 'unpaid', status: 'past_due', invoice: 'open' }],
])(
  'a buyer subscribes by debit of %s: the session is complete and unpaid, and the bank decides: %s',
  async (iban, decision, { paid, status, invoice }) => {
    const { clock, customer } = await buyer();
    const session = await open({ customer, line_items: [{ price: await euros(), quantity: 1 }] });
    const page = await (await fetch(session.url ?? '')).text();
    expect(page).toContain('SEPA Direct Debit');
    expect(page).toContain('you authorize');
    expect(await submit(session.url ?? '', iban, { amount: '1000' })).toMatchObject({ status: 303, location: SUCCESS });
    const complete = await stripe.checkout.sessions.retrieve(session.id);
    expect(complete).toMatchObject({ status: 'complete', payment_status: 'unpaid' });
    const id = complete.subscription as string;
    expect((await stripe.subscriptions.retrieve(id)).status).toBe('active');
    expect((await invoicesOf(stripe, id)).map((each) => each.status)).toEqual(['open']);
    await clock.by(5 * DAY);
    expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: 'complete', payment_status: paid });
    expect((await stripe.subscriptions.retrieve(id)).status).toBe(status);
    expect((await invoicesOf(stripe, id)).map((each) => each.status)).toEqual([invoice]);
    expect(await sessionEvents(session.id)).toEqual([
      ['checkout.session.completed', 'unpaid'],
      [`checkout.session.async_payment_${decision}`, paid],
    ]);
  },
);

test('a sale by debit is completed as Stripe’s command line does it; a double submission debits once', async () => {
  const { clock, customer } = await buyer();
  const { id: price } = await stripe.prices.create({ currency: 'eur', unit_amount: 2000, product_data: { name: 'Book' } });
  const session = await open({ mode: 'payment', customer, line_items: [{ price, quantity: 1 }], invoice_creation: { enabled: true } });
  const { id: method } = await stripe.paymentMethods.create({
    type: 'sepa_debit',
    sepa_debit: { iban: 'AT611904300234573201' },
    billing_details: { name: 'Ada', email: 'ada@example.com' },
  });
  const confirm = () => product.post(`/v1/payment_pages/${session.id}/confirm`, { payment_method: method, expected_amount: 2000 });
  await confirm();
  expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: 'complete', payment_status: 'unpaid' });
  expect(await confirm().catch(() => 'refused')).toBe('refused');
  await clock.by(6 * DAY);
  const paid = await stripe.checkout.sessions.retrieve(session.id, { expand: ['invoice'] });
  expect(paid).toMatchObject({ payment_status: 'paid', invoice: { status: 'paid', amount_paid: 2000 } });
  expect((await stripe.charges.list({ customer })).data.map((each) => each.status)).toEqual(['succeeded']);
});

test('a wrong account pays nothing, the page keeps the entries, and another currency is offered no SEPA', async () => {
  const session = await open({ line_items: [{ price: await euros(), quantity: 1 }] });
  const wrong = await submit(session.url ?? '', 'DE89370400440532013001', { email: 'ada@example.com' });
  expect(wrong.status).toBe(402);
  expect(wrong.html).toContain('This bank account was not accepted.');
  expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe('open');
  const dollars = await open({ line_items: [{ price: await priceOf(stripe), quantity: 1 }] });
  expect(await (await fetch(dollars.url ?? '')).text()).not.toContain('SEPA');
});

test('an account is saved by a setup session, and its mandate covers a trial that ends', async () => {
  const { clock, customer } = await buyer();
  const session = await open({
    customer,
    line_items: [{ price: await euros(), quantity: 1 }],
    subscription_data: { trial_period_days: 7 },
  });
  expect((await submit(session.url ?? '', PAYS)).status).toBe(303);
  const complete = await stripe.checkout.sessions.retrieve(session.id);
  expect(complete).toMatchObject({ status: 'complete', payment_status: 'no_payment_required' });
  await clock.to('2026-01-15');
  expect((await invoicesOf(stripe, complete.subscription as string)).map((each) => each.status)).toEqual(['paid', 'paid']);
});

test('an invoice is paid by debit on its page, which says that the bank collects and offers nothing more', async () => {
  const { clock, customer } = await buyer();
  const { id: invoice } = await stripe.invoices.create({
    ...{ customer, collection_method: 'send_invoice', days_until_due: 14, currency: 'eur' },
    payment_settings: { payment_method_types: ['card', 'sepa_debit'] },
  });
  await stripe.invoiceItems.create({ customer, invoice, amount: 1999, currency: 'eur' });
  const { hosted_invoice_url: hosted } = await stripe.invoices.finalizeInvoice(invoice);
  const url = `${product.url}${new URL(String(hosted)).pathname}`;
  expect(await (await fetch(url)).text()).toContain('SEPA Direct Debit');
  expect((await submit(url, PAYS, { amount: '1999' })).status).toBe(303);
  const collecting = await (await fetch(url)).text();
  expect(collecting).toContain('Your payment is being collected.');
  expect(collecting).not.toContain('aria-labelledby="pay"');
  expect((await stripe.invoices.retrieve(invoice)).status).toBe('open');
  expect((await submit(url, FAILS, { amount: '1999', attempt: '1' })).status).toBe(402);
  await clock.by(6 * DAY);
  expect(await stripe.invoices.retrieve(invoice)).toMatchObject({ status: 'paid', amount_paid: 1999 });
  expect(await (await fetch(url)).text()).toContain('/receipts/');
});

test('a customer adds an account on the portal, with its mandate', async () => {
  const { customer } = await buyer();
  const [preferred] = (await stripe.paymentMethodConfigurations.list()).data;
  await stripe.paymentMethodConfigurations.update(preferred?.id ?? '', { sepa_debit: { display_preference: { preference: 'on' } } });
  const { id: configuration } = await stripe.billingPortal.configurations.create({ features: portalFeatures() });
  const session = await stripe.billingPortal.sessions.create({ customer, configuration });
  const visitor = new PortalVisitor(product);
  expect((await visitor.look(session, 'card')).html).toContain('SEPA Direct Debit');
  await visitor.submit(session, 'card', 'add_card', { method: 'sepa_debit', sepa_debit_iban: PAYS, sepa_debit_holder: 'Ada' });
  const [method] = (await stripe.customers.listPaymentMethods(customer)).data;
  expect(method).toMatchObject({ type: 'sepa_debit', sepa_debit: { last4: '3000' } });
  const { id: invoice } = await stripe.invoices.create({ customer, currency: 'eur', auto_advance: false });
  await stripe.invoiceItems.create({ customer, invoice, amount: 500, currency: 'eur' });
  await stripe.invoices.finalizeInvoice(invoice);
  await stripe.invoices.pay(invoice, { payment_method: method?.id ?? '' });
  const { html } = await visitor.look(session);
  expect(html).toContain('SEPA Direct Debit');
  expect(html).toContain('Your payment is being collected.');
});

test.each(['setup', 'subscription'] as const)(
  'in %s mode the mandate is the one that the session has asked for, as the page has told',
  async (mode) => {
    const { customer } = await buyer();
    const monthly = { interval_description: 'On the first of each month', payment_schedule: 'interval' } as const;
    const price = await priceOf(stripe, 1000, { currency: 'cad' });
    const session = await open({
      ...{ mode, customer, payment_method_types: ['acss_debit'] },
      ...(mode === 'setup' ? {} : { line_items: [{ price, quantity: 1 }] }),
      payment_method_options: { acss_debit: { mandate_options: monthly } },
    });
    expect(session.payment_method_options?.acss_debit).toMatchObject({ mandate_options: monthly });
    const url = session.url ?? '';
    expect(await (await fetch(url)).text()).toContain(monthly.interval_description);
    const account = { number: '000123456789', institution_number: '000', transit_number: '11000' };
    const body = new URLSearchParams({
      ...{ method: 'acss_debit', acss_debit_holder: 'Ada', acss_debit_account_number: account.number, attempt: '0', ...CONSENTS },
      ...{ acss_debit_institution_number: account.institution_number, acss_debit_transit_number: account.transit_number },
    });
    expect((await fetch(url, { method: 'POST', body, redirect: 'manual' })).status).toBe(303);
    const { data } = await stripe.customers.listPaymentMethods(customer);
    const [mandate] = await product.sql`select schedule from mandates where payment_method = ${data[0]?.id ?? ''}`;
    expect(mandate?.['schedule']).toEqual({ ...monthly, transaction_type: 'personal' });
  },
);
