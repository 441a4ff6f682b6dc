/** Supabase's stripe-sync-engine: a backfill of everything, then webhooks, into Postgres. Its client is pointed at Dunlin; nothing else differs. */
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import Stripe from 'stripe';

// Its ES module cannot find its own migrations; its CommonJS build can.
const { runMigrations, StripeSync } = createRequire(import.meta.url)('@supabase/stripe-sync-engine');
const { DUNLIN_URL, DUNLIN_KEY, CLIENT_DATABASE_URL, EXPECTED } = process.env;
const expected = JSON.parse(EXPECTED);
const { hostname: host, port } = new URL(DUNLIN_URL);
const stripe = new Stripe(DUNLIN_KEY, { host, port, protocol: 'http' });
const check = (what, isRight, told = '') => console.log(`${isRight ? 'ok' : 'FAILED'} ${what}${isRight ? '' : `: ${told}`}`);

const logger = { info: () => undefined, error: (error) => check('it prepares its tables', false, error.message) };
await runMigrations({ databaseUrl: CLIENT_DATABASE_URL, schema: 'stripe', logger });
let secret = '';
const sync = new StripeSync({
  poolConfig: { connectionString: CLIENT_DATABASE_URL },
  stripeSecretKey: DUNLIN_KEY,
  get stripeWebhookSecret() {
    return secret;
  },
  autoExpandLists: true,
  backfillRelatedEntities: true,
});
sync.stripe = stripe;

const synced = await sync.syncBackfill({ object: 'all' });
for (const kind of ['products', 'prices', 'customers', 'subscriptions', 'invoices', 'charges', 'refunds', 'creditNotes', 'paymentIntents'])
  check(`backfill: ${kind}`, synced[kind]?.synced === expected[kind], `${synced[kind]?.synced}, not ${expected[kind]}`);

const problems = [];
const seen = [];
const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  try {
    await sync.processWebhook(body, request.headers['stripe-signature']);
    seen.push(JSON.parse(body).type);
    response.writeHead(200).end('{}');
  } catch (error) {
    problems.push(`${JSON.parse(body).type}: ${error.message}`);
    response.writeHead(200).end('{}');
  }
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const endpoint = await stripe.webhookEndpoints.create({ url: `http://127.0.0.1:${server.address().port}/`, enabled_events: ['*'] });
secret = endpoint.secret;

const visa = 'pm_card_visa';
const customer = await stripe.customers.create({
  name: 'By webhook',
  payment_method: visa,
  invoice_settings: { default_payment_method: visa },
});
const [price] = (await stripe.prices.list({ lookup_keys: ['pro'] })).data;
const subscription = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
// It keeps the newer of two states by the second of their events, so what follows comes in another second.
await sleep(1_100);
await stripe.customers.update(customer.id, { name: 'Renamed' });
await stripe.subscriptions.cancel(subscription.id);
const statusOf = async (table, id, column) =>
  (await sync.postgresClient.query(`select ${column} as told from stripe.${table} where id = $1`, [id])).rows[0]?.told;
const told = async (what, [table, id, column], wanted) => {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline && (await statusOf(table, id, column)) !== wanted) await sleep(250);
  const found = await statusOf(table, id, column);
  check(`webhook: ${what}`, found === wanted, `${column} is ${found}, events in their order: ${seen.join(', ')}`);
};
await told('a subscription is created and canceled', ['subscriptions', subscription.id, 'status'], 'canceled');
await told('a customer is renamed', ['customers', customer.id, 'name'], 'Renamed');
await told('the invoice is paid', ['invoices', subscription.latest_invoice, 'status'], 'paid');
check(
  'webhook: every event was taken',
  problems.length === 0 && seen.length > 10,
  `${seen.length} taken; ${[...new Set(problems)].join('; ')}`,
);
process.exit(0);
