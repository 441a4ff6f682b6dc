import { refusalOf, startServer, type TestServer } from '../../server';

let server: TestServer;
let product: string;
let meter: string;
beforeAll(async () => {
  server = await startServer();
  product = (await server.stripe.products.create({ name: 'Tokens' })).id;
  const made = await server.stripe.billing.meters.create({
    display_name: 'Tokens',
    event_name: 'tokens',
    default_aggregation: { formula: 'sum' },
    dimension_payload_keys: ['model'],
  } as never);
  meter = made.id;
});
afterAll(() => server.stop());

type Terms = Record<string, unknown>;
const create = (of: Terms) => server.stripe.prices.create({ product, currency: 'usd', ...of });
const month = { recurring: { interval: 'month' } };
const graduated = (tiers: Terms[]): Terms => ({ billing_scheme: 'tiered', tiers_mode: 'graduated', ...month, tiers });
const last = { up_to: 'inf', unit_amount: 300 };

test('tiers are stored as given, in both forms, and shown when expanded', async () => {
  const tiers = [{ up_to: 10, unit_amount_decimal: '0.500' }, { up_to: 50, flat_amount: 700 }, last];
  const price = await create({ ...graduated(tiers), expand: ['tiers'] });
  expect(price).toMatchObject({ billing_scheme: 'tiered', tiers_mode: 'graduated', unit_amount: null, unit_amount_decimal: null });
  expect(JSON.parse(JSON.stringify(price.tiers))).toEqual([
    { up_to: 10, unit_amount: null, unit_amount_decimal: '0.5', flat_amount: null, flat_amount_decimal: null },
    { up_to: 50, unit_amount: null, unit_amount_decimal: null, flat_amount: 700, flat_amount_decimal: '700' },
    { up_to: null, unit_amount: 300, unit_amount_decimal: '300', flat_amount: null, flat_amount_decimal: null },
  ]);
  expect(await server.stripe.prices.retrieve(price.id)).not.toHaveProperty('tiers');
});

