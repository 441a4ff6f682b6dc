import type Stripe from 'stripe';
import { RETENTION } from '../../db/retention';
import { customerWith, priceOf, refusal, typesOf, eventsOf } from '../support/builders';
import { HOUR, startClock } from '../support/clock';
import { startProduct, type Product } from '../support/product';

let product: Product;
let stripe: Stripe;
let price: string;

beforeAll(async () => {
  product = await startProduct();
  stripe = product.stripe;
  const head_office = { address: { country: 'DE', postal_code: '10115' } };
  await stripe.tax.settings.update({ head_office, defaults: { tax_behavior: 'exclusive', tax_code: 'txcd_10103001' } });
  for (const type of ['standard', 'oss_union'] as const) {
    await stripe.tax.registrations.create({ country: 'DE', country_options: { de: { type } }, active_from: 'now' });
  }
  price = await priceOf(stripe);
}, 120_000);
afterAll(() => product.stop());

const ON = { automatic_tax: { enabled: true } } as const;
const buyer = async (change: Stripe.CustomerCreateParams) => (await customerWith(stripe, 'pm_card_visa', change)).customer;

test('a consumer pays the tax of their own country, at the rate of the day on which the invoice becomes final', async () => {
  const clock = await startClock(stripe, '2025-06-15');
  const customer = await buyer({ test_clock: clock.id, address: { country: 'EE' } });
  const { id, automatic_tax: tax } = await stripe.subscriptions.create({ customer, items: [{ price }], ...ON });
  expect(tax).toEqual({ enabled: true, disabled_reason: null, liability: { type: 'self' } });
  await clock.to('2025-07-15');
  await clock.by(2 * HOUR);
  const { data } = await stripe.invoices.list({ subscription: id, expand: ['data.total_taxes.tax_rate_details.tax_rate'] });
  expect(data.map(({ total, status }) => [total, status])).toEqual([
    [1240, 'paid'],
    [1220, 'paid'],
  ]);
  expect(data[0]).toMatchObject({
    automatic_tax: { enabled: true, status: 'complete', provider: 'dunlin', liability: { type: 'self' }, disabled_reason: null },
    total_taxes: [
      {
        amount: 240,
        taxability_reason: 'standard_rated',
        taxable_amount: 1000,
        tax_rate_details: { tax_rate: { country: 'EE', percentage: 24, active: false, tax_type: 'vat', inclusive: false } },
      },
    ],
  });
  expect((await stripe.taxRates.list()).data).toEqual([]);
});

test('customers who are the first of their country at the same moment share the tax rate that each of their invoices makes', async () => {
  const customers = await Promise.all(Array.from({ length: 6 }, () => buyer({ address: { country: 'SK' } })));
  const create = (customer: string) =>
    stripe.subscriptions.create({ customer, items: [{ price }], ...ON, expand: ['latest_invoice.total_taxes.tax_rate_details.tax_rate'] });
  const subscriptions = await Promise.all(customers.map(create));
  expect(subscriptions.map(({ status }) => status)).toEqual(customers.map(() => 'active'));
  const rates = subscriptions.map(
    ({ latest_invoice: invoice }) => (invoice as Stripe.Invoice).total_taxes?.[0]?.tax_rate_details?.tax_rate,
  );
  expect(rates[0]).toMatchObject({ country: 'SK', percentage: 23 });
  expect(new Set(rates.map((rate) => JSON.stringify(rate))).size).toBe(1);
});

test('a credit of a charge on a draft takes back the tax that its invoice has when it becomes final', async () => {
  const clock = await startClock(stripe, '2026-04-01');
  const taxIds = [{ type: 'eu_vat' as const, value: 'FRAB123456789' }];
  const customer = await buyer({ test_clock: clock.id, address: { country: 'FR' }, tax_id_data: taxIds });
  const { id, items } = await stripe.subscriptions.create({ customer, items: [{ price }], ...ON });
  await clock.to('2026-05-01');
  await clock.by(HOUR / 2);
  const invoices = async () => (await stripe.invoices.list({ subscription: id })).data;
  expect((await invoices())[0]).toMatchObject({ status: 'draft', total: 1000 });
  await stripe.subscriptions.update(id, { items: [{ id: items.data[0]?.id, quantity: 2 }] });
  const [number] = (await stripe.customers.listTaxIds(customer)).data;
  await stripe.customers.deleteTaxId(customer, number?.id ?? '');
  await clock.by(HOUR);
  expect((await invoices())[0]).toMatchObject({ status: 'paid', total: 1200 });
  await stripe.customers.update(customer, { address: { country: 'DE' } });
  await clock.to('2026-06-01');
  await clock.by(2 * HOUR);
  const [june] = await invoices();
  const credit = june?.lines.data.find(({ amount }) => amount < 0);
  expect(credit?.taxes).toMatchObject([{ amount: Math.round((credit?.amount ?? 0) * 0.2), taxability_reason: 'standard_rated' }]);
});

