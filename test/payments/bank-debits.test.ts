/** A bank takes days to decide: the payment is `processing`, nobody charges it twice, and nothing is booked before the money is there. */
import type Stripe from 'stripe';
import { accountsOf, booksBalanceAfterEach } from '../ledger/books';
import { eventsOf, invoicesOf, priceOf, refusal, typesOf } from '../support/builders';
import { DAY, startClock, type VirtualClock } from '../support/clock';
import { useProduct } from '../support/product';
import { until } from '../support/system';

const product = useProduct();
const { stripe } = product;
booksBalanceAfterEach(product);

const ONLINE = { customer_acceptance: { type: 'online', online: { ip_address: '127.0.0.1', user_agent: 'Browser' } } } as const;
const HOLDER = { name: 'Ada', email: 'ada@example.com' };

const SEPA = (iban: string) => ({ type: 'sepa_debit', sepa_debit: { iban }, billing_details: HOLDER }) as const;
const PAYS = 'DE89370400440532013000';
const FAILS = 'DE62370400440532013001';

async function holder() {
  const clock = await startClock(stripe, '2026-01-01');
  const { id: customer } = await stripe.customers.create({ ...HOLDER, test_clock: clock.id });
  return { clock, customer };
}

const pay = (customer: string, data: object, change: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
  stripe.paymentIntents.create({
    amount: 2000,
    currency: 'eur',
    customer,
    payment_method_types: ['sepa_debit'],
    payment_method_data: data as never,
    mandate_data: ONLINE,
    confirm: true,
    ...change,
  });

const movements = async (charge: string) => (await stripe.balanceTransactions.list({ source: charge })).data.map(({ amount }) => amount);
const about = async (ids: string[]) =>
  typesOf((await eventsOf(stripe)).filter(({ data }) => ids.includes((data.object as { id: string }).id)));

/** A customer whose account pays every later invoice, under a mandate of its own. */
async function debited(account: string, clock?: VirtualClock) {
  const at = clock ?? (await startClock(stripe, '2026-01-01'));
  const { id: customer } = await stripe.customers.create({ ...HOLDER, test_clock: at.id });
  const intent = await stripe.setupIntents.create({
    customer,
    payment_method_types: ['sepa_debit'],
    payment_method: account,
    mandate_data: ONLINE,
    confirm: true,
  });
  const method = intent.payment_method as string;
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: method } });
  return { clock: at, customer, intent, method };
}

const euros = () => priceOf(stripe, 1000, { currency: 'eur' });

test('a debit is processing until the bank has decided; then it has succeeded, once, and only then the money is booked', async () => {
  const { clock, customer } = await holder();
  const intent = await pay(customer, SEPA(PAYS));
  const charge = intent.latest_charge as string;
  expect(intent).toMatchObject({ status: 'processing', amount_received: 0 });
  expect(await stripe.charges.retrieve(charge)).toMatchObject({
    status: 'pending',
    paid: false,
    balance_transaction: null,
    payment_method_details: { type: 'sepa_debit', sepa_debit: { last4: '3000', country: 'DE', bank_code: '37040044' } },
  });
  expect(await movements(charge)).toEqual([]);
  await clock.by(4 * DAY);
  expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('processing');
  await clock.by(DAY);
  expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
    status: 'succeeded',
    amount_received: 2000,
    latest_charge: charge,
  });
  expect(await stripe.charges.retrieve(charge)).toMatchObject({ status: 'succeeded', paid: true });
  expect(await movements(charge)).toEqual([2000]);
  await clock.by(30 * DAY);
  expect(await movements(charge)).toEqual([2000]);
  expect(await about([intent.id, charge])).toEqual([
    'payment_intent.created',
    'charge.pending',
    'payment_intent.processing',
    'charge.succeeded',
    'payment_intent.succeeded',
  ]);
});

test('a debit that the bank declines needs another payment method, and nothing was booked', async () => {
  const { clock, customer } = await holder();
  const intent = await pay(customer, SEPA(FAILS));
  await clock.by(5 * DAY);
  expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
    status: 'requires_payment_method',
    payment_method: null,
    last_payment_error: { code: 'generic_decline' },
  });
  const charge = intent.latest_charge as string;
  expect(await stripe.charges.retrieve(charge)).toMatchObject({ status: 'failed', failure_code: 'generic_decline', paid: false });
  expect(await movements(charge)).toEqual([]);
  expect((await about([intent.id, charge])).slice(-2)).toEqual(['charge.failed', 'payment_intent.payment_failed']);
});

