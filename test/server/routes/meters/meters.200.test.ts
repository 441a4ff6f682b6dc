import { eventsOf, typesOf } from '../../../support/builders';
import { refusalOf, startServer, type TestServer } from '../../server';

let server: TestServer;
beforeAll(async () => void (server = await startServer()));
afterAll(() => server.stop());

const given = { display_name: 'Calls', event_name: 'calls', default_aggregation: { formula: 'sum' } } as const;

it('a meter is created with Stripe’s defaults, renamed, deactivated and reactivated, each with an event', async () => {
  const { stripe } = server;
  const meter = await stripe.billing.meters.create(given);
  expect(meter).toMatchObject({
    object: 'billing.meter',
    ...given,
    status: 'active',
    customer_mapping: { event_payload_key: 'stripe_customer_id', type: 'by_id' },
    value_settings: { event_payload_key: 'value' },
    event_time_window: null,
    status_transitions: { deactivated_at: null },
    dimension_payload_keys: [],
    cost_settings: null,
  });
  expect(await stripe.billing.meters.update(meter.id, { display_name: 'API calls' })).toMatchObject({ display_name: 'API calls' });
  const inactive = await stripe.billing.meters.deactivate(meter.id);
  expect([inactive.status, typeof inactive.status_transitions.deactivated_at]).toEqual(['inactive', 'number']);
  expect((await stripe.billing.meters.list({ status: 'inactive' })).data.map(({ id }) => id)).toEqual([meter.id]);
  expect(await stripe.billing.meters.reactivate(meter.id)).toMatchObject({
    status: 'active',
    status_transitions: { deactivated_at: null },
  });
  expect(await stripe.billing.meters.retrieve(meter.id)).toMatchObject({ id: meter.id, display_name: 'API calls' });
  expect(typesOf(await eventsOf(server.stripe))).toEqual(
    ['created', 'updated', 'deactivated', 'reactivated'].map((type) => `billing.meter.${type}`),
  );
});

it('an event name has one active meter, in each mode', async () => {
  const { stripe } = server;
  const first = await stripe.billing.meters.create({ ...given, event_name: 'tokens' });
  const taken = { code: 'resource_already_exists', param: 'event_name', statusCode: 400 };
  expect(await refusalOf(stripe.billing.meters.create({ ...given, event_name: 'tokens' }))).toMatchObject(taken);
  await server.as(server.keys.live).billing.meters.create({ ...given, event_name: 'tokens' });
  await stripe.billing.meters.deactivate(first.id);
  await stripe.billing.meters.create({ ...given, event_name: 'tokens' });
  expect(await refusalOf(stripe.billing.meters.reactivate(first.id))).toMatchObject(taken);
});

it('Dunlin’s own formulas, dimensions and the seller’s cost', async () => {
  const own = { dimension_payload_keys: ['model', 'kind'], cost_settings: { event_payload_key: 'cost', currency: 'usd' } };
  const meter = await server.stripe.billing.meters.create({
    ...{ ...given, event_name: 'own', default_aggregation: { formula: 'unique' } },
    ...own,
  });
  expect(meter).toMatchObject({ ...own, default_aggregation: { formula: 'unique' } });
  const many = { ...given, event_name: 'many', dimension_payload_keys: Array.from({ length: 11 }, (_, index) => `d${String(index)}`) };
  expect(await refusalOf(server.stripe.billing.meters.create(many))).toMatchObject({ param: 'dimension_payload_keys' });
});