test('in classic billing mode, a credit of time whose invoice is void has the tax of that invoice', async () => {
  const clock = await startClock(stripe, '2026-04-01');
  const customer = await buyer({ test_clock: clock.id, address: { country: 'FR' } });
  const terms = { collection_method: 'send_invoice', days_until_due: 30, billing_mode: { type: 'classic' } } as const;
  const both = [{ price }, { price: await priceOf(stripe, 500) }];
  const { id, items, latest_invoice: first } = await stripe.subscriptions.create({ customer, items: both, ...terms, ...ON });
  await stripe.invoices.finalizeInvoice(first as string);
  await stripe.invoices.voidInvoice(first as string);
  const [large, small] = items.data.map((item) => item.id);
  const change = async (item: string | undefined) => {
    const { latest_invoice: invoice } = await stripe.subscriptions.update(id, {
      items: [{ id: item ?? '', quantity: 2 }],
      proration_behavior: 'always_invoice',
    });
    const { lines } = await stripe.invoices.finalizeInvoice(invoice as string);
    return lines.data.map(({ amount, taxes }) => [amount, taxes?.[0]?.amount]);
  };
  await change(small);
  await stripe.customers.update(customer, { address: { country: 'DE' } });
  await clock.to('2026-04-16');
  expect(await change(large)).toEqual([
    [-500, -100],
    [1000, 190],
  ]);
});

test('a credit note of an invoice with automatic tax has no line of its own, because nobody knows its tax', async () => {
  const customer = await buyer({ address: { country: 'DE' } });
  const { id: invoice } = await stripe.invoices.create({ customer, currency: 'eur', ...ON });
  await stripe.invoiceItems.create({ customer, invoice, amount: 1000, currency: 'eur' });
  await stripe.invoices.finalizeInvoice(invoice, { auto_advance: false });
  const lines = [{ type: 'custom_line_item' as const, description: 'Late', quantity: 1, unit_amount: 100 }];
  expect(await refusal(stripe.creditNotes.create({ invoice, lines }))).toMatchObject({ statusCode: 400, param: 'lines[0][type]' });
  expect((await stripe.creditNotes.list({ invoice })).data).toEqual([]);
});

test('a business with a VAT number accounts for the tax itself', async () => {
  const customer = await buyer({ address: { country: 'FR' }, tax_id_data: [{ type: 'eu_vat', value: 'FRAB123456789' }] });
  const { latest_invoice: invoice } = await stripe.subscriptions.create({
    customer,
    items: [{ price }],
    ...ON,
    expand: ['latest_invoice'],
  });
  expect(invoice).toMatchObject({ total: 1000, total_taxes: [{ amount: 0, taxable_amount: 0, taxability_reason: 'reverse_charge' }] });
  expect(await product.get(`/v1/invoices/${(invoice as Stripe.Invoice).id}/location_evidence`)).toMatchObject({
    object: 'location_evidence',
    country: 'FR',
    contradicted: true,
    items: [
      { source: 'billing_address', country: 'FR' },
      { source: 'card_country', country: 'US' },
      { source: 'tax_id', country: 'FR' },
    ],
  });
});

test('the evidence of a location is kept for ten years, and then removed', async () => {
  const kept = async () => (await product.sql`select invoice from location_evidence`).length;
  const before = await kept();
  const line = RETENTION.find(({ tables }) => tables.includes('location_evidence'));
  const prune = async () => product.sql.begin((tx) => line?.prune(tx, 3653));
  const [aged] = await product.sql<{ invoice: string }[]>`
    update location_evidence set recorded = now() - interval '3652 days' where invoice = (select min(invoice) from location_evidence) returning invoice`;
  await prune();
  expect(await kept()).toBe(before);
  await product.sql`update location_evidence set recorded = now() - interval '3654 days' where invoice = ${aged?.invoice ?? ''}`;
  await prune();
  expect(await kept()).toBe(before - 1);
});