test('a debit that its holder takes back is disputed, and the account is not debited again without a new mandate', async () => {
  const { clock, customer, method, intent } = await debited('pm_sepaDebit_disputed_de');
  const paid = await stripe.paymentIntents.create({
    ...{ amount: 2000, currency: 'eur', customer, payment_method: method, off_session: true, confirm: true },
    payment_method_types: ['sepa_debit'],
  });
  await clock.by(5 * DAY);
  expect((await stripe.paymentIntents.retrieve(paid.id)).status).toBe('succeeded');
  const [dispute] = (await stripe.disputes.list({ payment_intent: paid.id })).data;
  expect(dispute).toMatchObject({ amount: 2000, status: 'needs_response', reason: 'debit_not_authorized' });
  const mandate = intent.mandate as string;
  expect(await stripe.mandates.retrieve(mandate)).toMatchObject({ status: 'inactive', payment_method: method });
  expect(await about([mandate])).toEqual(['mandate.updated']);
  const again = await refusal(
    stripe.paymentIntents.create({
      ...{ amount: 100, currency: 'eur', customer, payment_method: method, off_session: true, confirm: true },
      payment_method_types: ['sepa_debit'],
    }),
  );
  expect(again).toMatchObject({ statusCode: 400, param: 'mandate_data' });
  expect(again.message).toContain('requires a mandate, but no existing mandate was found');
});

test('the debit of an invoice that its holder takes back leaves the invoice paid, and is lost like any other dispute', async () => {
  const { clock, customer } = await debited('pm_sepaDebit_disputed_de');
  const subscription = await stripe.subscriptions.create({ customer, items: [{ price: await euros() }] });
  await clock.by(5 * DAY);
  const invoice = subscription.latest_invoice as string;
  const [dispute] = (await stripe.disputes.list({ limit: 1 })).data;
  expect(dispute).toMatchObject({ amount: 1000, status: 'needs_response', reason: 'debit_not_authorized' });
  expect(dispute?.payment_method_details).toBeUndefined();
  await stripe.disputes.close(dispute?.id ?? '');
  const accounts = await accountsOf(product.sql, { invoice, at: clock.now() });
  expect([accounts['receivable'], accounts['disputes_withheld']]).toEqual([undefined, undefined]);
  const [earned, lost] = [-(accounts['revenue'] ?? 0), accounts['dispute_losses'] ?? 0];
  expect([earned, accounts['deferred_revenue'] ?? 0]).toEqual([lost, 0]);
  expect(lost).toBeGreaterThan(0);
  expect((await stripe.invoices.retrieve(invoice)).status).toBe('paid');
  expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe('active');
});

test('without a test clock the bank decides within seconds, also for a guest', async () => {
  const { id } = await stripe.paymentIntents.create({
    ...{ amount: 2000, currency: 'gbp', payment_method: 'pm_bacsDebit_success', mandate_data: ONLINE, confirm: true },
    payment_method_types: ['bacs_debit'],
  });
  const paid = await until(async () => (await stripe.paymentIntents.retrieve(id)).status === 'succeeded', {
    what: 'the bank',
    timeoutMs: 20_000,
  });
  expect(paid).toBe(true);
});

test('what no scheme allows is refused in words that name it, and nothing is made', async () => {
  const { customer } = await holder();
  const before = (await stripe.paymentIntents.list({ customer })).data.length;
  const usd = await refusal(pay(customer, SEPA(PAYS), { currency: 'usd' }));
  expect(usd).toMatchObject({ statusCode: 400, param: 'currency' });
  expect(usd.message).toContain('The payment method type sepa_debit only supports the following currencies: eur.');
  expect(await refusal(stripe.paymentMethods.create(SEPA('DE89370400440532013001')))).toMatchObject({ param: 'sepa_debit[iban]' });
  expect(await refusal(stripe.paymentMethods.create(SEPA('GB82WEST12345698765432')))).toMatchObject({ param: 'sepa_debit[iban]' });
  expect(await refusal(stripe.paymentMethods.create({ type: 'sepa_debit', sepa_debit: { iban: PAYS } }))).toMatchObject({
    param: 'billing_details[email]',
  });
  expect(await refusal(stripe.paymentMethods.create({ type: 'sepa_debit', billing_details: HOLDER }))).toMatchObject({
    param: 'sepa_debit',
  });
  expect(await refusal(stripe.paymentMethods.create({ ...SEPA(PAYS), card: { token: 'tok_visa' } }))).toMatchObject({ param: 'card' });
  expect(
    await refusal(
      stripe.paymentIntents.create({
        ...{ amount: 100, currency: 'eur', customer, confirm: true, payment_method_types: ['sepa_debit'] },
        payment_method_data: SEPA(PAYS),
        mandate_data: { customer_acceptance: { type: 'online' } },
      }),
    ),
  ).toMatchObject({ statusCode: 400 });
  expect((await stripe.paymentIntents.list({ customer })).data.length).toBe(before);
  const draft = await stripe.paymentIntents.create({ amount: 100, currency: 'eur', payment_method_types: ['sepa_debit'] });
  expect(await refusal(stripe.paymentIntents.update(draft.id, { currency: 'usd' }))).toMatchObject({ param: 'currency' });
  const card = await stripe.paymentIntents.create({ amount: 100, currency: 'eur', customer, payment_method_types: ['card'] });
  const other = await refusal(stripe.paymentIntents.confirm(card.id, { payment_method: 'pm_sepaDebit_success_de', mandate_data: ONLINE }));
  expect(other.message).toContain('The PaymentMethod provided (sepa_debit) is not allowed for this PaymentIntent.');
});

