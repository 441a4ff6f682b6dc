/** The life of a subscription through Stripe's official TypeScript SDK, of which only the address is set. */
import { setTimeout as sleep } from 'node:timers/promises';
import Stripe from 'stripe';
import { childEnvironment } from '../../../config';
import { startReceiver, type Received, type Receiver } from '../../webhooks/receiver';

const { DUNLIN_URL = '', DUNLIN_KEY = '' } = childEnvironment();
const DAY = 86_400;
const NEW_YEAR = Date.UTC(2026, 0, 1) / 1000;
const PATIENCE_MS = 60_000;

function clientWith(key: string): Stripe {
  const { hostname: host, port } = new URL(DUNLIN_URL);
  return new Stripe(key, { host, port, protocol: 'http', telemetry: false });
}

const stripe = clientWith(DUNLIN_KEY);

function check(what: string, holds: boolean, seen?: unknown): void {
  if (!holds) throw new Error(`${what}: ${JSON.stringify(seen)}`);
  process.stdout.write(`ok ${what}\n`);
}

/** The error of this class that the call throws. */
async function refused<E extends Error>(kind: new (...of: never[]) => E, call: Promise<unknown>): Promise<E> {
  const error = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof kind) return error;
  throw new Error(`nothing threw ${kind.name}`, { cause: error });
}

async function eventually(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await sleep(200);
  }
}

async function advance(clock: string, to: number): Promise<void> {
  await stripe.testHelpers.testClocks.advance(clock, { frozen_time: to });
  await eventually('the test clock', async () => (await stripe.testHelpers.testClocks.retrieve(clock)).status === 'ready');
}

async function useCard(customer: string, token: string): Promise<void> {
  const { id } = await stripe.paymentMethods.attach(token, { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } });
}

async function statusBecomes(subscription: string, status: Stripe.Subscription.Status): Promise<void> {
  await eventually(`the status ${status}`, async () => (await stripe.subscriptions.retrieve(subscription)).status === status);
  check(`the subscription is ${status}`, true);
}

async function subscribe(clock: string): Promise<{ customer: string; subscription: string }> {
  const { id: customer } = await stripe.customers.create({ name: 'Ada', email: 'ada@example.com', test_clock: clock });
  await useCard(customer, 'pm_card_visa');
  const product = await stripe.products.create({ name: 'Plan', metadata: { tier: 'gold' } });
  const recurring = { interval: 'month' } as const;
  const price = await stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: 1000, recurring });
  const subscription = await stripe.subscriptions.create({
    customer,
    items: [{ price: price.id }],
    trial_period_days: 14,
    expand: ['latest_invoice', 'customer'],
  });
  check('the product keeps its metadata', product.metadata['tier'] === 'gold', product);
  check('a trial starts', subscription.status === 'trialing', subscription.status);
  check('expanded objects are whole', (subscription.customer as Stripe.Customer).email === 'ada@example.com', subscription.customer);
  const { amount_due } = subscription.latest_invoice as Stripe.Invoice;
  check("a trial's invoice is of nothing", amount_due === 0, amount_due);
  return { customer, subscription: subscription.id };
}

async function live(clock: string, { customer, subscription }: { customer: string; subscription: string }): Promise<void> {
  await advance(clock, NEW_YEAR + 15 * DAY);
  await statusBecomes(subscription, 'active');
  const amounts = (await stripe.invoices.list({ customer, limit: 1 }).autoPagingToArray({ limit: 100 })).map((each) => each.amount_paid);
  check('the invoice list pages by itself', amounts.join() === '1000,0', amounts);

  await useCard(customer, 'pm_card_chargeCustomerFail');
  await advance(clock, NEW_YEAR + 47 * DAY);
  await statusBecomes(subscription, 'past_due');
  const [owed] = (await stripe.invoices.list({ customer, status: 'open' })).data;
  const invoice = owed?.id ?? '';
  const declined = await refused(Stripe.errors.StripeCardError, stripe.invoices.pay(invoice));
  check('a declined card is a StripeCardError', declined.code === 'card_declined' && declined.statusCode === 402, declined);

  const { id: payment_method } = await stripe.paymentMethods.attach('pm_card_visa', { customer });
  const paid = await stripe.invoices.pay(invoice, { payment_method });
  check('the debt is paid with another card', paid.status === 'paid' && paid.amount_remaining === 0, paid.status);
  await statusBecomes(subscription, 'active');
  const ended = await stripe.subscriptions.cancel(subscription);
  check('the subscription ends', ended.status === 'canceled', ended.status);
}

