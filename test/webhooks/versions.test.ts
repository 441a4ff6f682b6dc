import { startSystem, until, type TestSystem } from '../support/system';
import { startReceiver, type Receiver } from './receiver';

let system: TestSystem;
let inbox: Receiver;
beforeAll(async () => {
  system = await startSystem();
  inbox = await startReceiver();
}, 120_000);
afterAll(async () => {
  await system.stop();
  await inbox.close();
});

const shown = (index: number) => ({
  version: inbox.received[index]?.event.api_version,
  details: (inbox.received[index]?.event.data.object as { tax_details?: unknown } | undefined)?.tax_details,
});

test('an endpoint gets each event in its release: at first, when retried, and when sent again', async () => {
  const { stripe } = system;
  inbox.answer(() => ({ status: 500 }));
  const version = '2026-10-28.endive' as '2026-08-26.dahlia';
  const endpoint = await stripe.webhookEndpoints.create({ url: inbox.url, enabled_events: ['product.created'], api_version: version });
  await stripe.products.create({ name: 'Pro', tax_code: 'txcd_10000000' });
  const endive = { version, details: { tax_code: 'txcd_10000000', performance_location: null } };
  await until(() => inbox.received.length === 1);
  expect(shown(0)).toEqual(endive);
  inbox.answer(() => ({ status: 200 }));
  await until(() => inbox.received.length === 2, { timeoutMs: 30_000 });
  expect(shown(1)).toEqual(endive);
  const id = inbox.received[0]?.event.id ?? '';
  await stripe.rawRequest('POST', `/v1/events/${id}/retry`, { webhook_endpoint: endpoint.id });
  await until(() => inbox.received.length === 3);
  expect(shown(2)).toEqual(endive);
});

test('an endpoint without a release gets events as they are stored', async () => {
  const { stripe } = system;
  for (const { id } of (await stripe.webhookEndpoints.list()).data) await stripe.webhookEndpoints.del(id);
  inbox.received.length = 0;
  await stripe.webhookEndpoints.create({ url: inbox.url, enabled_events: ['product.created'] });
  await stripe.products.create({ name: 'Pro', tax_code: 'txcd_10000000' });
  await until(() => inbox.received.length === 1);
  expect(shown(0)).toEqual({ version: '2026-08-26.dahlia', details: undefined });
});
