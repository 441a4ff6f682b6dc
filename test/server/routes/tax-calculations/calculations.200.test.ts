import type Stripe from 'stripe';
import { RETENTION } from '../../../../db/retention';
import { refusalOf, startServer, type TestServer } from '../../server';

let server: TestServer;
let stripe: Stripe;
beforeAll(async () => {
  server = await startServer();
  stripe = server.stripe;
});
afterAll(() => server.stop());

const lines = [
  { amount: 1000, reference: 'seat', tax_code: 'txcd_10103001' },
  { amount: 5000, reference: 'set-up', quantity: 2, tax_behavior: 'inclusive', tax_code: 'txcd_10103001', metadata: { order: '7' } },
] satisfies Stripe.Tax.CalculationCreateParams.LineItem[];
const details = (address: Stripe.AddressParam, more: object = {}) =>
  ({ customer_details: { address, ...more } }) as Pick<Stripe.Tax.CalculationCreateParams, 'customer_details'>;

test('needs a head office', async () => {
  const early = stripe.tax.calculations.create({ currency: 'eur', line_items: lines, ...details({ country: 'FR' }) });
  expect((await refusalOf(early)).message).toContain('head office');
  await stripe.tax.settings.update({ head_office: { address: { country: 'DE' } }, defaults: { tax_code: 'txcd_10103001' } });
  for (const type of ['standard', 'oss_union'] as const) {
    await stripe.tax.registrations.create({ country: 'DE', country_options: { de: { type } }, active_from: 'now' });
  }
});

test('adds the tax on net lines, takes it out of gross ones, and shows both by place', async () => {
  const calculation = await stripe.tax.calculations.create({
    ...{ currency: 'eur', line_items: lines, expand: ['line_items.data.tax_breakdown'] },
    ...details({ country: 'FR' }),
  });
  const rate = { country: 'FR', state: null, percentage_decimal: '20.0', rate_type: 'percentage', tax_type: 'vat', flat_amount: null };
  expect(calculation).toMatchObject({
    object: 'tax.calculation',
    amount_total: 6200,
    tax_amount_exclusive: 200,
    tax_amount_inclusive: 833,
    customer: null,
    customer_details: { address: { country: 'FR' }, taxability_override: 'none', tax_ids: [] },
    tax_breakdown: [
      { amount: 200, inclusive: false, taxable_amount: 1000, taxability_reason: 'standard_rated', tax_rate_details: rate },
      { amount: 833, inclusive: true, taxable_amount: 4167, taxability_reason: 'standard_rated', tax_rate_details: rate },
    ],
  });
  expect(calculation.line_items?.data).toMatchObject([
    { reference: 'seat', amount_tax: 200, tax_breakdown: [{ jurisdiction: { country: 'FR', level: 'country', display_name: 'France' } }] },
    { reference: 'set-up', amount_tax: 833, quantity: 2, metadata: { order: '7' }, tax_breakdown: [{ sourcing: 'destination' }] },
  ]);
  const id = calculation.id ?? '';
  expect(await stripe.tax.calculations.retrieve(id)).toMatchObject({ id, amount_total: 6200 });
  const first = await stripe.tax.calculations.listLineItems(id, { limit: 1 });
  expect(first).toMatchObject({ has_more: true, data: [{ reference: 'seat', object: 'tax.calculation_line_item' }] });
  const rest = await stripe.tax.calculations.listLineItems(id, { starting_after: first.data[0]?.id ?? '' });
  expect(rest).toMatchObject({ has_more: false, data: [{ reference: 'set-up' }] });
});

test('knows the customer: shipping address, tax ids, exemption', async () => {
  const { id: customer } = await stripe.customers.create({
    ...{ address: { country: 'DE' }, shipping: { name: 'Jo', address: { country: 'FR' } } },
    tax_id_data: [{ type: 'eu_vat', value: 'FRAB123456789' }],
  });
  const of = async () => stripe.tax.calculations.create({ currency: 'eur', customer, line_items: [{ amount: 1000 }] });
  expect(await of()).toMatchObject({
    customer,
    amount_total: 1000,
    customer_details: { address_source: 'shipping', tax_ids: [{ type: 'eu_vat' }] },
    tax_breakdown: [{ taxability_reason: 'reverse_charge' }],
  });
  await stripe.customers.update(customer, { tax_exempt: 'exempt' });
  expect(await of()).toMatchObject({
    customer_details: { taxability_override: 'customer_exempt' },
    tax_breakdown: [{ taxability_reason: 'customer_exempt' }],
  });
});

test.each([
  ['an address that is not enough', details({ country: 'US' }), {}, { code: 'customer_tax_location_invalid' }],
  [
    'a wrong tax id',
    details({ country: 'FR' }, { tax_ids: [{ type: 'eu_vat', value: 'FR1' }] }),
    {},
    { param: 'customer_details[tax_ids][0][value]' },
  ],
  ['an unknown tax code', details({ country: 'FR' }), { line_items: [{ amount: 1, tax_code: 'txcd_1' }] }, { message: 'Invalid tax code' }],
  [
    'an unknown product',
    details({ country: 'FR' }),
    { line_items: [{ amount: 1, product: 'prod_none' }] },
    { param: 'line_items[0][product]' },
  ],
  ['a reference twice', details({ country: 'FR' }), { line_items: [lines[0], lines[0]] }, { param: 'line_items[1][reference]' }],
  ['a date too far away', details({ country: 'FR' }), { tax_date: 1_700_000_000 }, { param: 'tax_date' }],
  ['no customer', {}, {}, { param: 'customer_details' }],
])('is refused: %s', async (_what, who, change, refusal) => {
  const params = { currency: 'eur', line_items: lines, ...who, ...change } as Stripe.Tax.CalculationCreateParams;
  expect(await refusalOf(stripe.tax.calculations.create(params))).toMatchObject(refusal);
});

test('expires after 90 days: it is not found, and then removed', async () => {
  const { id, expires_at: expiresAt } = await stripe.tax.calculations.create({
    currency: 'eur',
    line_items: lines,
    ...details({ country: 'DE' }),
  });
  const { sql } = server.database;
  const [row] = await sql<{ created: number }[]>`select created from requested_tax_calculations where id = ${id ?? ''}`;
  expect((expiresAt ?? 0) - (row?.created ?? 0)).toBe(90 * 86_400);
  await sql`update requested_tax_calculations set created = created - 91 * 86400, expires_at = expires_at - 91 * 86400 where id = ${id ?? ''}`;
  expect(await refusalOf(stripe.tax.calculations.retrieve(id ?? ''))).toMatchObject({ statusCode: 404, code: 'resource_missing' });
  const line = RETENTION.find(({ tables }) => tables.includes('requested_tax_calculations'));
  await sql.begin((tx) => line?.prune(tx, 90));
  expect(await sql`select 1 from requested_tax_calculations where id = ${id ?? ''}`).toHaveLength(0);
});