test.each<[string, Terms, Terms]>([
  ['the last is not open', graduated([{ up_to: 10, unit_amount: 1 }]), { param: 'tiers[0][up_to]' }],
  ['an open one in between', graduated([last, last]), { param: 'tiers[0][up_to]' }],
  ['not ascending', graduated([{ up_to: 10, unit_amount: 1 }, { up_to: 10, unit_amount: 1 }, last]), { param: 'tiers[1][up_to]' }],
  ['no bound', graduated([{ unit_amount: 1 }, last]), { code: 'parameter_missing', param: 'tiers[0][up_to]' }],
  ['a bound of zero', graduated([{ up_to: 0, unit_amount: 1 }, last]), { param: 'tiers[0][up_to]' }],
  ['no amount', graduated([{ up_to: 'inf' }]), { param: 'tiers[0]', message: 'An entry in the tiers array is missing an amount.' }],
  [
    'an amount twice',
    graduated([{ up_to: 'inf', unit_amount: 1, unit_amount_decimal: '1' }]),
    { code: 'parameters_exclusive', param: 'tiers[0][unit_amount_decimal]' },
  ],
  ['below zero', graduated([{ up_to: 'inf', flat_amount: -1 }]), { param: 'tiers[0][flat_amount]' }],
  ['no tiers', { billing_scheme: 'tiered', tiers_mode: 'volume', ...month }, { code: 'parameter_missing', param: 'tiers' }],
  ['no mode', { billing_scheme: 'tiered', tiers: [last], ...month }, { code: 'parameter_missing', param: 'tiers_mode' }],
  ['tiers by unit', { tiers: [last], ...month }, { param: 'tiers' }],
  ['a unit amount beside them', { ...graduated([last]), unit_amount: 1 }, { code: 'parameters_exclusive', param: 'tiers' }],
  [
    'packages of tiers',
    { ...graduated([last]), transform_quantity: { divide_by: 5, round: 'up' } },
    { code: 'parameters_exclusive', param: 'transform_quantity' },
  ],
  ['packages of none', { unit_amount: 1, transform_quantity: { divide_by: 0, round: 'up' } }, { param: 'transform_quantity[divide_by]' }],
  ['thirteen decimals', { unit_amount_decimal: '0.0000000000001' }, { param: 'unit_amount_decimal' }],
  ['a free amount every month', { custom_unit_amount: { enabled: true }, ...month }, { param: 'custom_unit_amount' }],
  ['a free amount that is off', { custom_unit_amount: { enabled: false } }, { param: 'custom_unit_amount[enabled]' }],
  ['bounds crossed', { custom_unit_amount: { enabled: true, minimum: 5, maximum: 4 } }, { param: 'custom_unit_amount[maximum]' }],
  ['a preset out of bounds', { custom_unit_amount: { enabled: true, minimum: 5, preset: 4 } }, { param: 'custom_unit_amount[preset]' }],
  ['its own currency again', { unit_amount: 1, currency_options: { usd: { unit_amount: 2 } } }, { param: 'currency_options[usd]' }],
  ['no such currency', { unit_amount: 1, currency_options: { xyz: { unit_amount: 2 } } }, { param: 'currency_options[xyz]' }],
  [
    'a currency without amount',
    { unit_amount: 1, currency_options: { eur: { tax_behavior: 'inclusive' } } },
    { param: 'currency_options[eur][unit_amount]' },
  ],
  ['another scheme elsewhere', { ...graduated([last]), currency_options: { eur: { unit_amount: 2 } } }, { param: 'currency_options[eur]' }],
  [
    'wrong tiers elsewhere',
    { ...graduated([last]), currency_options: { eur: { tiers: [{ up_to: 3, unit_amount: 1 }] } } },
    { param: 'currency_options[eur][tiers][0][up_to]' },
  ],
  [
    'more than three years',
    { unit_amount: 1, recurring: { interval: 'week', interval_count: 157 } },
    { param: 'recurring[interval_count]' },
  ],
])('an invalid price is refused: %s', async (_, terms, refusal) => {
  expect(await refusalOf(create(terms))).toMatchObject({ statusCode: 400, ...refusal });
});

test('a price has several currencies; others can be added, none changes or is removed', async () => {
  const options = { EUR: { unit_amount: 900, tax_behavior: 'inclusive' }, jpy: { unit_amount_decimal: '1500.5' } };
  const { id } = await create({ unit_amount: 1000, ...month, currency_options: options });
  const shown = await server.stripe.prices.retrieve(id, { expand: ['currency_options'] });
  expect(JSON.parse(JSON.stringify(shown.currency_options))).toEqual({
    usd: { custom_unit_amount: null, tax_behavior: 'unspecified', unit_amount: 1000, unit_amount_decimal: '1000' },
    eur: { custom_unit_amount: null, tax_behavior: 'inclusive', unit_amount: 900, unit_amount_decimal: '900' },
    jpy: { custom_unit_amount: null, tax_behavior: 'unspecified', unit_amount: null, unit_amount_decimal: '1500.5' },
  });
  expect(await server.stripe.prices.retrieve(id)).not.toHaveProperty('currency_options');
  const tiered = await create({ ...graduated([last]), ...month, currency_options: { eur: { tiers: [last] } } });
  const inEuros = await server.stripe.prices.retrieve(tiered.id, { expand: ['currency_options.eur.tiers'] });
  expect(inEuros.currency_options?.['eur']?.tiers).toHaveLength(1);
  const update = (currency_options: unknown) =>
    server.stripe.prices.update(id, { currency_options, expand: ['currency_options'] } as never);
  const added = await update({ kwd: { unit_amount: 3000 }, eur: { unit_amount: 900 }, jpy: { tax_behavior: 'exclusive' } });
  expect(Object.keys(added.currency_options ?? {}).sort()).toEqual(['eur', 'jpy', 'kwd', 'usd']);
  expect(added.currency_options?.['jpy']).toMatchObject({ tax_behavior: 'exclusive' });
  expect(await refusalOf(update({ eur: { unit_amount: 901 } }))).toMatchObject({ param: 'currency_options[eur]' });
  expect(await refusalOf(update({ eur: { tax_behavior: 'exclusive' } }))).toMatchObject({ param: 'currency_options[eur][tax_behavior]' });
  expect(await refusalOf(update({ usd: { unit_amount: 1 } }))).toMatchObject({ param: 'currency_options[usd]' });
  expect(await refusalOf(update(''))).toMatchObject({ param: 'currency_options' });
});