test('where the seller is not registered, nothing is collected, and nothing is refused', async () => {
  const customer = await buyer({ address: { country: 'GB' } });
  const { latest_invoice: invoice } = await stripe.subscriptions.create({
    customer,
    items: [{ price }],
    ...ON,
    expand: ['latest_invoice'],
  });
  expect(invoice).toMatchObject({ total: 1000, total_taxes: [{ amount: 0, taxability_reason: 'not_collecting' }] });
});

test('a subscription that must be paid at once is charged with its tax', async () => {
  const customer = await buyer({ address: { country: 'DE' } });
  const terms = {
    customer,
    items: [{ price }],
    ...ON,
    payment_behavior: 'error_if_incomplete',
    expand: ['latest_invoice'],
  } satisfies Stripe.SubscriptionCreateParams;
  const { status, latest_invoice: invoice } = await stripe.subscriptions.create(terms);
  expect([status, (invoice as Stripe.Invoice).amount_paid]).toEqual(['active', 1190]);
});

test('a customer who lost the place is billed without tax, and automatic tax is switched off', async () => {
  const clock = await startClock(stripe, '2026-01-15');
  const customer = await buyer({ test_clock: clock.id, address: { country: 'FR' } });
  const { id } = await stripe.subscriptions.create({ customer, items: [{ price }], ...ON });
  expect(await refusal(stripe.customers.update(customer, { address: { country: 'US' } }))).toMatchObject({
    ...{ code: 'customer_tax_location_invalid', statusCode: 400 },
  });
  await stripe.customers.update(customer, { address: { country: 'US' }, tax: { validate_location: 'deferred' } });
  await clock.to('2026-02-15');
  const { data: drafts } = await stripe.invoices.list({ subscription: id, status: 'draft' });
  expect(drafts[0]?.automatic_tax).toMatchObject({ enabled: true, status: 'requires_location_inputs' });
  await clock.by(2 * HOUR);
  const [invoice] = (await stripe.invoices.list({ subscription: id })).data;
  expect(invoice).toMatchObject({
    ...{ status: 'paid', total: 1000, total_taxes: [] },
    automatic_tax: { enabled: false, status: null, disabled_reason: 'finalization_requires_location_inputs' },
  });
  expect((await stripe.subscriptions.retrieve(id)).automatic_tax).toEqual({
    ...{ enabled: false, liability: null, disabled_reason: 'requires_location_inputs' },
  });
  const types = typesOf(await eventsOf(stripe, { type: 'customer.subscription.updated' }));
  expect(types.length).toBeGreaterThan(0);
});

test('it can be switched on and off, is refused where it cannot work, and finds its subscriptions', async () => {
  const { id: rate } = await stripe.taxRates.create({ display_name: 'VAT', percentage: 19, inclusive: false });
  const customer = await buyer({ address: { country: 'DE' } });
  const { id } = await stripe.subscriptions.create({ customer, items: [{ price }], default_tax_rates: [rate] });
  expect(await refusal(stripe.subscriptions.update(id, ON))).toMatchObject({ param: 'automatic_tax[enabled]' });
  await stripe.subscriptions.update(id, { ...ON, default_tax_rates: '' });
  const found = await stripe.subscriptions.list({ customer, automatic_tax: { enabled: true } });
  expect(found.data.map((each) => each.id)).toEqual([id]);
  await stripe.customers.update(customer, { address: { country: 'US' }, tax: { validate_location: 'deferred' } });
  expect(await refusal(stripe.subscriptions.create({ customer, items: [{ price }], ...ON }))).toMatchObject({
    ...{ code: 'customer_tax_location_invalid', param: 'automatic_tax[enabled]', statusCode: 400 },
  });
  expect(await stripe.subscriptions.update(id, { automatic_tax: { enabled: false } })).toMatchObject({ automatic_tax: { enabled: false } });
  expect((await stripe.subscriptions.list({ customer, automatic_tax: { enabled: true } })).data).toEqual([]);
});

test('an invoice by hand is taxed too, and needs a place to become final', async () => {
  const customer = await buyer({ address: { country: 'FR' } });
  const { id } = await stripe.invoices.create({ customer, currency: 'eur', ...ON });
  await stripe.invoiceItems.create({ customer, invoice: id, amount: 5000, currency: 'eur' });
  expect(await stripe.invoices.retrieve(id)).toMatchObject({ total: 6000, automatic_tax: { status: 'complete' } });
  await stripe.customers.update(customer, { address: { country: 'US' } });
  expect(await refusal(stripe.invoices.finalizeInvoice(id))).toMatchObject({ code: 'customer_tax_location_invalid' });
  expect(await stripe.invoices.retrieve(id)).toMatchObject({ status: 'draft' });
  await stripe.customers.update(customer, { address: { country: 'FR' } });
  expect(await stripe.invoices.finalizeInvoice(id)).toMatchObject({ status: 'open', total: 6000, amount_due: 6000 });
});

