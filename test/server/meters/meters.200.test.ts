import { eventsOf, typesOf } from '../../support/builders';
import { refusalOf, startServer, type TestServer } from '../server';

let server: TestServer;
beforeAll(async () => void (server = await startServer()));
afterAll(() => server.stop());

const given = { display_name: 'Calls', event_name: 'calls', default_aggregation: { formula: 'sum' } } as const;

it('a meter is created with Stripe’s defaults, renamed, deactivated and reactivated, and each is an event', async () => {
  const { meters } = server.stripe.billing;
  const meter = await meters.create(given);
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
  expect(await meters.update(meter.id, { display_name: 'API calls' })).toMatchObject({ display_name: 'API calls' });
  const inactive = await meters.deactivate(meter.id);
  expect([inactive.status, typeof inactive.status_transitions.deactivated_at]).toEqual(['inactive', 'number']);
  expect((await meters.list({ status: 'inactive' })).data.map(({ id }) => id)).toEqual([meter.id]);
  expect(await meters.reactivate(meter.id)).toMatchObject({ status: 'active', status_transitions: { deactivated_at: null } });
  expect(await meters.retrieve(meter.id)).toMatchObject({ id: meter.id, display_name: 'API calls' });
  expect(typesOf(await eventsOf(server.stripe))).toEqual(
    ['created', 'updated', 'deactivated', 'reactivated'].map((type) => `billing.meter.${type}`),
  );
});

it('one active meter has an event name, in each mode', async () => {
  const { meters } = server.stripe.billing;
  const first = await meters.create({ ...given, event_name: 'tokens' });
  const taken = { code: 'resource_already_exists', param: 'event_name', statusCode: 400 };
  expect(await refusalOf(meters.create({ ...given, event_name: 'tokens' }))).toMatchObject(taken);
  await server.as(server.keys.live).billing.meters.create({ ...given, event_name: 'tokens' });
  await meters.deactivate(first.id);
  await meters.create({ ...given, event_name: 'tokens' });
  expect(await refusalOf(meters.reactivate(first.id))).toMatchObject(taken);
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
