/** A server that stops, and secrets that change, while other servers go on. two-servers.test.ts has a short proof of each. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type Stripe from 'stripe';
import { judgeSeal } from '../../cli/doctor/database';
import { childEnvironment } from '../../config';
import { installationKey, keySeal, resealKey } from '../../db/installation-key';
import { pathOf } from '../architecture/repository';
import { booksBalanceAfterEach } from '../ledger/books';
import type { ProgramProcess } from '../observability/program';
import { customerWith, priceOf } from '../support/builders';
import { useProduct } from '../support/product';
import { OWNER, asAdmin } from '../support/stack';
import { clientOf, startServer } from './servers';

const product = useProduct();
const { stripe } = product;
booksBalanceAfterEach(product);

let second: ProgramProcess;
beforeAll(async () => {
  second = await startServer(product);
}, 60_000);
afterAll(() => second.stop());

test('a server that is asked to stop says so, answers what has been sent, and ends connections after their answer', async () => {
  const stopping = await startServer(product, { STOP_DELAY_SECONDS: '2', METRICS_PORT: '0' });
  const of = clientOf(stopping.url, product.system.keys.test);
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  const { id } = await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe) }] });
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
      startServer(product, { DUNLIN_TOKEN_SECRETS: `${NEXT},${secret}` }),
      startServer(product, { DUNLIN_TOKEN_SECRETS: NEXT }),
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
    const renewed = await startServer(product, { DUNLIN_SECRET: next });
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
    const rotated = await startServer(product, { DATABASE_URL: next.href });
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
