import { operations } from '../../../server/routes';
import { createAccount } from '../../../db/accounts';
import { TABLES } from '../../../db/tables';
import { startServer, type TestServer } from '../server';

let server: TestServer;
let ids: string[] = [];

beforeAll(async () => {
  server = await startServer();
  const { stripe } = server;
  const product = await stripe.products.create({ name: 'Secret', metadata: { secret: 'yes' } });
  const price = await stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: 100, lookup_key: 'secret' });
  const customer = await stripe.customers.create({ name: 'Secret', email: 'secret@example.com', balance: -5 });
  const [transaction] = (await stripe.customers.listBalanceTransactions(customer.id)).data;
  const taxId = await stripe.customers.createTaxId(customer.id, { type: 'jp_rn', value: '12345' });
  const coupon = await stripe.coupons.create({ id: 'SECRET', percent_off: 10 });
  const code = await stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: coupon.id }, code: 'SECRET' });
  const rate = await stripe.taxRates.create({ display_name: 'VAT', percentage: 20, inclusive: false });
  const item = await stripe.invoiceItems.create({ customer: customer.id, amount: 100, currency: 'usd' });
  const settings = { display_name: 'Secret', event_name: 'secret', default_aggregation: { formula: 'sum' as const } };
  const meter = await stripe.billing.meters.create(settings);
  await stripe.paymentMethodConfigurations.create({ name: 'Secret' });
  const [event] = (await stripe.events.list()).data;
  ids = [
    product.id,
    price.id,
    customer.id,
    String(transaction?.id),
    coupon.id,
    code.id,
    rate.id,
    item.id,
    String(event?.id),
    taxId.id,
    meter.id,
  ];
});
afterAll(() => server.stop());

/** Tax codes and the accounts of a ledger are the same for everybody. */
const reads = operations.filter(
  ({ method, path }) => method === 'get' && !path.startsWith('/v1/tax_codes') && path !== '/v1/ledger/accounts',
);

/** Every account has a first row of its own here, so only words can leak. */
const NEVER_EMPTY = [
  '/v1/api_keys',
  '/v1/payment_method_configurations',
  '/v1/license_signing_keys',
  '/v1/processors',
  '/v1/radar/value_lists',
  '/v1/dispute_rates',
];

/** What some reads require, by the end of their path. */
const QUERIES: Record<string, string> = {
  event_summaries: '?customer=CUSTOMER&start_time=0&end_time=3600',
  statement: '?currency=usd',
  ':form': '?period=2026-Q1',
};

/** Every path with every id in its last place; what comes before that is the customer, whose sub-resources these are. */
function urlsOf(path: string): string[] {
  const [product = '', , customer = ''] = ids;
  const places = [...path.matchAll(/:\w+/g)].length;
  const query = QUERIES[path.split('/').at(-1) ?? '']?.replace('CUSTOMER', customer) ?? '';
  if (places === 0)
    return ['', '?query=created%3E0&limit=100', '?limit=100', `?product=${product}`, `?customer=${customer}`].map(
      (params) => path + params,
    );
  return ids.map((id) => {
    let place = 0;
    return path.replace(/:\w+/g, () => ((place += 1) === places ? id : customer)) + query;
  });
}

async function expectNothing(key: string): Promise<void> {
  const urls = reads.flatMap(({ path }) => urlsOf(path));
  await inParallel(urls, async (url) => {
    const response = await fetch(`${server.url}${url}`, { headers: { Authorization: `Bearer ${key}` } });
    const body = await response.text();
    const hasRows = body.includes('"data":[{') && !NEVER_EMPTY.includes(url.split('?')[0] ?? '');
    expect({ url, leaks: hasRows || /Secret|secret@|SECRET"?,|"12345"/.test(body) }).toEqual({ url, leaks: false });
    if (/\/(acct|cus|prod|price|txr|ii|evt|cbtxn|txi|promo|mtr)_|\/SECRET/.test(url))
      // As Stripe does, an account that is not the caller's is refused in the same way whether it exists or not.
      expect({ url, status: response.status }).toEqual({ url, status: url.startsWith('/v1/accounts/') ? 403 : 404 });
  });
}

async function inParallel<Item>(items: Item[], each: (item: Item) => Promise<void>): Promise<void> {
  const rest = items.values();
  await Promise.all(
    Array.from({ length: 10 }, async () => {
      for (const item of rest) await each(item);
    }),
  );
}

test('another account reads none of it, whatever it asks', async () => {
  const { keys } = await createAccount(server.database.sql, { name: 'Other' });
  await expectNothing(keys.test);
});

test('live mode reads nothing of test mode', async () => {
  await expectNothing(server.keys.live);
});

test('another account changes none of it', async () => {
  const { keys } = await createAccount(server.database.sql, { name: 'Third' });
  const before = await snapshot();
  const writes = operations.filter(({ method, through, path }) => method !== 'get' && through === null && path.includes(':'));
  const attempts = writes.flatMap(({ method, path }) => ids.map((id) => ({ method, path, id })));
  await inParallel(attempts, async ({ method, path, id }) => {
    const url = `${server.url}${path.replace(/:\w+/g, id)}`;
    const response = await fetch(url, {
      method: method.toUpperCase(),
      headers: { Authorization: `Bearer ${keys.test}`, 'Content-Type': 'application/x-www-form-urlencoded' },
      body: 'metadata[stolen]=1',
    });
    expect({ url, ok: response.ok }).toEqual({ url, ok: false });
  });
  expect(await snapshot()).toEqual(before);
});

test("what belongs to another account cannot be named in one's own objects", async () => {
  const { keys } = await createAccount(server.database.sql, { name: 'Fourth' });
  const [product = '', price = '', customer = '', , coupon = '', rate = ''] = ids;
  const other = server.as(keys.test);
  const own = await other.customers.create({ name: 'Own' });
  const attempts = [
    other.prices.create({ product, currency: 'usd', unit_amount: 1 }),
    other.coupons.create({ percent_off: 5, applies_to: { products: [product] } }),
    other.invoiceItems.create({ customer, amount: 1, currency: 'usd' }),
    other.invoiceItems.create({ customer: own.id, pricing: { price } }),
    other.invoiceItems.create({ customer: own.id, amount: 1, currency: 'usd', discounts: [{ coupon }] }),
    other.invoiceItems.create({ customer: own.id, amount: 1, currency: 'usd', tax_rates: [rate] }),
  ];
  for (const attempt of await Promise.allSettled(attempts)) expect(attempt.status).toBe('rejected');
});

test('a coupon may have the same word in another account', async () => {
  const { keys } = await createAccount(server.database.sql, { name: 'Fifth' });
  expect(await server.as(keys.test).coupons.create({ id: 'SECRET', percent_off: 20 })).toMatchObject({ id: 'SECRET', percent_off: 20 });
  expect(await server.stripe.coupons.retrieve('SECRET')).toMatchObject({ percent_off: 10 });
});

async function snapshot(): Promise<unknown> {
  const { sql } = server.database;
  const tables = Object.values(TABLES).filter(({ table }) => table !== 'accounts');
  return Promise.all(
    tables.map(({ table }) => sql`select * from ${sql(table)} where account = ${server.account}`.then((rows) => [...rows])),
  );
}
