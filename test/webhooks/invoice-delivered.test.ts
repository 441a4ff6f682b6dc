import type Stripe from 'stripe';
import { customerWith } from '../support/builders';
import { startClock } from '../support/clock';
import { startSystem, until, type TestSystem } from '../support/system';
import { startReceiver, type Receiver } from './receiver';

let system: TestSystem;
let stripe: Stripe;
let receivers: Receiver[];
beforeAll(async () => {
  system = await startSystem();
  ({ stripe } = system);
}, 120_000);
afterAll(() => system.stop());
beforeEach(() => {
  receivers = [];
});
afterEach(async () => {
  for (const endpoint of (await stripe.webhookEndpoints.list({ limit: 100 })).data) await stripe.webhookEndpoints.del(endpoint.id);
  await Promise.all(receivers.map((receiver) => receiver.close()));
});

async function listen(type: Stripe.WebhookEndpointCreateParams.EnabledEvent): Promise<Receiver> {
  const receiver = await startReceiver();
  receivers.push(receiver);
  await stripe.webhookEndpoints.create({ url: receiver.url, enabled_events: [type] });
  return receiver;
}

async function draft(params: Stripe.CustomerCreateParams = {}): Promise<Stripe.Invoice> {
  const { customer } = await customerWith(stripe, null, params);
  return stripe.invoices.create({ customer, auto_advance: false });
}

const deliveredAt = async (id: string): Promise<number | null> => (await stripe.invoices.retrieve(id)).webhooks_delivered_at;

test('an invoice counts as delivered at its creation if no endpoint listens for that', async () => {
  expect(await draft()).toMatchObject({ webhooks_delivered_at: expect.any(Number) as number });
  await listen('invoice.paid');
  const invoice = await draft();
  expect(invoice.webhooks_delivered_at).toBe(invoice.created);
});

test('an invoice counts as delivered when the last endpoint has received its creation, and changes meanwhile do not undo that', async () => {
  const [fast, slow] = [await listen('invoice.created'), await listen('*')];
  let isUp = false;
  slow.answer(({ event }) => ({ status: event.type === 'invoice.created' && !isUp ? 500 : 200 }));
  const invoice = await draft();
  expect(invoice.webhooks_delivered_at).toBeNull();
  await until(() => fast.received.length === 1 && slow.received.some(({ event }) => event.type === 'invoice.created'));
  await stripe.invoices.update(invoice.id, { description: 'changed while one endpoint waits' });
  expect(await deliveredAt(invoice.id)).toBeNull();
  isUp = true;
  const at = await until(() => deliveredAt(invoice.id), { timeoutMs: 20_000 });
  expect(at).toBeGreaterThanOrEqual(invoice.created);
  const changed = await stripe.invoices.update(invoice.id, { description: 'changed after that' });
  expect(changed.webhooks_delivered_at).toBe(at);
});

test('of several endpoints that receive it at the same time, exactly one counts as the last', async () => {
  await Promise.all(Array.from({ length: 6 }, () => listen('invoice.created')));
  const invoices = await Promise.all(Array.from({ length: 5 }, () => draft()));
  for (const { id } of invoices) expect(await until(() => deliveredAt(id), { timeoutMs: 20_000 })).toEqual(expect.any(Number));
});

test('on a test clock the time is the clock’s', async () => {
  const clock = await startClock(stripe, '2026-01-15');
  await listen('invoice.created');
  const invoice = await draft({ test_clock: clock.id });
  expect(await until(() => deliveredAt(invoice.id), { timeoutMs: 20_000 })).toBe(clock.now());
});
