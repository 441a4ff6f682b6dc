import { startSystem, until, type TestSystem } from '../support/system';
import { startReceiver, type Receiver } from './receiver';

let system: TestSystem;
let receivers: Receiver[];

beforeAll(async () => {
  system = await startSystem();
}, 120_000);
afterAll(() => system.stop());
beforeEach(() => {
  receivers = [];
});
afterEach(async () => {
  for (const endpoint of (await system.stripe.webhookEndpoints.list({ limit: 100 })).data)
    await system.stripe.webhookEndpoints.del(endpoint.id);
  await Promise.all(receivers.map((receiver) => receiver.close()));
});

async function receiver(): Promise<Receiver> {
  const started = await startReceiver();
  receivers.push(started);
  return started;
}

test('an event reaches its endpoint signed, as the API shows it, and events of other types do not', async () => {
  const { stripe } = system;
  const inbox = await receiver();
  const endpoint = await stripe.webhookEndpoints.create({ url: inbox.url, enabled_events: ['customer.created'] });
  await stripe.products.create({ name: 'Silent' });
  const customer = await stripe.customers.create({ name: 'Ann' });
  const got = await until(() => inbox.received.find(({ event }) => event.type === 'customer.created'));
  const verified = stripe.webhooks.constructEvent(got.body, got.signature, endpoint.secret ?? '');
  expect((verified.data.object as { id: string }).id).toBe(customer.id);
  const shown = await until(async () => {
    const event = await stripe.events.retrieve(verified.id);
    return event.pending_webhooks === 0 ? event : null;
  });
  expect(JSON.parse(got.body)).toEqual({ ...JSON.parse(JSON.stringify(shown)), pending_webhooks: 1 });
  expect(inbox.received.map(({ event }) => event.type)).toEqual(['customer.created']);
});

test('the events of one customer arrive in order, those of several in parallel', async () => {
  const { stripe } = system;
  const inbox = await receiver();
  inbox.answer(() => ({ status: 204, afterMs: Math.floor(Math.random() * 20) }));
  await stripe.webhookEndpoints.create({ url: inbox.url, enabled_events: ['*'] });
  const customers = await Promise.all(Array.from({ length: 6 }, () => stripe.customers.create({ name: '0' })));
  for (let change = 1; change <= 5; change += 1) {
    await Promise.all(customers.map(({ id }) => stripe.customers.update(id, { name: String(change) })));
  }
  await until(() => inbox.received.length >= 36);
  for (const { id } of customers) {
    const names = inbox.received.map(({ event }) => event.data.object as { id: string; name: string }).filter((each) => each.id === id);
    expect(names.map(({ name }) => name)).toEqual(['0', '1', '2', '3', '4', '5']);
  }
});

test('an endpoint that never answers delays only itself', async () => {
  const { stripe } = system;
  const [dead, alive] = [await receiver(), await receiver()];
  dead.answer(() => 'never');
  const stuck = await stripe.webhookEndpoints.create({ url: dead.url, enabled_events: ['product.created'] });
  await stripe.webhookEndpoints.create({ url: alive.url, enabled_events: ['product.created'] });
  const startedAt = Date.now();
  for (let index = 0; index < 12; index += 1) await stripe.products.create({ name: String(index) });
  await until(() => alive.received.length === 12, { timeoutMs: 10_000 });
  expect(Date.now() - startedAt).toBeLessThan(10_000);
  const pending = await system.database.sql`select 1 from deliveries where endpoint = ${stuck.id} and status = 'pending'`;
  expect(pending.length).toBe(12);
});

test('a failing event holds back later events of its customer only; after it, they follow in order', async () => {
  const { stripe } = system;
  const inbox = await receiver();
  let isUp = false;
  const ill = await stripe.customers.create({ name: 'ill 0' });
  inbox.answer(({ event }) => ({ status: (event.data.object as { id: string }).id === ill.id && !isUp ? 500 : 200 }));
  await stripe.webhookEndpoints.create({ url: inbox.url, enabled_events: ['customer.updated', 'customer.created'] });
  await stripe.customers.update(ill.id, { name: 'ill 1' });
  await until(() => inbox.received.length === 1);
  await stripe.customers.update(ill.id, { name: 'ill 2' });
  const well = await stripe.customers.create({ name: 'well' });
  await until(() => inbox.received.some(({ event }) => (event.data.object as { id: string }).id === well.id));
  const namesOfIll = (): string[] =>
    inbox.received
      .map(({ event }) => event.data.object as { id: string; name: string })
      .filter(({ id }) => id === ill.id)
      .map(({ name }) => name);
  expect(new Set(namesOfIll())).toEqual(new Set(['ill 1']));
  isUp = true;
  await until(() => namesOfIll().includes('ill 2'), { timeoutMs: 15_000 });
  expect(namesOfIll()).toEqual(['ill 1', 'ill 1', 'ill 2']);
});

