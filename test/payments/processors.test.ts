import type Stripe from 'stripe';
import { booksBalanceAfterEach } from '../ledger/books';
import { refusal } from '../support/builders';
import { useProduct } from '../support/product';

/** Several processors at once: the sandbox stands in for two. */
const product = useProduct({ processors: 'sandbox,sandbox-eu@50' });
booksBalanceAfterEach(product);

const { stripe } = product;

async function customerWith(card: string): Promise<string> {
  const { id } = await stripe.customers.create({ name: 'Pays' });
  const method = await stripe.paymentMethods.attach(card, { customer: id });
  await stripe.customers.update(id, { invoice_settings: { default_payment_method: method.id } });
  return id;
}

async function pay(customer: string, change: Partial<Stripe.PaymentIntentCreateParams> = {}): Promise<Stripe.PaymentIntent> {
  const { invoice_settings: settings } = (await stripe.customers.retrieve(customer)) as Stripe.Customer;
  const card = settings.default_payment_method as string;
  return stripe.paymentIntents.create({
    customer,
    amount: 2000,
    currency: 'eur',
    payment_method: card,
    confirm: true,
    off_session: true,
    ...change,
  });
}

const routes = (rules: object[]): Promise<Record<string, unknown>> =>
  product.post('/v1/routing', { rules: rules.length === 0 ? '' : rules });

const toEurope = { name: 'europe', currencies: ['eur'], split: [{ processor: 'sandbox-eu', percent: 100 }] };

/** The processor and the kind of each call that the sandbox has done for a payment, in order. */
async function calls(intent: string): Promise<string[]> {
  const charges = (await stripe.charges.list({ payment_intent: intent })).data.map(({ id }) => id);
  const refunds = (await stripe.refunds.list({ payment_intent: intent })).data.map(({ id }) => id);
  const rows = await product.sql<{ done: string }[]>`
    select processor || ' ' || kind as done from sandbox_operations
    where key like ${`${intent}/%`} or key = any(${[...charges, ...refunds]}) order by created`;
  return rows.map(({ done }) => done);
}

afterEach(async () => {
  await routes([]);
  await stripe.rawRequest('DELETE', '/v1/test_helpers/sandbox/faults');
});

test('a charge goes to the processor of its rule, and so do its capture and its refund, also when the rules are gone', async () => {
  const customer = await customerWith('pm_card_visa');
  await routes([toEurope]);
  const { id } = await pay(customer, { capture_method: 'manual' });
  await routes([]);
  await stripe.paymentIntents.capture(id);
  await stripe.refunds.create({ payment_intent: id, amount: 500 });
  expect(await calls(id)).toEqual(['sandbox-eu charge', 'sandbox-eu capture', 'sandbox-eu refund']);
});

test('without a rule that fits, the processor that stores the card charges it, and a charge explains either', async () => {
  const customer = await customerWith('pm_card_visa');
  await routes([toEurope]);
  const [euros, dollars] = [await pay(customer), await pay(customer, { currency: 'usd' })];
  const explained = async ({ latest_charge: charge }: Stripe.PaymentIntent) => product.get(`/v1/charges/${charge as string}/route`);
  expect(await explained(euros)).toMatchObject({
    processor: 'sandbox-eu',
    tries: [{ attempt: 1, rule: 'europe', because: 'split', processor: 'sandbox-eu', charge: euros.latest_charge }],
  });
  expect(await explained(dollars)).toMatchObject({ processor: 'sandbox', tries: [{ because: 'no_rule', rule: null }] });
  expect(await calls(dollars.id)).toEqual(['sandbox charge']);
});

