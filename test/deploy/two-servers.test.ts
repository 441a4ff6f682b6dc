/** Two servers over one database: a caller who meets one and then the other notices nothing. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import Stripe from 'stripe';
import { judgeSeal } from '../../cli/doctor/database';
import { childEnvironment } from '../../config';
import { installationKey, keySeal, resealKey } from '../../db/installation-key';
import { pathOf } from '../architecture/repository';
import { booksBalanceAfterEach } from '../ledger/books';
import { spawnProgram, type ProgramProcess } from '../observability/program';
import { ConsoleBrowser, consoleUser } from '../support/console';
import { useProduct } from '../support/product';
import { OWNER, asAdmin, temporalAddress } from '../support/stack';

const product = useProduct();
const { stripe } = product;
booksBalanceAfterEach(product);

let second: ProgramProcess;
let other: Stripe;

/** Repeats what another request holds, as callers should. */
const clientOf = (url: string, key: string): Stripe => {
  const { hostname: host, port } = new URL(url);
  return new Stripe(key, { host, port, protocol: 'http', maxNetworkRetries: 5, telemetry: false });
};

const startServer = async (env: Record<string, string> = {}): Promise<ProgramProcess> =>
  spawnProgram('server', {
    ...{ DATABASE_URL: product.system.database.url, TEMPORAL_ADDRESS: await temporalAddress() },
    ...{ TASK_QUEUE: product.system.taskQueue, LOG_LEVEL: 'fatal', ...env },
  });

beforeAll(async () => {
  second = await startServer();
  other = clientOf(second.url, product.system.keys.test);
}, 60_000);
afterAll(() => second.stop());

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

test('a server that is asked to stop says so, answers what has been sent, and ends connections after their answer', async () => {
  const stopping = await startServer({ STOP_DELAY_SECONDS: '2', METRICS_PORT: '0' });
  const of = clientOf(stopping.url, product.system.keys.test);
  const { id } = await subscribed();
  const before = await fetch(`${stopping.url}/healthz`);
  expect(before.headers.get('connection')).toBe('keep-alive');
  const running = of.subscriptions.update(id, { metadata: { last: 'word' } });
  const ended = stopping.stop();
  await new Promise((resolve) => setTimeout(resolve, 200));
  const ready = await fetch(`${stopping.url}/readyz`);
  expect([ready.status, ((await ready.json()) as { status: string }).status]).toEqual([503, 'stopping']);
  const late = await fetch(`${stopping.url}/v1/subscriptions/${id}`, { headers: { Authorization: `Bearer ${product.system.keys.test}` } });
  expect([late.status, late.headers.get('connection')]).toEqual([200, 'close']);
  expect((await running).metadata).toEqual({ last: 'word' });
  expect(await ended).toBe(0);
});

