import { monitorEventLoopDelay } from 'node:perf_hooks';
import type Stripe from 'stripe';
import { LIMITS } from '../../../domain/core/limits';
import { refusalOf, startServer, type TestServer } from '../server';

/** Without Temporal: what reached a workflow would be answered with 503. */
let server: TestServer;
let customer: string;
let product: string;
let daily: string[];

const many = (count: number) => Array.from({ length: count }, (_, index) => index);

beforeAll(async () => {
  server = await startServer();
  const { stripe } = server;
  ({ id: customer } = await stripe.customers.create({}));
  ({ id: product } = await stripe.products.create({ name: 'Pro' }));
  daily = [];
  for (const index of many(20)) {
    const { id } = await stripe.prices.create({ currency: 'usd', unit_amount: 100 + index, product, recurring: { interval: 'day' } });
    daily.push(id);
  }
});
afterAll(() => server.stop());

const items = () => daily.map((price) => ({ price }));
const tiersOf = (count: number) => [
  ...many(count - 1).map((index) => ({ up_to: index + 1, unit_amount: 1 })),
  { up_to: 'inf' as const, unit_amount: 1 },
];
const tiered = (tiers: object[], currency_options?: object) => ({
  ...{ currency: 'usd', product, billing_scheme: 'tiered', tiers_mode: 'graduated', tiers, recurring: { interval: 'month' } },
  ...(currency_options ? { currency_options } : {}),
});
const phases = (change: object) => ({ customer, start_date: 'now', phases: [{ items: [{ price: daily[0] }], ...change }] });
const OTHERS = 'eur gbp chf sek nok dkk pln czk huf ron'.split(' ');

type Case = [path: string, wrong: () => object, param: string];

const CASES: Record<string, Case> = {
  'twenty daily items since 1970': [
    '/v1/subscriptions',
    () => ({ customer, items: items(), backdate_start_date: 0 }),
    'backdate_start_date',
  ],
  'a preview of twenty daily items since 1970': [
    '/v1/invoices/create_preview',
    () => ({ customer, subscription_details: { items: items(), start_date: 0 } }),
    'subscription_details[start_date]',
  ],
  'a schedule of twenty daily items since 1970': [
    '/v1/subscription_schedules',
    () => ({ customer, start_date: 0, phases: [{ items: items(), duration: { interval: 'year', interval_count: 100 } }] }),
    'start_date',
  ],
  'a phase of a billion intervals': ['/v1/subscription_schedules', () => phases({ iterations: 1e9 }), 'phases[0][iterations]'],
  'a phase of a billion years': [
    '/v1/subscription_schedules',
    () => phases({ duration: { interval: 'year', interval_count: 1e9 } }),
    'phases[0][duration][interval_count]',
  ],
  'a preview of a phase beyond the calendar': [
    '/v1/invoices/create_preview',
    () => ({
      customer,
      schedule_details: { phases: many(9).map(() => phases({ duration: { interval: 'year', interval_count: 1000 } }).phases[0]) },
    }),
    'schedule_details[phases][7][duration]',
  ],
  'a price of a hundred thousand decimals': [
    '/v1/prices',
    () => ({ currency: 'usd', product, unit_amount_decimal: `1.${'0'.repeat(100_000)}1` }),
    'unit_amount_decimal',
  ],
  'too many of a unit': ['/v1/subscriptions', () => ({ customer, items: [{ price: daily[0], quantity: 1e15 }] }), 'items[0][quantity]'],
  'too many items': ['/v1/subscriptions', () => ({ customer, items: many(21).map(() => ({ price: daily[0] })) }), 'items'],
  'a tier that ends nowhere': ['/v1/prices', () => tiered([{ up_to: '9007199254740993', unit_amount: 1 }]), 'tiers[0][up_to]'],
  'too many tiers': ['/v1/prices', () => tiered(tiersOf(101)), 'tiers'],
  'an amount that is too large': ['/v1/invoiceitems', () => ({ customer, currency: 'usd', amount: LIMITS.lineAmount.max + 1 }), 'amount'],
  'an amount of a line that is too large': [
    '/v1/invoices/in_none/add_lines',
    () => ({ lines: [{ amount: Number.MAX_SAFE_INTEGER }] }),
    'lines[0][amount]',
  ],
  'too much of a unit': [
    '/v1/invoiceitems',
    () => ({ customer, price_data: { currency: 'usd', product, unit_amount: LIMITS.lineAmount.max }, quantity: 1_000_000 }),
    'quantity',
  ],
  'too many keys of metadata': [
    '/v1/customers',
    () => ({ metadata: Object.fromEntries(many(51).map((key) => [`key_${String(key)}`, 'x'])) }),
    'metadata',
  ],
  'too many paths to expand': ['/v1/customers', () => ({ expand: many(101).map(() => 'test_clock') }), 'expand'],
  'an array that is too long to be read': ['/v1/customers', () => ({ expand: many(502).map(() => 'test_clock') }), 'expand'],
  'too many lines at once': ['/v1/invoices/in_none/add_lines', () => ({ lines: many(251).map(() => ({ amount: 1 })) }), 'lines'],
};

