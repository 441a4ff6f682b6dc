import { operations } from '../../../server/routes';
import { createAccount } from '../../../db/accounts';
import { TABLES } from '../../../db/tables';
import { startServer, type TestServer } from '../server';

let server: TestServer;
/** What another account must not reach, by the collection that it is in. */
let kept: Record<string, string> = {};

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

/** Paths in which a collection has another name. */
const COLLECTIONS: Record<string, string> = { plans: 'prices' };

/** What a path is tried with: what is in its collection, and then others, not the same for each path. */
function triedWith(path: string, tries: number): string[] {
  const collection = path.match(/\w+(?=\/:\w+[^:]*$)/)?.[0] ?? '';
  const own = kept[COLLECTIONS[collection] ?? collection];
  const others = Object.values(kept).filter((id) => id !== own);
  const from = path.length % others.length;
  return [...(own === undefined ? [] : [own]), ...others.slice(from), ...others.slice(0, from)].slice(0, tries);
}

/** What is asked of a path. */
function urlsOf(path: string, tries: number): string[] {
  const { products: product = '', customers: customer = '' } = kept;
  const query = QUERIES[path.split('/').at(-1) ?? '']?.replace('CUSTOMER', customer) ?? '';
  if (!path.includes(':'))
    return ['', '?query=created%3E0&limit=100', '?limit=100', `?product=${product}`, `?customer=${customer}`].map(
      (params) => path + params,
    );
  return triedWith(path, tries).map((id) => `${filled(path, id)}${query}`);
}

/** With this id in its last place; what comes before that is the customer, whose sub-resources these are. */
function filled(path: string, id: string): string {
  const places = [...path.matchAll(/:\w+/g)].length;
  let place = 0;
  return path.replace(/:\w+/g, () => ((place += 1) === places ? id : (kept['customers'] ?? '')));
}

async function expectNothing(key: string, tries: number): Promise<void> {
  const urls = reads.flatMap(({ path }) => urlsOf(path, tries));
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

async function snapshot(): Promise<unknown> {
  const { sql } = server.database;
  const tables = Object.values(TABLES).filter(({ table }) => table !== 'accounts');
  return Promise.all(
    tables.map(({ table }) => sql`select * from ${sql(table)} where account = ${server.account}`.then((rows) => [...rows])),
  );
}

/**
 * Nothing of one account is read or changed by another.
 *
 * @param tries how many of those objects each path is tried with: first the one of its own collection
 */
export function testLeaks(tries: number): void {
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
    kept = {
      products: product.id,
      prices: price.id,
      customers: customer.id,
      coupons: coupon.id,
      tax_rates: rate.id,
      balance_transactions: String(transaction?.id),
      invoiceitems: item.id,
      events: String(event?.id),
      tax_ids: taxId.id,
      promotion_codes: code.id,
      meters: meter.id,
    };
  });
  afterAll(() => server.stop());

  test('each of these objects is tried where it belongs', () => {
    const tried = operations.filter(({ method }) => method === 'get').flatMap(({ path }) => (path.includes(':') ? triedWith(path, 1) : []));
    expect(Object.values(kept).filter((id) => !tried.includes(id))).toEqual([]);
  });

  test('another account reads none of it, whatever it asks', async () => {
    const { keys } = await createAccount(server.database.sql, { name: 'Other' });
    await expectNothing(keys.test, tries);
  });

  test('live mode reads nothing of test mode', async () => {
    await expectNothing(server.keys.live, tries);
  });

  test('another account changes none of it', async () => {
    const { keys } = await createAccount(server.database.sql, { name: 'Third' });
    const before = await snapshot();
    const writes = operations.filter(({ method, through, path }) => method !== 'get' && through === null && path.includes(':'));
    const attempts = writes.flatMap(({ method, path }) => triedWith(path, tries).map((id) => ({ method, path, id })));
    await inParallel(attempts, async ({ method, path, id }) => {
      const url = `${server.url}${filled(path, id)}`;
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
    const { products: product = '', prices: price = '', customers: customer = '', coupons: coupon = '', tax_rates: rate = '' } = kept;
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
}