test('a soft decline is tried once more at the next processor, and counts as one attempt at the invoice', async () => {
  const customer = await customerWith('pm_card_visa');
  await routes([{ ...toEurope, fallback: ['sandbox'], fallback_on: ['declined'] }]);
  await product.post('/v1/test_helpers/sandbox/faults', { kind: 'decline', processor: 'sandbox-eu' });
  const price = await stripe.prices.create({
    currency: 'eur',
    unit_amount: 900,
    recurring: { interval: 'month' },
    product_data: { name: 'Gold' },
  });
  const subscription = await stripe.subscriptions.create({ customer, items: [{ price: price.id }], expand: ['latest_invoice.payments'] });
  expect(subscription.status).toBe('active');
  const invoice = subscription.latest_invoice as Stripe.Invoice;
  expect(invoice).toMatchObject({ status: 'paid', attempt_count: 1, amount_paid: 900 });
  const intent = invoice.payments?.data[0]?.payment.payment_intent as string;
  expect(await calls(intent)).toEqual(['sandbox-eu charge', 'sandbox charge']);
  const { data: charges } = await stripe.charges.list({ payment_intent: intent });
  expect(charges.map(({ status }) => status)).toEqual(['succeeded', 'failed']);
  expect(await product.get(`/v1/charges/${charges[0]?.id ?? ''}/route`)).toMatchObject({
    tries: [
      { processor: 'sandbox-eu', status: 'failed', because: 'split' },
      { processor: 'sandbox', status: 'succeeded', because: 'declined', from: 'sandbox-eu' },
    ],
  });
});

test('a card that its bank has declined for good is not shown to another processor', async () => {
  await routes([{ ...toEurope, fallback: ['sandbox'] }]);
  const { id } = await stripe.paymentIntents.create({ amount: 1100, currency: 'eur', payment_method: 'pm_card_chargeDeclinedLostCard' });
  expect(await refusal(stripe.paymentIntents.confirm(id))).toMatchObject({ code: 'card_declined' });
  expect(await calls(id)).toEqual(['sandbox-eu charge']);
});

test('a lost answer is asked about where it was lost, and no other processor is asked', async () => {
  const customer = await customerWith('pm_card_visa');
  await routes([{ ...toEurope, fallback: ['sandbox'] }]);
  await product.post('/v1/test_helpers/sandbox/faults', { kind: 'lose_answer', processor: 'sandbox-eu', count: 2 });
  const { id, status } = await pay(customer);
  expect(status).toBe('succeeded');
  expect(await calls(id)).toEqual(['sandbox-eu charge']);
});

test('a preview says where a charge would go, and charges nothing', async () => {
  const customer = await customerWith('pm_card_visa');
  await routes([{ ...toEurope, fallback: ['sandbox'] }]);
  const { data } = await stripe.paymentMethods.list({ customer });
  const card = data[0]?.id ?? '';
  expect(await product.get(`/v1/routing/preview?amount=500&currency=eur&payment_method=${card}`)).toMatchObject({
    ...{ object: 'routing_preview', processor: 'sandbox-eu', rule: 'europe', because: 'split', next: ['sandbox'] },
  });
  expect(await product.get('/v1/routing/preview?amount=500&currency=usd')).toMatchObject({ processor: 'sandbox', because: 'no_rule' });
  expect((await stripe.charges.list({ customer })).data).toEqual([]);
});

test('each change of the rules is a version that stays; rules that are wrong change nothing', async () => {
  const { version } = await routes([toEurope]);
  expect((await routes([toEurope])).version).toBe(version);
  expect(await refusal(routes([{ ...toEurope, split: [{ processor: 'adyen', percent: 100 }] }]))).toMatchObject({
    param: 'rules[0][split]',
  });
  expect(await refusal(routes([{ ...toEurope, split: [{ processor: 'sandbox', percent: 60 }] }]))).toMatchObject({
    param: 'rules[0][split]',
  });
  expect(await refusal(routes([{ ...toEurope, countries: ['DE', 'QQ'] }]))).toMatchObject({ param: 'rules[0][countries][1]' });
  expect(await refusal(routes([{ ...toEurope, brands: ['visa', 'monopoly'] }]))).toMatchObject({ param: 'rules[0][brands][1]' });
  expect(await product.get('/v1/routing')).toMatchObject({ object: 'routing', version, rules: [{ name: 'europe', countries: null }] });
  const { version: last } = await routes([]);
  expect(last).toBe(Number(version) + 1);
  const { data } = (await product.get('/v1/routing/versions?limit=2')) as { data: object[] };
  expect(data).toMatchObject([
    { version: last, rules: [] },
    { version, rules: [{ name: 'europe' }] },
  ]);
});