test.each(Object.keys(CASES))('%s is refused with its parameter', async (name) => {
  const [path, wrong, param] = CASES[name] as Case;
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const call = server.stripe.rawRequest('POST', path, wrong());
  const [refused, health] = await Promise.all([refusalOf(call), fetch(`${server.url}/healthz`)]);
  delay.disable();
  expect(refused).toMatchObject({ statusCode: 400, param });
  expect(health.status).toBe(200);
  // Once 37 seconds. Not a measurement: this machine may be busy.
  expect(delay.max / 1e9).toBeLessThan(3);
});

/** As a client of its own sends it. */
async function postJson(path: string, body: unknown): Promise<{ status: number; error: { message: string; param?: string } }> {
  const headers = { authorization: `Bearer ${server.keys.test}`, 'content-type': 'application/json' };
  const response = await fetch(`${server.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: response.status, ...((await response.json()) as { error: { message: string; param?: string } }) };
}

test('a JSON body of a hundred thousand values is refused before any is validated', async () => {
  const refused = await postJson('/v1/subscriptions', { customer, items: many(100_000).map(() => ({})) });
  expect(refused).toMatchObject({ status: 400, error: { message: expect.stringContaining('10000 values') as string } });
});

test('a form of a million parameters is refused before any of them is read', async () => {
  const headers = { authorization: `Bearer ${server.keys.test}`, 'content-type': 'application/x-www-form-urlencoded' };
  const response = await fetch(`${server.url}/v1/customers`, { method: 'POST', headers, body: '&'.repeat(1_000_000) });
  expect(response.status).toBe(400);
  const { error } = (await response.json()) as { error: { message: string } };
  expect(error.message).toBe(`A form has at most ${String(LIMITS.formParameters.max)} parameters.`);
});

test('an unknown parameter is named by its beginning, however long it is, and of many the first are named', async () => {
  const long = 'x'.repeat(20_000);
  const start = 'x'.repeat(100);
  const one = await postJson('/v1/customers', { [long]: '1' });
  expect(one).toMatchObject({ status: 400, error: { message: `Received unknown parameter: ${start}`, param: start } });
  const all = await postJson('/v1/customers', Object.fromEntries(many(30).map((index) => [`${long.slice(index)}${String(index)}`, '1'])));
  expect(all.error.message.length).toBeLessThan(2500);
  expect(all.error.message).toMatch(/, and 10 more$/);
});

test('a price with a hundred tiers in each of eleven currencies is refused', async () => {
  const options = Object.fromEntries(OTHERS.map((currency) => [currency, { tiers: tiersOf(100) }]));
  expect(await postJson('/v1/prices', tiered(tiersOf(100), options))).toMatchObject({ status: 400, error: { param: 'currency_options' } });
});

test('an account has at most sixteen webhook endpoints, and deleting one makes room', async () => {
  const create = (index: number) =>
    server.stripe.webhookEndpoints.create({ url: `https://93.184.216.34/${String(index)}`, enabled_events: ['*'] });
  const made: Stripe.WebhookEndpoint[] = [];
  for (const index of many(LIMITS.webhookEndpoints.max)) made.push(await create(index));
  expect(await refusalOf(create(16))).toMatchObject({ statusCode: 400, param: 'url' });
  await server.stripe.webhookEndpoints.del((made[0] as Stripe.WebhookEndpoint).id);
  expect((await create(17)).status).toBe('enabled');
});

test('a customer has at most a thousand pending invoice items', async () => {
  const item = () => server.stripe.invoiceItems.create({ customer, currency: 'usd', amount: 1 });
  const { id } = await item();
  const copies = many(LIMITS.pendingInvoiceItems.max - 1).map((index) => `ii_copy_${String(index)}`);
  await server.deps.sql`
    insert into invoice_items overriding system value select (jsonb_populate_record(i, jsonb_build_object('id', c.id, 'seq', (select max(seq) from invoice_items) + c.n))).*
    from invoice_items i, unnest(${copies}::text[]) with ordinality as c (id, n) where i.id = ${id}`;
  expect(await refusalOf(item())).toMatchObject({ statusCode: 400, param: 'customer' });
});