test('an invoice item has a tax code and a behavior of its own, which count before those of its product and of the seller', async () => {
  const customer = await buyer({ address: { country: 'DE' } });
  const product = (await stripe.products.create({ name: 'Hours', tax_code: 'txcd_10103001' })).id;
  const { id: invoice } = await stripe.invoices.create({ customer, currency: 'usd', ...ON });
  const taxOf = async () =>
    (await stripe.invoices.retrieve(invoice)).total_taxes?.map(({ amount, taxability_reason: why }) => [amount, why]);
  const elsewhere = stripe.invoiceItems.create({ customer, invoice, amount: 1, currency: 'eur' });
  expect(await refusal(elsewhere)).toMatchObject({ statusCode: 400, param: 'currency' });
  const price_data = { currency: 'usd', product, unit_amount: 1000 };
  const { id } = await stripe.invoiceItems.create({ customer, invoice, price_data, tax_behavior: 'inclusive', tax_code: 'txcd_00000000' });
  expect(await taxOf()).toEqual([[0, 'not_collecting']]);
  await stripe.invoiceItems.update(id, { tax_code: '' });
  expect(await taxOf()).toEqual([[160, 'standard_rated']]);
  expect((await stripe.invoices.finalizeInvoice(invoice)).total).toBe(1000);
  const invoice_items = [{ price_data, tax_behavior: 'inclusive', tax_code: 'txcd_00000000' } as const];
  const preview = await stripe.invoices.createPreview({ customer, invoice_items, ...ON });
  expect(preview.total_taxes?.[0]?.taxability_reason).toBe('not_collecting');
  const wrong = stripe.invoices.createPreview({ customer, invoice_items: [{ price_data, tax_code: 'txcd_1' }], ...ON });
  expect(await refusal(wrong)).toMatchObject({ param: 'invoice_items[0][tax_code]' });
});

test('an invoice by hand of a customer who was never billed has the currency of the items that wait', async () => {
  const customer = await buyer({ address: { country: 'DE' } });
  await stripe.invoiceItems.create({ customer, amount: 1000, currency: 'sek' });
  expect(await stripe.invoices.create({ customer, pending_invoice_items_behavior: 'exclude' })).toMatchObject({
    currency: 'usd',
    total: 0,
  });
  const other = await buyer({ address: { country: 'DE' } });
  await stripe.invoiceItems.create({ customer: other, amount: 1000, currency: 'sek' });
  const billed = await stripe.invoices.create({ customer: other, pending_invoice_items_behavior: 'include' });
  expect(billed).toMatchObject({ currency: 'sek', total: 1000 });
});

test('a final invoice keeps the tax ids that decided its tax, whatever becomes of them; a draft shows the present ones', async () => {
  const customer = await buyer({ address: { country: 'FR' }, tax_id_data: [{ type: 'eu_vat', value: 'FRAB123456789' }] });
  const taxIds = [{ type: 'eu_vat', value: 'FRAB123456789' }];
  const { id } = await stripe.invoices.create({ customer, currency: 'eur', ...ON });
  await stripe.invoiceItems.create({ customer, invoice: id, amount: 5000, currency: 'eur' });
  expect(await stripe.invoices.retrieve(id)).toMatchObject({ total: 5000, customer_tax_ids: taxIds });
  expect((await stripe.invoices.finalizeInvoice(id)).customer_tax_ids).toEqual(taxIds);
  const draft = await stripe.invoices.create({ customer, currency: 'eur', ...ON });
  expect(draft.customer_tax_ids).toEqual(taxIds);
  const [taxId] = (await stripe.customers.listTaxIds(customer)).data;
  await stripe.customers.deleteTaxId(customer, taxId?.id ?? '');
  expect((await stripe.invoices.retrieve(draft.id)).customer_tax_ids).toEqual([]);
  expect(await stripe.invoices.retrieve(id)).toMatchObject({
    ...{ total: 5000, customer_tax_ids: taxIds, total_taxes: [{ taxability_reason: 'reverse_charge' }] },
  });
});