describe('a secret is changed while servers run', () => {
  const NEXT = 'the-next-secret-of-links-and-tokens';

  async function finalInvoice(): Promise<Stripe.Invoice> {
    const { id: customer } = await stripe.customers.create({ name: 'Links' });
    const { id } = await stripe.invoices.create({ customer, collection_method: 'send_invoice', days_until_due: 14 });
    await stripe.invoiceItems.create({ customer, invoice: id, amount: 500, currency: 'usd' });
    return stripe.invoices.finalizeInvoice(id);
  }

  const statusAt = async (server: { url: string }, link: string | null | undefined): Promise<number> =>
    (await fetch(`${server.url}${new URL(link ?? '').pathname}`, { redirect: 'manual' })).status;

  test('of links and tokens: the old links open until the old secret is taken away, and a server that knows both takes the new ones', async () => {
    const { secret } = product.system.deps;
    const [both, onlyNext] = await Promise.all([
      startServer({ DUNLIN_TOKEN_SECRETS: `${NEXT},${secret}` }),
      startServer({ DUNLIN_TOKEN_SECRETS: NEXT }),
    ]);
    try {
      const invoice = await finalInvoice();
      const again = await clientOf(both.url, product.system.keys.test).invoices.retrieve(invoice.id);
      expect(new URL(again.hosted_invoice_url ?? '').pathname).not.toBe(new URL(invoice.hosted_invoice_url ?? '').pathname);
      const opened = async (link: string | null | undefined) =>
        Promise.all([second, both, onlyNext].map((server) => statusAt(server, link)));
      expect(await opened(invoice.hosted_invoice_url)).toEqual([200, 200, 404]);
      expect(await opened(again.hosted_invoice_url)).toEqual([404, 200, 200]);
      const { authentication_token: token } = await stripe.v2.billing.meterEventSession.create();
      const event = { event_name: 'none', payload: { stripe_customer_id: 'cus_none', value: '1' } };
      const sent = (server: ProgramProcess) =>
        clientOf(server.url, token)
          .v2.billing.meterEventStream.create({ events: [event] })
          .then(
            () => 'taken',
            (error: unknown) => (error as { statusCode: number }).statusCode,
          );
      expect(await Promise.all([sent(second), sent(both), sent(onlyNext)])).toEqual(['taken', 'taken', 401]);
    } finally {
      await Promise.all([both.stop(), onlyNext.stop()]);
    }
  });

  test('of the installation: a command that is killed seals nothing, and the key, what it has kept and what it identifies stay', async () => {
    const { sql } = product;
    const [old, next] = ['the-first-secret-of-this-installation', 'the-second-secret-of-the-installation'];
    const key = await installationKey(sql, []);
    const card = { type: 'card', card: { number: '4242424242424242', exp_month: 1, exp_year: 2040 } } as const;
    const options = { idempotencyKey: 'before the secret changes' };
    const before = await stripe.paymentMethods.create(card, options);
    expect(await resealKey(sql, [old])).toBe(true);
    expect(await sql`select 1 from instance where key = ${key}`).toEqual([]);

    await sql.begin(async (tx) => {
      await tx`select 1 from instance for update`;
      const killed = reseal(`${next},${old}`);
      const ended = once(killed, 'exit');
      while ((await waitingToReseal()) === 0) await new Promise((resolve) => setTimeout(resolve, 50));
      killed.kill('SIGKILL');
      await ended;
    });
    expect(await advised([next, old])).toMatchObject({ level: 'warning', advice: expect.stringContaining('npx dunlin reseal') as string });
    expect(await once(reseal(`${next},${old}`), 'exit')).toEqual([0, null]);
    expect(await advised([next, old])).toMatchObject({ level: 'ok', says: expect.stringContaining('The others can go') as string });
    expect(await advised([old])).toMatchObject({ level: 'failed' });
    expect(await resealKey(sql, [next, old])).toBe(false);

    await expect(installationKey(sql, [old])).rejects.toThrow('sealed with a DUNLIN_SECRET that is not set here');
    await expect(resealKey(sql, [old])).rejects.toThrow('sealed with a DUNLIN_SECRET that is not set here');
    const renewed = await startServer({ DUNLIN_SECRET: next });
    try {
      const { paymentMethods } = clientOf(renewed.url, product.system.keys.test);
      expect((await paymentMethods.create(card, options)).id).toBe(before.id);
      expect((await paymentMethods.create(card)).card?.fingerprint).toBe(before.card?.fingerprint);
    } finally {
      await renewed.stop();
      await sql`update instance set key = ${key}, sealed_with = null`;
    }
  }, 120_000);

  /** What the doctor says of these secrets. */
  const advised = async (secrets: string[]) => judgeSeal(await keySeal(product.sql, secrets), secrets.length);

  const reseal = (DUNLIN_SECRET: string) =>
    spawn(process.execPath, [pathOf('cli/dunlin.cjs'), 'reseal'], {
      stdio: 'ignore',
      env: childEnvironment({ NODE_OPTIONS: '', DUNLIN_DATA: '/nowhere', DATABASE_URL: product.system.database.url, DUNLIN_SECRET }),
    });

  /** As its connection is called, and not yet ended. */
  const waitingToReseal = async (): Promise<number> => {
    const found = await product.sql`
      select 1 from pg_stat_activity where application_name = 'dunlin-reseal' and wait_event_type = 'Lock'
        and datname = current_database()`;
    return found.length;
  };

  test('of the database: a second role that acts as the owner takes over, and the first one is closed', async () => {
    const { url } = product.system.database;
    const role = `rotated_${new URL(url).pathname.slice(1)}`;
    await asAdmin((admin) =>
      admin.unsafe(`create role ${role} login password 'another' in role ${OWNER}; alter role ${role} set role ${OWNER}`),
    );
    const next = new URL(url);
    Object.assign(next, { username: role, password: 'another' });
    const rotated = await startServer({ DATABASE_URL: next.href });
    try {
      const { id } = await clientOf(rotated.url, product.system.keys.test).customers.create({ name: 'Rotated' });
      expect((await stripe.customers.retrieve(id)).id).toBe(id);
      const made = await product.sql`select current_user as me, tableowner from pg_tables where tablename = 'customers'`;
      expect(made[0]?.['tableowner']).toBe(OWNER);
    } finally {
      await rotated.stop();
      await asAdmin((admin) => admin.unsafe(`drop role ${role}`));
    }
  });
});