test('a debit that its bank never decides can be canceled', async () => {
  const intent = await stripe.paymentIntents.create({
    ...{ amount: 2000, currency: 'usd', payment_method: 'pm_usBankAccount_processing', mandate_data: ONLINE, confirm: true },
    payment_method_types: ['us_bank_account'],
  });
  expect(intent.status).toBe('processing');
  expect(await refusal(stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' }))).toMatchObject({ statusCode: 400 });
  expect((await stripe.paymentIntents.cancel(intent.id)).status).toBe('canceled');
  expect(await stripe.charges.retrieve(intent.latest_charge as string)).toMatchObject({ status: 'failed', paid: false });
});

test('each mandate says who has agreed to what', async () => {
  const { customer, method, intent } = await debited('pm_sepaDebit_success_de');
  expect(await stripe.mandates.retrieve(intent.mandate as string, { expand: ['payment_method'] })).toMatchObject({
    status: 'active',
    type: 'multi_use',
    payment_method: { id: method, customer },
    customer_acceptance: ONLINE.customer_acceptance,
    payment_method_details: { type: 'sepa_debit' },
  });
  const once = await pay(customer, SEPA(PAYS), { mandate_data: { customer_acceptance: { type: 'offline' } } });
  const { payment_method_details: details } = await stripe.charges.retrieve(once.latest_charge as string);
  expect(await stripe.mandates.retrieve(details?.sepa_debit?.mandate ?? '')).toMatchObject({
    type: 'single_use',
    single_use: { amount: 2000, currency: 'eur' },
    customer_acceptance: { type: 'offline' },
  });
  await stripe.paymentMethods.detach(method);
  expect((await stripe.mandates.retrieve(intent.mandate as string)).status).toBe('inactive');
  const gone = await debited('pm_sepaDebit_success_fr');
  await stripe.customers.del(gone.customer);
  expect((await stripe.mandates.retrieve(gone.intent.mandate as string)).status).toBe('inactive');
});

test('a subscription is active while the bank collects its first invoice, and is renewed by debit', async () => {
  const { clock, customer } = await debited('pm_sepaDebit_success_de');
  const { id, status } = await stripe.subscriptions.create({ customer, items: [{ price: await euros() }] });
  expect(status).toBe('active');
  const [first] = await invoicesOf(stripe, id);
  expect(first).toMatchObject({ status: 'open', attempted: true, attempt_count: 1, amount_remaining: 1000 });
  const twice = await refusal(stripe.invoices.pay(first?.id ?? ''));
  expect(twice).toMatchObject({ statusCode: 429 });
  await clock.by(5 * DAY);
  expect((await invoicesOf(stripe, id)).map((each) => each.status)).toEqual(['paid']);
  await clock.to('2026-02-08');
  expect((await invoicesOf(stripe, id)).map((each) => each.status)).toEqual(['paid', 'paid']);
  expect((await stripe.charges.list({ customer })).data.map((each) => each.status)).toEqual(['succeeded', 'succeeded']);
  const [refunded] = (await stripe.charges.list({ customer, limit: 1 })).data;
  expect(await stripe.refunds.create({ charge: refunded?.id ?? '' })).toMatchObject({ status: 'succeeded', amount: 1000 });
});

test('a first debit that the bank declines days later is mailed, because the customer is not at the checkout any more', async () => {
  const { clock, customer } = await debited('pm_sepaDebit_insufficientFunds_de');
  await stripe.customers.update(customer, { email: 'ada@example.com' });
  const { id } = await stripe.subscriptions.create({ customer, items: [{ price: await euros() }] });
  await clock.by(5 * DAY);
  expect((await stripe.subscriptions.retrieve(id)).status).toBe('past_due');
  const { data } = (await product.get(`/v1/mails?customer=${customer}`)) as { data: { kind: string }[] };
  expect(data.map(({ kind }) => kind)).toEqual(['payment_failed', 'subscription_started']);
});

test('an invoice whose debit the bank has not answered at its due date is overdue without a mail; the decline is mailed', async () => {
  const { clock, customer } = await debited('pm_sepaDebit_insufficientFunds_de');
  await stripe.invoiceItems.create({ customer, amount: 1000, currency: 'eur' });
  const terms = { collection_method: 'send_invoice', days_until_due: 3, pending_invoice_items_behavior: 'include' } as const;
  const { id } = await stripe.invoices.create({ customer, auto_advance: true, currency: 'eur', ...terms });
  await stripe.invoices.finalizeInvoice(id);
  await clock.by(2 * DAY);
  await stripe.invoices.pay(id);
  const mails = async () =>
    ((await product.get(`/v1/mails?customer=${customer}`)) as { data: { kind: string }[] }).data.map(({ kind }) => kind).reverse();
  await clock.by(1.5 * DAY);
  expect(await about([id])).toContain('invoice.overdue');
  expect(await mails()).toEqual(['invoice']);
  await clock.by(5 * DAY);
  expect((await stripe.invoices.retrieve(id)).status).toBe('open');
  expect(await mails()).toEqual(['invoice', 'payment_failed']);
});

test('a renewal that the bank declines makes the subscription past due, and is retried only when the bank has decided', async () => {
  const { clock, customer } = await debited('pm_sepaDebit_success_de');
  const { id } = await stripe.subscriptions.create({ customer, items: [{ price: await euros() }] });
  const failing = await stripe.setupIntents.create({
    ...{ customer, payment_method: 'pm_sepaDebit_insufficientFunds_de', mandate_data: ONLINE, confirm: true },
    payment_method_types: ['sepa_debit'],
  });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: failing.payment_method as string } });
  const attempts = async () => (await stripe.charges.list({ customer, limit: 100 })).data.map((each) => each.status).reverse();
  await clock.to('2026-02-05');
  expect((await stripe.subscriptions.retrieve(id)).status).toBe('active');
  expect(await attempts()).toEqual(['succeeded', 'pending']);
  await clock.to('2026-02-06T02:00:00Z');
  expect((await stripe.subscriptions.retrieve(id)).status).toBe('past_due');
  expect(await attempts()).toEqual(['succeeded', 'failed']);
  await clock.to('2026-02-10');
  expect(await attempts()).toEqual(['succeeded', 'failed', 'pending']);
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: (await card(customer)).id } });
  await clock.to('2026-02-20');
  expect((await stripe.subscriptions.retrieve(id)).status).toBe('active');
  expect((await attempts()).filter((each) => each === 'succeeded')).toHaveLength(2);
});