test('a preview shows the tax, and without a place says what is missing', async () => {
  const details = { subscription_details: { items: [{ price }] } };
  const preview = async (address: Stripe.AddressParam) => {
    const customer = await buyer({ address });
    return stripe.invoices.createPreview({ customer, ...details, ...ON });
  };
  expect(await preview({ country: 'SE' })).toMatchObject({ total: 1250, automatic_tax: { enabled: true, status: 'complete' } });
  expect(await preview({ country: 'US' })).toMatchObject({ total: 1000, automatic_tax: { status: 'requires_location_inputs' } });
});

test('a quote shows the tax of its customer, and what it creates is taxed; one without a customer says what is missing', async () => {
  const early = await stripe.quotes.create({ line_items: [{ price }], ...ON });
  expect(early).toMatchObject({
    amount_total: 1000,
    automatic_tax: { enabled: true, status: 'requires_location_inputs', provider: 'dunlin' },
  });
  const customer = await buyer({ address: { country: 'FR' } });
  const { id } = await stripe.quotes.update(early.id, { customer });
  const quote = await stripe.quotes.finalizeQuote(id, { expand: ['total_details.breakdown'] });
  expect(quote).toMatchObject({
    ...{ amount_total: 1200, automatic_tax: { enabled: true, status: 'complete', liability: { type: 'self' } } },
    total_details: { amount_tax: 200, breakdown: { taxes: [{ amount: 200, rate: { country: 'FR', percentage: 20 } }] } },
  });
  const { subscription } = await stripe.quotes.accept(id);
  const { automatic_tax: tax, latest_invoice: invoice } = await stripe.subscriptions.retrieve(subscription as string, {
    expand: ['latest_invoice'],
  });
  expect(tax.enabled).toBe(true);
  expect(invoice).toMatchObject({ total: 1200, automatic_tax: { status: 'complete' } });
});

test('a schedule switches automatic tax on and off by phase; without the place it goes on untaxed, and says so', async () => {
  const clock = await startClock(stripe, '2026-01-01');
  const customer = await buyer({ test_clock: clock.id, address: { country: 'FR' } });
  const month = (rest: object) => ({ items: [{ price }], duration: { interval: 'month' as const }, ...rest });
  const params: Stripe.SubscriptionScheduleCreateParams = {
    ...{ customer, start_date: 'now', default_settings: ON },
    phases: [month({}), month({ automatic_tax: { enabled: false } }), month({})],
  };
  const { id: rate } = await stripe.taxRates.create({ display_name: 'VAT', percentage: 19, inclusive: false });
  const both = { ...params, phases: [month({ default_tax_rates: [rate] })] };
  expect(await refusal(stripe.subscriptionSchedules.create(both))).toMatchObject({ param: 'default_settings[automatic_tax][enabled]' });
  const schedule = await stripe.subscriptionSchedules.create(params);
  expect(schedule).toMatchObject({
    default_settings: { automatic_tax: { enabled: true, disabled_reason: null, liability: { type: 'self' } } },
    phases: [{}, { automatic_tax: { enabled: false, liability: null } }, {}],
  });
  await stripe.customers.update(customer, { address: { country: 'DE' } });
  await clock.to('2026-02-10');
  await stripe.customers.update(customer, { address: { country: 'US' }, tax: { validate_location: 'deferred' } });
  await clock.to('2026-03-10');
  const totals = (await stripe.invoices.list({ customer })).data.map(({ total }) => total);
  expect(totals).toEqual([1000, 1000, 1190]);
  const off = { enabled: false, disabled_reason: 'requires_location_inputs', liability: null };
  expect(await stripe.subscriptionSchedules.retrieve(schedule.id)).toMatchObject({
    ...{ default_settings: { automatic_tax: off }, phases: [{}, {}, { automatic_tax: off }] },
  });
});

