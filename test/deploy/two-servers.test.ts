/** Two servers over one database: a caller who meets one and then the other notices nothing. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type Stripe from 'stripe';
import { connect } from '../../db/connect';
import { documentTokens, idOfDocumentToken, type TokenSecrets } from '../../db/ids';
import { installationKey, resealKey } from '../../db/installation-key';
import { Readiness } from '../../observability/readiness';
import { createHttpServer, leaveConnections } from '../../server/http-server';
import { readSessionToken, sessionToken } from '../../server/metering/sessions';
import { booksBalanceAfterEach } from '../ledger/books';
import type { ProgramProcess } from '../observability/program';
import { ConsoleBrowser, consoleUser } from '../support/console';
import { useProduct } from '../support/product';
import { asAdmin, OWNER } from '../support/stack';
import { clientOf, startServer } from './servers';

const product = useProduct();
const { stripe } = product;
booksBalanceAfterEach(product);

let second: ProgramProcess;
let other: Stripe;

beforeAll(async () => {
  second = await startServer(product);
  other = clientOf(second.url, product.system.keys.test);
}, 60_000);
// Also what has been sent is answered: rotation.slow.test.ts.
afterAll(async () => {
  expect(await second.stop()).toBe(0);
});

const VISA = 'pm_card_visa';

async function subscribed(): Promise<Stripe.Subscription> {
  const { id: customer } = await stripe.customers.create({ payment_method: VISA, invoice_settings: { default_payment_method: VISA } });
  const recurring = { interval: 'month' } as const;
  const { id: price } = await other.prices.create({ currency: 'usd', unit_amount: 900, recurring, product_data: { name: 'Pro' } });
  return stripe.subscriptions.create({ customer, items: [{ price }] });
}

test('the same Idempotency-Key at both at once creates one customer, and both give its answer', async () => {
  const options = { idempotencyKey: 'at both' };
  const made = await Promise.all([stripe, other, stripe, other].map((each) => each.customers.create({ name: 'Ann' }, options)));
  expect(new Set(made.map(({ id }) => id)).size).toBe(1);
  expect(await product.sql`select id from customers where name = 'Ann'`).toHaveLength(1);
});

test('changes of one subscription that come to both at once are all made, each once', async () => {
  const { id } = await subscribed();
  const updates = () => product.sql`select seq from events where object_id = ${id} and type = 'customer.subscription.updated'`;
  const before = (await updates()).length;
  const names = Array.from({ length: 12 }, (_, index) => `change${String(index)}`);
  await Promise.all(names.map((name, index) => (index % 2 === 0 ? stripe : other).subscriptions.update(id, { metadata: { [name]: '1' } })));
  expect(Object.keys((await other.subscriptions.retrieve(id)).metadata).sort()).toEqual([...names].sort());
  expect(await updates()).toHaveLength(before + names.length);
});

test('invoices that both finalize at once for one customer have numbers without a gap', async () => {
  const { id: customer } = await stripe.customers.create({ name: 'Numbers' });
  const drafts = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const { id } = await stripe.invoices.create({ customer, collection_method: 'send_invoice', days_until_due: 14 });
      await other.invoiceItems.create({ customer, invoice: id, amount: 500, currency: 'usd' });
      return id;
    }),
  );
  const final = await Promise.all(drafts.map((id, index) => (index % 2 === 0 ? stripe : other).invoices.finalizeInvoice(id)));
  expect(final.map(({ number }) => Number(number?.split('-')[1])).sort()).toEqual([1, 2, 3, 4, 5, 6]);
});

test('a buyer whose form reaches both at once is charged once', async () => {
  const { id: price } = await stripe.prices.create({ currency: 'usd', unit_amount: 2_300, product_data: { name: 'Book' } });
  const success = 'https://shop.example.com/thanks';
  const session = await stripe.checkout.sessions.create({
    ...{ mode: 'payment', success_url: success, line_items: [{ price, quantity: 1 }], customer_creation: 'always' },
  });
  const body = new URLSearchParams({
    ...{ email: 'ada@example.com', name: 'Ada', number: '4242424242424242', expiry: '12/34', cvc: '123', attempt: '0' },
    withdrawal_consent: 'yes',
  });
  const { pathname } = new URL(session.url ?? '');
  await Promise.all([product.url, second.url].map((url) => fetch(`${url}${pathname}`, { method: 'POST', body, redirect: 'manual' })));
  const { customer, status } = await other.checkout.sessions.retrieve(session.id);
  expect(status).toBe('complete');
  const { data } = await stripe.charges.list({ customer: customer as string });
  expect(data.map((charge) => [charge.amount, charge.status])).toEqual([[2_300, 'succeeded']]);
});

test('a usage event that is sent to both counts once, and a session for usage that one has opened is taken by the other', async () => {
  const { id: customer } = await stripe.customers.create({ name: 'Meter' });
  const meter = await stripe.billing.meters.create({
    ...{ display_name: 'Calls', event_name: 'calls_at_both', default_aggregation: { formula: 'sum' } },
  });
  const event = { event_name: 'calls_at_both', identifier: 'the same', payload: { stripe_customer_id: customer, value: '3' } };
  await Promise.all([stripe, other].map((each) => each.billing.meterEvents.create(event).catch(() => null)));
  const { authentication_token: token } = await stripe.v2.billing.meterEventSession.create();
  await clientOf(second.url, token).v2.billing.meterEventStream.create({ events: [{ ...event, identifier: 'another' }] });
  const now = Math.floor(Date.now() / 60_000) * 60;
  const of = { customer, start_time: now - 3_600, end_time: now + 60 };
  expect((await other.billing.meters.listEventSummaries(meter.id, of)).data.map(({ aggregated_value: value }) => value)).toEqual([6]);
});

test('a login at one is a login at the other, and so is a logout', async () => {
  const { browser } = await consoleUser({ sql: product.sql, url: product.url, account: product.account }, 'owner');
  const there = new ConsoleBrowser(second.url, { Cookie: browser.cookie });
  const { status, html } = await there.look('/console');
  expect(status).toBe(200);
  const [, csrf = ''] = /name="csrf" value="([^"]+)"/.exec(html) ?? [];
  await browser.send('/console/logout', { csrf });
  expect((await there.look('/console')).status).toBe(303);
});

test('a server that is to stop says so, answers, and ends each connection after its answer', async () => {
  const server = createHttpServer((_request, response) => response.end('answer'));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const ask = async () => {
    const answer = await fetch(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
    return [await answer.text(), answer.headers.get('connection')];
  };
  const readiness = new Readiness({ any: () => Promise.resolve() });
  expect([await ask(), (await readiness.look()).status]).toEqual([['answer', 'keep-alive'], 'ready']);
  readiness.stop();
  leaveConnections(server);
  expect([await ask(), (await readiness.look()).status]).toEqual([['answer', 'close'], 'stopping']);
  await new Promise((resolve) => server.close(resolve));
});

// While servers run: rotation.slow.test.ts.
test('links and tokens of an old secret open as long as it is known, new ones are of the first, and a server that does not know it refuses them', () => {
  const [old, both, next]: [TokenSecrets, TokenSecrets, TokenSecrets] = [['old'], ['next', 'old'], ['next']];
  const opened = (makers: TokenSecrets) => {
    const link = documentTokens(makers)('in_1');
    const token = sessionToken(makers, 'mk_1', 100);
    return [old, both, next].map((secrets) => [idOfDocumentToken(secrets, link), readSessionToken(secrets, token, 99)]);
  };
  const [taken, refused] = [
    ['in_1', { keyId: 'mk_1' }],
    [null, null],
  ];
  expect(opened(old)).toEqual([taken, taken, refused]);
  expect(opened(both)).toEqual([refused, taken, taken]);
});

// While a server runs with it: rotation.slow.test.ts.
test('a second role of the database that acts as the owner reads what the first has written, and makes tables of the owner', async () => {
  const { id } = await stripe.customers.create({ name: 'Rotated' });
  const next = new URL(product.system.database.url);
  const role = `rotated_${next.pathname.slice(1)}`;
  Object.assign(next, { username: role, password: 'another' });
  await asAdmin((admin) =>
    admin.unsafe(`create role ${role} login password 'another' in role ${OWNER}; alter role ${role} set role ${OWNER}`),
  );
  const sql = connect(next.href, { max: 1 });
  try {
    expect(await sql`select id from customers where name = 'Rotated'`).toEqual([{ id }]);
    await sql`create table of_second_role (id text)`;
    expect(await sql`select tableowner from pg_tables where tablename = 'of_second_role'`).toEqual([{ tableowner: OWNER }]);
    await sql`drop table of_second_role`;
  } finally {
    await sql.end();
    await asAdmin((admin) => admin.unsafe(`drop role ${role}`));
  }
});

// While processes are killed and servers run: rotation.slow.test.ts.
test('another secret of the installation seals its key anew, which stays the same and opens with no other secret', async () => {
  const { sql } = product;
  const [old, next] = ['the-first-secret-of-this-installation', 'the-second-secret-of-the-installation'];
  const key = await installationKey(sql, []);
  try {
    expect(await resealKey(sql, [old])).toBe(true);
    expect(await resealKey(sql, [next, old])).toBe(true);
    expect(await resealKey(sql, [next, old])).toBe(false);
    expect(await sql`select 1 from instance where key = ${key}`).toEqual([]);
    expect(await installationKey(sql, [next])).toEqual(key);
    await expect(installationKey(sql, [old])).rejects.toThrow('sealed with a DUNLIN_SECRET that is not set here');
  } finally {
    await sql`update instance set key = ${key}, sealed_with = null`;
  }
});
