import { refusalOf, startServer, type TestServer } from '../../server';

let server: TestServer;
beforeAll(async () => (server = await startServer()));
afterAll(() => server.stop());

const BERLIN = { country: 'DE', postal_code: '10115', city: 'Berlin', line1: 'Chausseestraße 1' };

describe('settings', () => {
  test('are pending until there is a head office, then active, and what is set stays', async () => {
    const { stripe } = server;
    expect(await stripe.tax.settings.retrieve()).toMatchObject({
      defaults: { provider: 'stripe', tax_behavior: null, tax_code: null },
      head_office: null,
      status: 'pending',
      status_details: { pending: { missing_fields: ['head_office'] } },
    });
    await stripe.tax.settings.update({ defaults: { tax_behavior: 'inferred_by_currency', tax_code: 'txcd_10103001' } });
    const active = await stripe.tax.settings.update({ head_office: { address: BERLIN } });
    expect(active).toMatchObject({
      defaults: { tax_behavior: 'inferred_by_currency', tax_code: 'txcd_10103001' },
      head_office: { address: { country: 'DE', postal_code: '10115' } },
      status: 'active',
      status_details: { active: {} },
    });
    expect(await stripe.tax.settings.retrieve()).toEqual(active);
    expect(await server.as(server.keys.live).tax.settings.retrieve()).toMatchObject({ status: 'pending', livemode: true });
  });

  test('a change is told by an event', async () => {
    const [event] = (await server.stripe.events.list({ type: 'tax.settings.updated' })).data;
    expect(event?.data).toMatchObject({ object: { object: 'tax.settings', status: 'active' }, previous_attributes: { status: 'pending' } });
  });

  test('a head office without a place, and an unknown code, are refused and change nothing', async () => {
    const { settings } = server.stripe.tax;
    const before = await settings.retrieve();
    expect(await refusalOf(settings.update({ head_office: { address: { country: 'US', state: 'NY' } } }))).toMatchObject({
      code: 'customer_tax_location_invalid',
      param: 'head_office[address]',
    });
    expect(await refusalOf(settings.update({ defaults: { tax_code: 'txcd_1' } }))).toMatchObject({ param: 'defaults[tax_code]' });
    expect(await settings.retrieve()).toEqual(before);
  });
});

describe('registrations', () => {
  const germany = { country: 'DE', country_options: { de: { type: 'standard' } }, active_from: 'now' } as const;

  test('need a head office', async () => {
    const live = server.as(server.keys.live);
    expect(await refusalOf(live.tax.registrations.create(germany))).toMatchObject({
      message: expect.stringContaining('head office') as string,
    });
  });

  test('begin now or later, end once, and are listed by their status', async () => {
    const { registrations } = server.stripe.tax;
    const later = Math.floor(Date.now() / 1000) + 86_400;
    const active = await registrations.create(germany);
    expect(active).toMatchObject({
      object: 'tax.registration',
      country: 'DE',
      country_options: { de: { type: 'standard', standard: { place_of_supply_scheme: 'standard' } } },
      status: 'active',
      expires_at: null,
    });
    const scheduled = await registrations.create({
      country: 'US',
      country_options: { us: { type: 'state_sales_tax', state: 'NY' } },
      active_from: later,
    });
    expect(scheduled).toMatchObject({ status: 'scheduled', active_from: later, country_options: { us: { state: 'NY' } } });
    const province = { type: 'province_standard', province_standard: { province: 'QC' } } as const;
    const quebec = await registrations.create({ country: 'CA', country_options: { ca: province }, active_from: 'now' });
    expect(await registrations.update(scheduled.id, { active_from: later + 60, expires_at: later + 120 })).toMatchObject({
      expires_at: later + 120,
    });
    expect(await server.stripe.tax.registrations.retrieve(scheduled.id)).toMatchObject({ active_from: later + 60 });
    const listed = async (status: 'active' | 'all' | 'expired' | 'scheduled') =>
      (await registrations.list({ status })).data.map(({ id }) => id);
    expect(await listed('scheduled')).toEqual([scheduled.id]);
    expect(await listed('active')).toContain(active.id);
    expect(await listed('expired')).not.toContain(active.id);
    expect(await listed('all')).toEqual([quebec.id, scheduled.id, active.id]);
  });

  test.each([
    ['twice', { country: 'DE', country_options: { de: { type: 'standard' } }, active_from: 'now' }, 'country_options'],
    ['a country without them', { country: 'BR', country_options: { de: { type: 'standard' } }, active_from: 'now' }, 'country'],
    [
      'another country’s options',
      { country: 'FR', country_options: { de: { type: 'standard' } }, active_from: 'now' },
      'country_options[fr]',
    ],
    [
      'a type that the country lacks',
      { country: 'GB', country_options: { gb: { type: 'oss_union' } }, active_from: 'now' },
      'country_options[gb][type]',
    ],
    [
      'a state that does not exist',
      { country: 'US', country_options: { us: { type: 'state_sales_tax', state: 'ZZ' } }, active_from: 'now' },
      'country_options[us][state]',
    ],
    [
      'a province without its name',
      { country: 'CA', country_options: { ca: { type: 'province_standard' } }, active_from: 'now' },
      'country_options[ca][province_standard][province]',
    ],
    [
      'an end before the start',
      { country: 'JP', country_options: { jp: { type: 'standard' } }, active_from: 'now', expires_at: 1 },
      'expires_at',
    ],
  ])('are refused: %s', async (_what, body, param) => {
    expect(await refusalOf(server.stripe.tax.registrations.create(body as never))).toMatchObject({ param });
  });

  test('one that has begun keeps its start', async () => {
    const [active] = (await server.stripe.tax.registrations.list({ status: 'active' })).data;
    const change = server.stripe.tax.registrations.update(active?.id ?? '', { active_from: 'now' });
    expect(await refusalOf(change)).toMatchObject({ param: 'active_from' });
  });

  test('one that was made by mistake can end at once', async () => {
    const { registrations } = server.stripe.tax;
    const { id } = await registrations.create({ country: 'NO', country_options: { no: { type: 'standard' } }, active_from: 'now' });
    expect(await registrations.update(id, { expires_at: 'now' })).toMatchObject({ status: 'expired' });
  });
});

