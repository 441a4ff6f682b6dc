import Stripe from 'stripe';
import { reportErrors } from '../../db/metering/meter-errors';
import { startSystem, until, type TestSystem } from '../support/system';
import { startReceiver, type Receiver } from '../webhooks/receiver';

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

const REPORT = 'v1.billing.meter.error_report_triggered';
const NO_METER = 'v1.billing.meter.no_meter_found';

test('refused events, of streams too, are reported once for each meter, to endpoints that listen', async () => {
  const { stripe, deps } = system;
  const { secret } = await stripe.webhookEndpoints.create({ url: inbox.url, enabled_events: [REPORT, NO_METER] as never });
  await stripe.webhookEndpoints.create({ url: `${inbox.url}/all`, enabled_events: ['*'] });
  const terms = { display_name: 'm', event_name: 'reported', default_aggregation: { formula: 'sum' as const } };
  const meter = await stripe.billing.meters.create(terms);
  const { id: customer } = await stripe.customers.create({});
  const event = (value: string, more: object = {}) => ({
    event_name: 'reported',
    identifier: `reported ${value}`,
    payload: { stripe_customer_id: customer, value },
    ...more,
  });
  const { authentication_token: token } = await stripe.v2.billing.meterEventSession.create();
  const { hostname, port } = new URL(system.url);
  const stream = new Stripe(token, { host: hostname, port, protocol: 'http', maxNetworkRetries: 0, telemetry: false });
  const events = [event('1'), event('x'), event('y'), event('2', { payload: { value: '2' } }), event('3', { event_name: 'nobody' })];
  await stream.v2.billing.meterEventStream.create({ events });
  await expect(stripe.billing.meterEvents.create(event('z'))).rejects.toMatchObject({ code: 'meter_event_invalid_value' });
  const now = Math.floor(Date.now() / 1000);
  const endpoints = await reportErrors(deps.sql, { openedBefore: now + 1, now, secret: deps.secret });
  deps.notify({ account: '', livemode: false }, now, { wakes: [], endpoints });
  expect(await reportErrors(deps.sql, { openedBefore: now + 1, now, secret: deps.secret })).toEqual([]);

  const got = await until(() => (inbox.received.filter((each) => each.event.type.startsWith('v1.')).length === 2 ? inbox.received : null));
  const one = got.find((each) => (each.event.type as string) === REPORT);
  const notification = stripe.parseEventNotification(one?.body ?? '', one?.signature ?? '', secret ?? '');
  expect(notification).toMatchObject({ type: REPORT, related_object: { id: meter.id, type: 'billing.meter' } });
  expect(JSON.parse(one?.body ?? '{}')).not.toHaveProperty('data');
  const report = await stripe.v2.core.events.retrieve(notification.id);
  expect(report).toMatchObject({
    object: 'v2.core.event',
    data: {
      developer_message_summary: 'There are 4 invalid events',
      reason: {
        error_count: 4,
        error_types: [
          { code: 'meter_event_invalid_value', error_count: 3 },
          { code: 'meter_event_no_customer_defined', error_count: 1, sample_errors: [{ request: { identifier: 'reported 2' } }] },
        ],
      },
    },
  });
  const other = got.find((each) => (each.event.type as string) === NO_METER);
  const lost = await stripe.v2.core.events.retrieve(other?.event.id ?? '');
  expect(lost).toMatchObject({ type: NO_METER, data: { reason: { error_count: 1, error_types: [{ code: 'no_meter' }] } } });
  const v1 = await stripe.events.list({ limit: 100 });
  expect(v1.data.map(({ type }) => type as string).filter((type) => type.startsWith('v1.'))).toEqual([]);
});
