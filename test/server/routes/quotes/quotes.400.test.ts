import type Stripe from 'stripe';
import { priceOf, refusal } from '../../../support/builders';
import { startSystem, type TestSystem } from '../../../support/system';

let system: TestSystem;
let stripe: Stripe;
let customer: string;
let monthly: string;
let yearly: string;
let fee: string;
let metered: string;
beforeAll(async () => {
  system = await startSystem();
  stripe = system.stripe;
  customer = (await stripe.customers.create({ name: 'Ada' })).id;
  [monthly, yearly] = [await priceOf(stripe), await priceOf(stripe, 9000, { recurring: { interval: 'year' } })];
  fee = (await stripe.prices.create({ currency: 'usd', unit_amount: 500, product_data: { name: 'Setup' } })).id;
  const { id: meter } = await stripe.billing.meters.create({
    display_name: 'Calls',
    event_name: 'calls',
    default_aggregation: { formula: 'sum' },
  });
  metered = await priceOf(stripe, 2, { recurring: { interval: 'month', usage_type: 'metered', meter } });
}, 60_000);
afterAll(() => system.stop());

type Create = Stripe.QuoteCreateParams;
const create = (params: Create) => stripe.quotes.create({ customer, ...params });

test('an invalid quote is refused with its own parameters, and leaves nothing', async () => {
  const yen = await priceOf(stripe, 900, { currency: 'jpy' });
  const { id: retired } = await stripe.prices.update(await priceOf(stripe), { active: false });
  const { id: yens } = await stripe.coupons.create({ amount_off: 100, currency: 'jpy', duration: 'once' });
  const { id: other } = await stripe.customers.create();
  const { id: code } = await stripe.promotionCodes.create({
    promotion: { type: 'coupon', coupon: (await stripe.coupons.create({ percent_off: 5, duration: 'once' })).id },
    customer: other,
  });
  const product = (await stripe.products.create({ name: 'Pro' })).id;
  const cases: [Create, string][] = [
    [{ line_items: [{ price: monthly }, { price: yearly }] }, 'line_items[1][price]'],
    [{ line_items: [{ price: fee }, { price: monthly }, { price: monthly }] }, 'line_items[2][price]'],
    [{ line_items: [{ price: monthly }, { price: yen }] }, 'line_items[1][price]'],
    [{ line_items: [{ price: fee }, { price: retired }] }, 'line_items[1][price]'],
    [{ line_items: [{ price: 'price_none' }] }, 'line_items[0][price]'],
    [{ line_items: [{ quantity: 2 }] }, 'line_items[0][price]'],
    [{ line_items: [{ price: metered, quantity: 2 }] }, 'line_items[0][quantity]'],
    [{ line_items: [{ price: monthly, quantity: 9_999_999_999 }] }, 'line_items[0][quantity]'],
    [{ line_items: [{ price: monthly, tax_rates: ['txr_none'] }] }, 'line_items[0][tax_rates][0]'],
    [{ line_items: [{ price_data: { currency: 'usd', product } }] }, 'line_items[0][price_data][unit_amount]'],
    [{ line_items: [{ price: monthly, discounts: [{ coupon: yens }] }] }, 'line_items[0][discounts][0][coupon]'],
    [{ line_items: [{ price: monthly }], discounts: [{ promotion_code: code }] }, 'discounts[0][promotion_code]'],
    [{ line_items: [{ price: monthly }], discounts: [{ coupon: 'NONE' }] }, 'discounts[0][coupon]'],
    [{ collection_method: 'send_invoice' }, 'invoice_settings[days_until_due]'],
    [{ invoice_settings: { days_until_due: 3 } }, 'invoice_settings[days_until_due]'],
    [{ subscription_data: { effective_date: 'current_period_end' } }, 'subscription_data[effective_date]'],
    [{ subscription_data: { trial_period_days: 731 } }, 'subscription_data[trial_period_days]'],
    [{ expires_at: 1_000_000_000 }, 'expires_at'],
    [{ test_clock: 'clock_none' }, 'test_clock'],
    [{ customer: 'cus_none' }, 'customer'],
    [{ from_quote: { quote: 'qt_none' } }, 'customer'],
    [{ application_fee_amount: 5 }, 'application_fee_amount'],
    [{ on_behalf_of: 'acct_1' }, 'on_behalf_of'],
    [{ transfer_data: { destination: 'acct_1' } }, 'transfer_data'],
  ];
  const before = (await stripe.quotes.list({ customer, limit: 100 })).data.length;
  const told = await Promise.all(cases.map(async ([params]) => refusal(create(params))));
  expect(told.map(({ param, statusCode }) => [param, statusCode])).toEqual(cases.map(([, param]) => [param, 400]));
  expect((await stripe.quotes.list({ customer, limit: 100 })).data).toHaveLength(before);
  expect(await refusal(stripe.quotes.retrieve('qt_none'))).toMatchObject({ statusCode: 404, code: 'resource_missing' });
});

test('each status allows only its operations', async () => {
  const nobody = await stripe.quotes.create({ line_items: [{ price: monthly }] });
  expect(nobody).toMatchObject({ customer: null, amount_total: 1000, currency: 'usd' });
  expect(await refusal(stripe.quotes.finalizeQuote(nobody.id))).toMatchObject({ param: 'customer' });
  expect(await refusal(stripe.quotes.accept(nobody.id))).toMatchObject({ statusCode: 400 });
  await stripe.quotes.update(nobody.id, { customer });
  const { id: other } = await stripe.customers.create();
  expect(await refusal(stripe.quotes.update(nobody.id, { customer: other }))).toMatchObject({ param: 'customer' });
  expect((await stripe.quotes.finalizeQuote(nobody.id)).status).toBe('open');
  expect(await refusal(stripe.quotes.finalizeQuote(nobody.id))).toMatchObject({ statusCode: 400 });
  expect(await refusal(stripe.quotes.update(nobody.id, { line_items: [{ price: fee }] }))).toMatchObject({ param: 'line_items' });
  expect((await stripe.quotes.update(nobody.id, { metadata: { seen: 'yes' } })).metadata).toEqual({ seen: 'yes' });
  expect((await stripe.quotes.cancel(nobody.id)).status).toBe('canceled');
  expect(await refusal(stripe.quotes.cancel(nobody.id))).toMatchObject({ statusCode: 400 });
  expect(await refusal(stripe.quotes.create({ from_quote: { quote: nobody.id } }))).toMatchObject({ param: 'from_quote[quote]' });
  expect(await refusal(stripe.quotes.finalizeQuote((await create({})).id))).toMatchObject({ param: 'line_items' });
  const once = await create({ line_items: [{ price: fee }], subscription_data: { trial_period_days: 3 } });
  expect(await refusal(stripe.quotes.finalizeQuote(once.id))).toMatchObject({ param: 'subscription_data[trial_period_days]' });
});
