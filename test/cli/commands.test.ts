import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DefaultLogger } from '@temporalio/worker';
import { workflowBundle } from '../../worker/bundle';
import { replayRunning } from '../../worker/replay';
import { pathOf } from '../architecture/repository';
import { booksBalanceAfterEach } from '../ledger/books';
import { useProduct } from '../support/product';
import { dunlin, environment } from './dunlin';

const product = useProduct();
const { stripe } = product;
booksBalanceAfterEach(product);

async function subscribed(clock?: string): Promise<{ customer: string; subscription: string }> {
  const customer = await stripe.customers.create({
    ...(clock === undefined ? {} : { test_clock: clock }),
    ...{ payment_method: 'pm_card_visa', invoice_settings: { default_payment_method: 'pm_card_visa' } },
  });
  const price = await stripe.prices.create({
    ...{ currency: 'usd', unit_amount: 1500, recurring: { interval: 'month' }, product_data: { name: 'Pro' } },
  });
  const { id } = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
  return { customer: customer.id, subscription: id };
}

describe('a command', () => {
  it('shows its examples, and tells a wrong use (2) from a failure (1)', async () => {
    const [help, unknown, wrong, refused, many] = await Promise.all([
      dunlin(product, ['events', 'forward', '--help']),
      dunlin(product, ['frobnicate']),
      dunlin(product, ['clock', 'advance', 'clock_1', '--to', '2026-01-01', '--by', '1d']),
      dunlin(product, ['clock', 'advance', 'clock_unknown', '--by', '1d', '--json']),
      dunlin(product, ['seed', '--customers', 'many']),
    ]);
    expect(help.out).toContain('$ dunlin events forward --to http://localhost:3000/webhook');
    expect(unknown).toMatchObject({ code: 2, err: expect.stringContaining("unknown command 'frobnicate'") as string });
    expect(wrong.code).toBe(1);
    expect(many.code).not.toBe(0);
    expect(many.err).toContain('--customers');
    expect(wrong.err).toContain('clock_1');
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.err)).toMatchObject({ error: { message: expect.stringContaining('clock_unknown') as string } });
  }, 120_000);

  it('advances a clock until all that falls due has happened', async () => {
    const clock = await stripe.testHelpers.testClocks.create({ frozen_time: Date.UTC(2026, 0, 31) / 1000 });
    const { subscription } = await subscribed(clock.id);
    const { code, lines } = await dunlin(product, ['clock', 'advance', clock.id, '--by', '1mo', '--json']);
    expect(code).toBe(0);
    expect(lines.at(-1)).toMatchObject({ clock: clock.id, status: 'ready', frozen_time: Date.UTC(2026, 1, 28) / 1000 });
    expect((await stripe.invoices.list({ subscription })).data.map(({ billing_reason }) => billing_reason)).toContain('subscription_cycle');
    const back = await dunlin(product, ['clock', 'advance', clock.id, '--to', '2025-01-01']);
    expect(back).toMatchObject({ code: 2, err: expect.stringContaining('forward') as string });
  }, 120_000);
});

describe('events', () => {
  it('are forwarded once each, signed, and again after a refusal, also those of a test clock in the past', async () => {
    const got: { type: string; status: number }[] = [];
    const receiver = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const signature = request.headers['stripe-signature'] ?? '';
        const { type } = stripe.webhooks.constructEvent(Buffer.concat(chunks).toString(), signature, 'whsec_mine');
        const status = got.length === 0 ? 500 : 200;
        got.push({ type, status });
        response.writeHead(status).end();
      });
    });
    receiver.listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    const to = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
    const filter = ['--types', 'invoice.paid,customer.subscription.*', '--limit', '2'];
    const child = spawn(
      process.execPath,
      [pathOf('cli/dunlin.cjs'), 'events', 'forward', '--to', to, '--secret', 'whsec_mine', ...filter],
      {
        env: await environment(product),
      },
    );
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    const ended = once(child, 'exit');
    while (!out.includes('Forwarding')) await once(child.stdout, 'data');
    const clock = await stripe.testHelpers.testClocks.create({ frozen_time: Date.UTC(2024, 0, 31) / 1000 });
    await subscribed(clock.id);
    expect((await ended)[0]).toBe(0);
    receiver.close();
    expect(got.map(({ status }) => status)).toEqual([500, 200, 200]);
    expect(new Set(got.map(({ type }) => type))).toEqual(new Set(['customer.subscription.created', 'invoice.paid']));
    expect(out).toMatch(/the endpoint answered 500; tried again/);
  }, 120_000);
});

describe('doctor', () => {
  it('finds nothing wrong with an installation that works', async () => {
    const { code, lines } = await dunlin(product, ['doctor', '--json']);
    expect(lines.filter(({ level }) => level !== 'ok')).toEqual([]);
    expect(code).toBe(0);
    const looked = [
      'server',
      'database',
      'clocks',
      'disk',
      'schema',
      'secret',
      'keys',
      'webhooks',
      'processors',
      'held',
      'work',
      'temporal',
      'namespace',
      'queues',
    ];
    expect([...new Set(lines.map(({ about }) => about))]).toEqual(expect.arrayContaining(looked));
  }, 120_000);
});

describe('replay', () => {
  it('passes for the code that wrote the histories', async () => {
    await subscribed();
    const { code, lines } = await dunlin(product, ['replay', '--all', '--json']);
    expect(code).toBe(0);
    const subscriptions = lines.find(({ type }) => type === 'subscriptionWorkflow') ?? {};
    expect(Number(subscriptions['running'])).toBeGreaterThan(0);
    expect(subscriptions['replayed']).toBe(subscriptions['running']);
    expect(lines.at(-1)).toMatchObject({ failed: 0 });
  }, 120_000);

  it('fails for code that would do something else, and names the workflow; a sample is as large as it was asked for', async () => {
    const { code } = await workflowBundle(new DefaultLogger('ERROR', () => undefined));
    const { temporal: client, taskQueue } = product.system;
    const changed = { code: code.replaceAll('attemptPayment', 'attemptNothing') };
    const { subscription } = await subscribed();
    const all = await replayRunning({ client, taskQueue, bundle: changed, type: 'subscriptionWorkflow' });
    expect(all.failures.map(({ workflow }) => workflow)).toContain(`subscription/${subscription}`);
    expect(all.failures[0]?.error.message).toMatch(/attemptPayment|[Nn]ondeterminism/);
    const some = await replayRunning({ client, taskQueue, perType: 1, bundle: changed });
    expect(some.types.every(({ replayed }) => replayed <= 1)).toBe(true);
  }, 120_000);
});