test('while a secret is rolled, signatures verify with both, afterwards only with the new one', async () => {
  const { stripe } = system;
  const inbox = await receiver();
  const endpoint = await stripe.webhookEndpoints.create({ url: inbox.url, enabled_events: ['product.created'] });
  const roll = async (expireIn: number): Promise<string> => {
    const rolled = (await stripe.rawRequest('POST', `/v1/webhook_endpoints/${endpoint.id}/roll_secret`, {
      expire_in: expireIn,
    })) as unknown as { secret: string };
    return rolled.secret;
  };
  const second = await roll(3600);
  await stripe.products.create({ name: 'both' });
  const both = await until(() => inbox.received[0]);
  for (const secret of [endpoint.secret ?? '', second])
    expect(stripe.webhooks.constructEvent(both.body, both.signature, secret).id).toBe(both.event.id);
  const third = await roll(0);
  await stripe.products.create({ name: 'one' });
  const one = await until(() => inbox.received[1]);
  expect(stripe.webhooks.constructEvent(one.body, one.signature, third).id).toBe(one.event.id);
  for (const secret of [endpoint.secret ?? '', second])
    expect(() => stripe.webhooks.constructEvent(one.body, one.signature, secret)).toThrow('signature');
  expect(await stripe.webhookEndpoints.retrieve(endpoint.id)).not.toHaveProperty('secret');
});

test('a redirect is a failure and is not followed; the log has every attempt, without the receiver’s text', async () => {
  const { stripe } = system;
  const [inbox, elsewhere] = [await receiver(), await receiver()];
  inbox.answer(() => ({ status: 302, headers: { location: elsewhere.url } }));
  const endpoint = await stripe.webhookEndpoints.create({ url: inbox.url, enabled_events: ['product.created'] });
  await stripe.products.create({ name: 'Moved' });
  const [delivery] = await until(async () => {
    const page = (await stripe.rawRequest('GET', `/v1/webhook_endpoints/${endpoint.id}/deliveries`)) as unknown as {
      data: { attempts: object[]; status: string }[];
    };
    return page.data[0]?.attempts.length ? page.data : null;
  });
  expect(delivery).toMatchObject({ object: 'webhook_delivery', status: 'pending', event_type: 'product.created' });
  expect(Object.keys(delivery?.attempts[0] ?? {}).sort()).toEqual(['at', 'duration_milliseconds', 'error', 'status']);
  expect(delivery?.attempts[0]).toMatchObject({ status: 302, error: 'redirects are not followed' });
  expect(elsewhere.received).toEqual([]);
});

test('an event is delivered again on request, as by `stripe events resend`', async () => {
  const { stripe } = system;
  const inbox = await receiver();
  const endpoint = await stripe.webhookEndpoints.create({ url: inbox.url, enabled_events: ['product.created'] });
  await stripe.products.create({ name: 'Twice' });
  const first = await until(() => inbox.received[0]);
  await until(async () => (await stripe.events.retrieve(first.event.id)).pending_webhooks === 0);
  const answer = (await stripe.rawRequest('POST', `/v1/events/${first.event.id}/retry`, { webhook_endpoint: endpoint.id })) as unknown as {
    id: string;
  };
  expect(answer.id).toBe(first.event.id);
  const second = await until(() => inbox.received[1]);
  expect(second.event.id).toBe(first.event.id);
});

test('`stripe events resend` without an endpoint reaches every endpoint that listens, and reports if there is none', async () => {
  const { stripe } = system;
  const resend = (event: string, parameters: object) => stripe.rawRequest('POST', `/v1/events/${event}/retry`, parameters);
  const product = await stripe.products.create({ name: 'Unheard' });
  const [event] = (await stripe.events.list({ type: 'product.created', limit: 1 })).data;
  await expect(resend(event?.id ?? '', { for_stripecli: true })).rejects.toMatchObject({ param: 'for_stripecli', statusCode: 400 });
  await expect(resend(event?.id ?? '', {})).rejects.toMatchObject({ code: 'parameter_missing', param: 'webhook_endpoint' });
  const inboxes = [await receiver(), await receiver(), await receiver()];
  const types = ['product.created', '*', 'customer.created'] as const;
  for (const [index, inbox] of inboxes.entries())
    await stripe.webhookEndpoints.create({ url: inbox.url, enabled_events: [types[index] ?? '*'] });
  await resend(event?.id ?? '', { for_stripecli: true });
  const got = await until(() => (inboxes[0]?.received[0] && inboxes[1]?.received[0] ? inboxes.map(({ received }) => received) : null));
  expect(got.map((received) => received.map((each) => (each.event.data.object as { id: string }).id))).toEqual([
    [product.id],
    [product.id],
    [],
  ]);
});

test('a disabled endpoint gets nothing, and a deleted one ends its workflow', async () => {
  const { stripe } = system;
  const inbox = await receiver();
  const endpoint = await stripe.webhookEndpoints.create({ url: inbox.url, enabled_events: ['product.created'] });
  inbox.answer(() => ({ status: 500 }));
  await stripe.products.create({ name: 'fails' });
  await until(() => inbox.received.length === 1);
  expect((await stripe.webhookEndpoints.update(endpoint.id, { disabled: true })).status).toBe('disabled');
  await stripe.products.create({ name: 'unseen' });
  await until(async () => {
    const rows = await system.database.sql`select status from deliveries where endpoint = ${endpoint.id}`;
    return rows.length === 1 && rows[0]?.['status'] === 'canceled';
  });
  expect(inbox.received.length).toBe(1);
  await stripe.webhookEndpoints.del(endpoint.id);
  await until(
    async () => (await system.temporal.workflow.getHandle(`webhook-endpoint/${endpoint.id}`).describe()).status.name === 'COMPLETED',
  );
});