test('tax codes are listed and retrieved; an unknown one is not found', async () => {
  const { stripe } = server;
  const first = await stripe.taxCodes.list({ limit: 2 });
  expect(first).toMatchObject({ has_more: true, data: [{ id: 'txcd_00000000', object: 'tax_code' }, { id: 'txcd_10000000' }] });
  const rest = await stripe.taxCodes.list({ limit: 100, starting_after: 'txcd_10000000' });
  expect(rest.has_more).toBe(false);
  expect(rest.data.at(-1)?.id).toBe('txcd_99999999');
  const before = await stripe.taxCodes.list({ limit: 1, ending_before: 'txcd_10010001' });
  expect(before.data.map(({ id }) => id)).toEqual(['txcd_10000000']);
  expect(await stripe.taxCodes.retrieve('txcd_10103001')).toMatchObject({ name: 'Software as a service (SaaS) - business use' });
  expect(await refusalOf(stripe.taxCodes.retrieve('txcd_1'))).toMatchObject({ statusCode: 404, code: 'resource_missing' });
  expect(await refusalOf(stripe.taxCodes.list({ starting_after: 'txcd_1' }))).toMatchObject({ param: 'starting_after' });
});

describe('the location of a customer', () => {
  const taxOf = async (body: object) => {
    const { id } = await server.stripe.customers.create(body);
    return (await server.stripe.customers.retrieve(id, { expand: ['tax'] })) as { tax?: unknown };
  };

  test.each([
    [
      'at home',
      { address: { country: 'DE' } },
      { automatic_tax: 'supported', location: { country: 'DE', source: 'billing_address', state: null } },
    ],
    [
      'where the seller is not registered',
      { address: { country: 'FR' } },
      { automatic_tax: 'not_collecting', location: { country: 'FR' } },
    ],
    [
      'the shipping address comes first',
      { address: { country: 'DE' }, shipping: { name: 'Jo', address: { country: 'PT', postal_code: '9500-100' } } },
      { automatic_tax: 'not_collecting', location: { country: 'PT', state: '20', source: 'shipping_destination' } },
    ],
    ['an unusable address is not skipped', { address: { country: 'US' } }, { automatic_tax: 'unrecognized_location', location: null }],
    ['an IP address alone', { tax: { ip_address: '203.0.113.7' } }, { automatic_tax: 'unrecognized_location', ip_address: '203.0.113.7' }],
    ['none', {}, { automatic_tax: 'unrecognized_location', ip_address: null, location: null }],
    [
      'the card’s country',
      { payment_method: 'pm_card_visa', invoice_settings: { default_payment_method: 'pm_card_visa' } },
      { automatic_tax: 'unrecognized_location', location: null },
    ],
  ])('%s', async (_where, body, tax) => {
    expect((await taxOf(body)).tax).toMatchObject(tax);
  });

  test('is checked at once when the seller asks for it, and a wrong one changes nothing', async () => {
    const { customers } = server.stripe;
    const { id } = await customers.create({ address: { country: 'DE' }, tax: { validate_location: 'immediately' } });
    const wrong = customers.update(id, { address: { country: 'US' }, tax: { validate_location: 'immediately' } });
    expect(await refusalOf(wrong)).toMatchObject({ code: 'customer_tax_location_invalid', param: 'tax[validate_location]' });
    expect(await customers.retrieve(id)).toMatchObject({ address: { country: 'DE' } });
    expect(await refusalOf(customers.update(id, { tax: { ip_address: 'localhost' } }))).toMatchObject({ param: 'tax[ip_address]' });
  });
});