test('a metered price uses an active meter of the account, and only its dimensions', async () => {
  const metered = (of: Terms) => create({ unit_amount_decimal: '0.0003', recurring: { interval: 'month', usage_type: 'metered', ...of } });
  const price = await metered({ meter, dimension_filters: { model: 'large' } });
  expect(price.recurring).toMatchObject({ meter, usage_type: 'metered', dimension_filters: { model: 'large' } });
  expect((await server.stripe.prices.list({ recurring: { meter } })).data.map(({ id }) => id)).toEqual([price.id]);
  expect(await refusalOf(metered({ meter: 'mtr_none' }))).toMatchObject({ code: 'resource_missing', param: 'recurring[meter]' });
  expect(await refusalOf(metered({ meter, dimension_filters: { region: 'eu' } }))).toMatchObject({
    param: 'recurring[dimension_filters][region]',
  });
  const elsewhere = server.as(server.keys.live).prices.create({
    currency: 'usd',
    unit_amount: 1,
    product_data: { name: 'Live' },
    recurring: { interval: 'month', usage_type: 'metered', meter },
  });
  expect(await refusalOf(elsewhere)).toMatchObject({ code: 'resource_missing', param: 'recurring[meter]' });
  const idle = await server.stripe.billing.meters.create({
    display_name: 'Idle',
    event_name: 'idle',
    default_aggregation: { formula: 'count' },
  });
  await server.stripe.billing.meters.deactivate(idle.id);
  expect(await refusalOf(metered({ meter: idle.id }))).toMatchObject({ param: 'recurring[meter]' });
});

test('packages, custom amounts and inline products are stored as given', async () => {
  expect(await create({ unit_amount: 1000, transform_quantity: { divide_by: 5, round: 'down' } })).toMatchObject({
    transform_quantity: { divide_by: 5, round: 'down' },
  });
  const free = await create({ custom_unit_amount: { enabled: true, minimum: 100, preset: 500 } });
  expect(free).toMatchObject({ unit_amount: null, custom_unit_amount: { minimum: 100, maximum: null, preset: 500 } });
  const own = { currency: 'usd', unit_amount: 1, product_data: { id: 'prod_own', name: 'Own' } };
  expect(await server.stripe.prices.create(own)).toMatchObject({ product: 'prod_own' });
  expect(await refusalOf(server.stripe.prices.create(own))).toMatchObject({
    code: 'resource_already_exists',
    param: 'product_data[id]',
  });
});

test('a product is created with a price in several currencies, or with a custom amount', async () => {
  const made = await server.stripe.products.create({
    name: 'Pro',
    default_price_data: { currency: 'usd', unit_amount: 1000, currency_options: { eur: { unit_amount: 900 } } },
    expand: ['default_price.currency_options'],
  });
  expect(made.default_price).toMatchObject({ currency_options: { eur: { unit_amount: 900 } } });
  const gift = { name: 'Gift', default_price_data: { currency: 'usd', custom_unit_amount: { enabled: true, maximum: 1 } } };
  expect((await server.stripe.products.create({ ...gift, expand: ['default_price'] })).default_price).toMatchObject({
    custom_unit_amount: { maximum: 1 },
  });
  const both = { ...gift.default_price_data, unit_amount: 3 };
  expect(await refusalOf(server.stripe.products.create({ name: 'Both', default_price_data: both }))).toMatchObject({
    param: 'default_price_data[custom_unit_amount]',
  });
});
