import type Stripe from 'stripe';
import { priceOf } from '../../../support/builders';
import { startSystem, type TestSystem } from '../../../support/system';

let system: TestSystem;
let stripe: Stripe;
let customer: string;
beforeAll(async () => {
  system = await startSystem();
  stripe = system.stripe;
  customer = (await stripe.customers.create({ name: 'Ada' })).id;
}, 60_000);
afterAll(() => system.stop());

const amounts = ({ amount_subtotal, amount_total }: { amount_subtotal: number; amount_total: number }) => [amount_subtotal, amount_total];

test('an update keeps the lines that it names, adds and removes others, and recalculates the amounts', async () => {
  const [one, two] = [await priceOf(stripe, 1000), await priceOf(stripe, 300)];
  const { id: coupon } = await stripe.coupons.create({ percent_off: 10, duration: 'once' });
  const { id } = await stripe.quotes.create({ customer, line_items: [{ price: one, quantity: 2, discounts: [{ coupon }] }] });
  const quote = await stripe.quotes.retrieve(id, { expand: ['line_items'] });
  expect(amounts(quote)).toEqual([2000, 1800]);
  const [kept] = quote.line_items?.data ?? [];
  const changed = await stripe.quotes.update(id, {
    line_items: [{ id: kept?.id ?? '' }, { price: two, quantity: 5 }],
    expand: ['line_items', 'computed.upfront.line_items'],
  });
  expect(changed.line_items?.data.map(({ id: line, quantity, amount_total }) => [line === kept?.id, quantity, amount_total])).toEqual([
    [true, 2, 1800],
    [false, 5, 1500],
  ]);
  const ids = (list?: { data: { id: string }[] }) => list?.data.map(({ id: line }) => line);
  expect(ids(changed.computed.upfront.line_items)).toEqual(ids(changed.line_items));
  expect(changed.computed.recurring).toMatchObject({ amount_total: 3500 });
  const fewer = await stripe.quotes.update(id, {
    line_items: [{ id: changed.line_items?.data[1]?.id ?? '', quantity: 1 }],
    header: 'Less',
  });
  expect([...amounts(fewer), fewer.computed.recurring?.amount_total, fewer.header]).toEqual([300, 300, 300, 'Less']);
});

test('line items are listed page by page, with their products when expanded', async () => {
  const prices = await Promise.all([1, 2, 3].map((n) => priceOf(stripe, 100 * n)));
  const { id } = await stripe.quotes.create({ customer, line_items: prices.map((price) => ({ price })) });
  const first = await stripe.quotes.listLineItems(id, { limit: 2, expand: ['data.price.product'] });
  expect([first.has_more, first.data.map(({ price }) => (price?.product as Stripe.Product).name)]).toEqual([true, ['Pro', 'Pro']]);
  const all = await stripe.quotes.listLineItems(id, { limit: 2 }).autoPagingToArray({ limit: 10 });
  expect(all.map(({ amount_total }) => amount_total)).toEqual([100, 200, 300]);
  const back = await stripe.quotes.listComputedUpfrontLineItems(id, { ending_before: all[2]?.id ?? '', limit: 1 });
  expect([back.data.map(({ id: line }) => line), back.has_more]).toEqual([[all[1]?.id], true]);
});

test('a metered line has no amount in a quote, because there is no usage yet', async () => {
  const { id: meter } = await stripe.billing.meters.create({
    display_name: 'Calls',
    event_name: 'calls',
    default_aggregation: { formula: 'sum' },
  });
  const metered = await priceOf(stripe, 2, { recurring: { interval: 'month', usage_type: 'metered', meter } });
  const quote = await stripe.quotes.create({ customer, line_items: [{ price: metered }, { price: await priceOf(stripe, 700) }] });
  expect(amounts(quote)).toEqual([700, 700]);
  const { data } = await stripe.quotes.listLineItems(quote.id);
  expect(data.map(({ quantity, amount_total }) => [quantity, amount_total])).toEqual([
    [null, 0],
    [1, 700],
  ]);
  expect((await stripe.quotes.listComputedUpfrontLineItems(quote.id)).data).toHaveLength(1);
});

test('pending items are not quoted, and a quote redeems nothing', async () => {
  const { id: coupon } = await stripe.coupons.create({ percent_off: 50, duration: 'repeating', duration_in_months: 2 });
  const { id: own } = await stripe.customers.create();
  await stripe.invoiceItems.create({ customer: own, amount: 5000, currency: 'usd' });
  const line_items = [{ price: await priceOf(stripe) }];
  const plain = await stripe.quotes.create({ customer: own, line_items });
  const discounted = await stripe.quotes.create({ customer: own, line_items, discounts: [{ coupon }] });
  expect([amounts(plain), amounts(discounted), discounted.computed.recurring?.amount_total]).toEqual([[1000, 1000], [1000, 500], 1000]);
  const kept = await stripe.quotes.update(discounted.id, { discounts: [{ discount: discounted.discounts[0] as string }], header: 'Offer' });
  expect([kept.discounts, kept.amount_total, kept.header]).toEqual([discounted.discounts, 500, 'Offer']);
  const without = await stripe.quotes.update(discounted.id, { discounts: '' });
  expect([without.discounts, without.amount_total]).toEqual([[], 1000]);
  expect((await stripe.coupons.retrieve(coupon)).times_redeemed).toBe(0);
});

test('a breakdown lists the discounts and rates, upfront and for each period', async () => {
  const { id: coupon } = await stripe.coupons.create({ percent_off: 10, duration: 'once' });
  const { id: rate } = await stripe.taxRates.create({ display_name: 'VAT', percentage: 20, inclusive: false });
  const quote = await stripe.quotes.create({
    customer,
    line_items: [{ price: await priceOf(stripe) }],
    discounts: [{ coupon }],
    default_tax_rates: [rate],
    expand: ['total_details.breakdown', 'computed.recurring.total_details.breakdown', 'computed.upfront.total_details.breakdown'],
  });
  const { breakdown } = quote.total_details;
  expect(breakdown?.discounts.map(({ amount, discount }) => [amount, discount.source.coupon])).toEqual([[100, coupon]]);
  expect(breakdown?.taxes.map(({ amount, rate: { id } }) => [amount, id])).toEqual([[180, rate]]);
  expect(quote.computed.upfront.total_details.breakdown).toEqual(breakdown);
  expect(quote.computed.recurring?.total_details.breakdown).toMatchObject({ discounts: [], taxes: [{ amount: 200 }] });
});

test('lists by customer and status', async () => {
  const { id: own } = await stripe.customers.create();
  const line_items = [{ price: await priceOf(stripe) }];
  const [draft, open] = [
    await stripe.quotes.create({ customer: own, line_items }),
    await stripe.quotes.create({ customer: own, line_items }),
  ];
  await stripe.quotes.finalizeQuote(open.id, { expires_at: open.expires_at - 60 });
  const listed = async (of: Stripe.QuoteListParams) => (await stripe.quotes.list({ customer: own, ...of })).data.map(({ id }) => id);
  expect([await listed({}), await listed({ status: 'open' }), await listed({ status: 'draft' })]).toEqual([
    [open.id, draft.id],
    [open.id],
    [draft.id],
  ]);
});