test('a preview taxes a customer that the request describes, known or not', async () => {
  const details = { subscription_details: { items: [{ price }] }, ...ON };
  const described = (customer_details: Stripe.InvoiceCreatePreviewParams.CustomerDetails, customer?: string) =>
    stripe.invoices.createPreview({ ...details, customer_details, ...(customer === undefined ? {} : { customer }) });
  expect(await described({ address: { country: 'SE' } })).toMatchObject({
    ...{ total: 1250, customer: null, customer_address: { country: 'SE' }, automatic_tax: { status: 'complete' } },
  });
  const business = { address: { country: 'FR' }, tax_ids: [{ type: 'eu_vat', value: 'FRAB123456789' }] } as const;
  expect(await described({ ...business, tax_ids: [...business.tax_ids] })).toMatchObject({
    ...{ total: 1000, customer_tax_ids: business.tax_ids, total_taxes: [{ taxability_reason: 'reverse_charge' }] },
  });
  expect(await described({ address: { country: 'US' } })).toMatchObject({
    total: 1000,
    automatic_tax: { status: 'requires_location_inputs' },
  });
  const items = [1190, 1000].map((amount, index) => ({ amount, tax_behavior: (['inclusive', 'exclusive'] as const)[index] }));
  expect(
    await stripe.invoices.createPreview({ currency: 'eur', customer_details: { address: { country: 'DE' } }, invoice_items: items, ...ON }),
  ).toMatchObject({ total: 2380, total_excluding_tax: 2000 });
  const customer = await buyer({ address: { country: 'FR' } });
  expect(await described({ address: { country: 'EE' } }, customer)).toMatchObject({ customer, total: 1240 });
  expect(await described({ tax_exempt: 'exempt' }, customer)).toMatchObject({ customer, total: 1000, customer_tax_exempt: 'exempt' });
  expect((await stripe.customers.retrieve(customer)) as Stripe.Customer).toMatchObject({ address: { country: 'FR' }, tax_exempt: 'none' });
  const wrong = described({ address: { country: 'FR' }, tax_ids: [{ type: 'eu_vat', value: 'FR1' }] });
  expect(await refusal(wrong)).toMatchObject({ param: 'customer_details[tax_ids][0][value]', statusCode: 400 });
});

test('a customer who moves to another country is taxed there from the next invoice on, and earlier invoices stay as they were', async () => {
  const clock = await startClock(stripe, '2026-01-15');
  const customer = await buyer({ test_clock: clock.id, address: { country: 'FR' } });
  const { id } = await stripe.subscriptions.create({ customer, items: [{ price }], ...ON });
  await stripe.customers.update(customer, { address: { country: 'SE' } });
  await clock.to('2026-02-15');
  await clock.by(2 * HOUR);
  await stripe.customers.createTaxId(customer, { type: 'eu_vat', value: 'SE123456789012' });
  await clock.to('2026-03-15');
  await clock.by(2 * HOUR);
  const { data } = await stripe.invoices.list({ subscription: id, expand: ['data.total_taxes.tax_rate_details.tax_rate'] });
  const shown = data.map(({ total, customer_address: address, total_taxes: taxes, customer_tax_ids: taxIds }) => ({
    ...{ total, in: address?.country, taxIds: taxIds?.length },
    why: taxes?.map(({ taxability_reason: reason }) => reason),
  }));
  expect(shown).toEqual([
    { total: 1000, in: 'SE', taxIds: 1, why: ['reverse_charge'] },
    { total: 1250, in: 'SE', taxIds: 0, why: ['standard_rated'] },
    { total: 1200, in: 'FR', taxIds: 0, why: ['standard_rated'] },
  ]);
});

test('a rate on a part of the price looks the same on invoices, in their explanation and in calculations: Texas taxes 80 % at 6.25 %', async () => {
  const from = { country: 'US', active_from: 'now' as const, country_options: { us: { type: 'state_sales_tax' as const, state: 'TX' } } };
  await stripe.tax.registrations.create(from);
  const address = { country: 'US', state: 'TX', postal_code: '78701' };
  const customer = await buyer({ address });
  const { id } = await stripe.invoices.create({ customer, currency: 'usd', ...ON });
  await stripe.invoiceItems.create({ customer, invoice: id, amount: 1000, currency: 'usd' });
  const invoice = await stripe.invoices.finalizeInvoice(id, { expand: ['total_taxes.tax_rate_details.tax_rate'] });
  const tax = { amount: 50, taxable_amount: 800, taxability_reason: 'taxable_basis_reduced' };
  const rate = { percentage: 6.25, effective_percentage: 5, country: 'US', state: 'TX' };
  expect(invoice).toMatchObject({ total: 1050, total_taxes: [{ ...tax, tax_rate_details: { tax_rate: rate } }] });
  expect(await product.get(`/v1/invoices/${id}/explain`)).toMatchObject({ lines: [{ taxes: [{ step: '6.25% of 800 = 50' }] }] });
  const calculation = await stripe.tax.calculations.create({
    currency: 'usd',
    line_items: [{ amount: 1000 }],
    customer_details: { address, address_source: 'billing' },
  });
  expect(calculation.tax_breakdown).toMatchObject([{ ...tax, tax_rate_details: { percentage_decimal: '6.25', state: 'TX' } }]);
});
