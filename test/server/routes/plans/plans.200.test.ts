import { refusalOf, startServer, type TestServer } from '../../server';

let server: TestServer;
let product: string;
beforeAll(async () => {
  server = await startServer();
  product = (await server.stripe.products.create({ name: 'Gold' })).id;
});
afterAll(() => server.stop());

const gold = (of: object = {}) => server.stripe.plans.create({ product, currency: 'usd', interval: 'month', amount: 1000, ...of });

test('a plan is a price under the same id, and both have events', async () => {
  const plan = await gold({ id: 'gold', interval_count: 3, trial_period_days: 7, nickname: 'Gold' });
  expect(plan).toMatchObject({ id: 'gold', amount: 1000, interval_count: 3, trial_period_days: 7, usage_type: 'licensed', product });
  expect(await server.stripe.prices.retrieve('gold')).toMatchObject({
    unit_amount: 1000,
    recurring: { interval: 'month', interval_count: 3, trial_period_days: 7 },
  });
  const { data } = await server.stripe.events.list({ types: ['plan.created', 'price.created'] });
  expect(data.map(({ type, data: { object } }) => [type, (object as { id: string; object: string }).object]).sort()).toEqual([
    ['plan.created', 'plan'],
    ['price.created', 'price'],
  ]);
  expect(await refusalOf(gold({ id: 'gold' }))).toMatchObject({ code: 'resource_already_exists', param: 'id' });
  expect(await refusalOf(server.as(server.keys.live).plans.retrieve('gold'))).toMatchObject({ code: 'resource_missing', statusCode: 404 });
});

test('tiers and packages work like those of a price, and refusals name parameters of plans', async () => {
  const tiers = [
    { up_to: 5, flat_amount: 500 },
    { up_to: 'inf', unit_amount: 100 },
  ];
  const tiered = await gold({ amount: undefined, billing_scheme: 'tiered', tiers_mode: 'volume', tiers, expand: ['tiers', 'product'] });
  expect(tiered).toMatchObject({ amount: null, tiers: [{ up_to: 5 }, { up_to: null }], product: { name: 'Gold' } });
  expect(await gold({ transform_usage: { divide_by: 10, round: 'up' } })).toMatchObject({
    transform_usage: { divide_by: 10, round: 'up' },
  });
  expect(await refusalOf(gold({ amount: undefined }))).toMatchObject({ code: 'parameter_missing', param: 'amount' });
  expect(await refusalOf(gold({ amount_decimal: '1' }))).toMatchObject({ code: 'parameters_exclusive', param: 'amount_decimal' });
  expect(await refusalOf(gold({ interval_count: 37 }))).toMatchObject({ param: 'interval_count' });
  expect(await refusalOf(gold({ usage_type: 'metered' }))).toMatchObject({ code: 'parameter_missing', param: 'meter' });
  expect(await gold({ product: { name: 'New' } })).not.toMatchObject({ product });
});

test('its nickname, product and trial can change, its amount cannot', async () => {
  const { id } = await gold();
  const other = (await server.stripe.products.create({ name: 'Other' })).id;
  const changed = await server.stripe.plans.update(id, { nickname: 'Old gold', product: other, trial_period_days: 14, active: false });
  expect(changed).toMatchObject({ nickname: 'Old gold', product: other, trial_period_days: 14, active: false, amount: 1000 });
  const { data } = await server.stripe.events.list({ type: 'plan.updated' });
  expect(data[0]?.data.previous_attributes).toMatchObject({ nickname: null, trial_period_days: null });
  expect(await refusalOf(server.stripe.plans.update(id, { amount: 1 } as never))).toMatchObject({ code: 'parameter_unknown' });
});

test('a one-time price is no plan, and a deleted plan is not found', async () => {
  const once = await server.stripe.prices.create({ product, currency: 'usd', unit_amount: 5 });
  const { id } = await gold();
  expect(await server.stripe.plans.del(id)).toEqual(expect.objectContaining({ id, object: 'plan', deleted: true }));
  const listed = (await server.stripe.plans.list({ limit: 100 })).data.map((plan) => plan.id);
  expect(listed).not.toContain(once.id);
  expect(listed).not.toContain(id);
  for (const gone of [once.id, id]) expect(await refusalOf(server.stripe.plans.retrieve(gone))).toMatchObject({ statusCode: 404 });
  expect((await server.stripe.prices.list({ limit: 100 })).data.map((price) => price.id)).not.toContain(id);
  const { data } = await server.stripe.events.list({ type: 'plan.deleted' });
  expect(data[0]?.data.object).toMatchObject({ id, amount: 1000 });
});