const card = (customer: string) => stripe.paymentMethods.attach('pm_card_visa', { customer });

test('an account without a mandate begins no subscription', async () => {
  const { clock, customer } = await holder();
  const { id: method } = await stripe.paymentMethods.attach('pm_sepaDebit_success_de', { customer });
  const refused = await refusal(
    stripe.subscriptions.create({ customer, default_payment_method: method, items: [{ price: await euros() }] }),
  );
  expect(refused.message).toContain('no existing mandate was found');
  expect((await stripe.subscriptions.list({ customer, status: 'all' })).data).toEqual([]);
  const begun = await stripe.subscriptions.create({
    ...{ customer, items: [{ price: await euros() }], payment_behavior: 'default_incomplete' },
    payment_settings: { save_default_payment_method: 'on_subscription' },
    expand: ['latest_invoice.payments'],
  });
  expect(begun.status).toBe('incomplete');
  const intent = (begun.latest_invoice as Stripe.Invoice).payments?.data[0]?.payment.payment_intent as string;
  await stripe.paymentIntents.confirm(intent, { payment_method: method, mandate_data: ONLINE });
  expect((await stripe.subscriptions.retrieve(begun.id)).status).toBe('active');
  await clock.to('2026-02-10');
  expect((await invoicesOf(stripe, begun.id)).map((each) => each.status)).toEqual(['paid', 'paid']);
});

test.each([
  ['usd', 'us_bank_account', { routing_number: '110000000', account_number: '000123456789' }],
  ['aud', 'au_becs_debit', { bsb_number: '000-000', account_number: '000123456' }],
  ['cad', 'acss_debit', { institution_number: '000', transit_number: '11000', account_number: '000123456789' }],
  ['gbp', 'bacs_debit', { sort_code: '10-88-00', account_number: '00012345' }],
] as const)('in %s a %s pays', async (currency, type, account) => {
  const { clock, customer } = await holder();
  const intent = await pay(customer, { type, [type]: account, billing_details: HOLDER }, { currency, payment_method_types: [type] });
  await clock.by(6 * DAY);
  expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ status: 'succeeded', currency });
  const { payment_method_details: details } = await stripe.charges.retrieve(intent.latest_charge as string);
  expect(details).toMatchObject({ type, [type]: { last4: account.account_number.slice(-4) } });
});