async function eventsTell(customer: string): Promise<void> {
  const asked = stripe.events.list({ limit: 2, types: ['customer.created', 'invoice.paid'] });
  const events = await asked.autoPagingToArray({ limit: 100 });
  const types = events.filter((event) => JSON.stringify(event.data.object).includes(customer)).map(({ type }) => type);
  check('events tell what happened', types.join(' ') === 'invoice.paid invoice.paid invoice.paid customer.created', types);
}

async function webhooksArrive(inbox: Receiver, secret: string, customer: string): Promise<void> {
  const verified = ({ body, signature }: Received): Stripe.Event => stripe.webhooks.constructEvent(body, signature, secret);
  const about = (event: Stripe.Event): boolean => event.type === 'customer.created' && event.data.object.id === customer;
  const find = (): Received | undefined => inbox.received.find((each) => about(verified(each)));
  await eventually('a webhook', () => Promise.resolve(find() !== undefined));
  const genuine = find();
  if (genuine === undefined) throw new Error('the webhook is gone');
  const { api_version } = verified(genuine);
  check('the SDK verifies a webhook', api_version === Stripe.API_VERSION, api_version);
  const forged = { ...genuine, body: genuine.body.replace('Ada', 'Eve') };
  await refused(
    Stripe.errors.StripeSignatureVerificationError,
    Promise.resolve().then(() => verified(forged)),
  );
  check('the SDK refuses a forged webhook', true);
}

async function repetitions(): Promise<void> {
  const options = { idempotencyKey: `typescript-${String(Date.now())}` };
  const first = await stripe.customers.create({ name: 'Once' }, options);
  const again = await stripe.customers.create({ name: 'Once' }, options);
  check('a repeated call does nothing twice', first.id === again.id, again.id);
  const { headers } = again.lastResponse;
  check('a repetition says so', headers['idempotent-replayed'] === 'true', headers);
  await refused(Stripe.errors.StripeIdempotencyError, stripe.customers.create({ name: 'Twice' }, options));
  check('another call under the same key is a StripeIdempotencyError', true);
}

async function files(): Promise<void> {
  const data = Buffer.from('%PDF-1.7\n%%EOF');
  const file = await stripe.files.create({ purpose: 'dispute_evidence', file: { data, name: 'receipt.pdf', type: 'application/pdf' } });
  check('a file is uploaded', file.filename === 'receipt.pdf' && file.size === data.length, file);
  const link = await stripe.fileLinks.create({ file: file.id });
  const seen = await (await fetch(link.url ?? '')).text();
  check('its link shows it', seen === String(data), seen);
}

async function errors(): Promise<void> {
  const missing = await refused(Stripe.errors.StripeInvalidRequestError, stripe.customers.retrieve('cus_none'));
  check('what is missing is a StripeInvalidRequestError', missing.code === 'resource_missing' && missing.statusCode === 404, missing);
  const wrong = stripe.prices.create({ currency: 'usd', unit_amount: -1, product: 'x' });
  const { param } = await refused(Stripe.errors.StripeInvalidRequestError, wrong);
  check('a wrong parameter is named', param === 'unit_amount', param);
  const unknown = await refused(Stripe.errors.StripeAuthenticationError, clientWith('sk_test_nobody').accounts.retrieveCurrent());
  check('an unknown key is a StripeAuthenticationError', unknown.statusCode === 401, unknown);
  const intent = stripe.paymentIntents.create({
    ...{ amount: 1000, currency: 'usd', confirm: true, payment_method_types: ['card'] },
    payment_method: 'pm_card_visa_chargeDeclinedInsufficientFunds',
  });
  const declined = await refused(Stripe.errors.StripeCardError, intent);
  check('a decline has its reason', declined.decline_code === 'insufficient_funds', declined);
}

async function main(): Promise<void> {
  const account = await stripe.accounts.retrieveCurrent();
  check('the account is there', account.id.startsWith('acct_'), account.id);
  const inbox = await startReceiver();
  const endpoint = await stripe.webhookEndpoints.create({
    url: inbox.url,
    enabled_events: ['customer.created', 'invoice.paid'],
    api_version: Stripe.API_VERSION,
  });
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: NEW_YEAR });
  const subscribed = await subscribe(clock.id);
  await live(clock.id, subscribed);
  await eventsTell(subscribed.customer);
  await webhooksArrive(inbox, endpoint.secret ?? '', subscribed.customer);
  await repetitions();
  await files();
  await errors();
  await stripe.webhookEndpoints.del(endpoint.id);
  await stripe.testHelpers.testClocks.del(clock.id);
  await inbox.close();
}

main().catch((error: unknown) => {
  process.stdout.write(`FAILED ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
