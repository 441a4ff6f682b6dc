import type Stripe from 'stripe';
import { startSystem, until, type TestSystem } from '../support/system';
import { T0 } from '../test-clocks/lifecycle';

const DAY = 86_400;
let system: TestSystem;
beforeAll(async () => {
  system = await startSystem();
}, 120_000);
afterAll(() => system.stop());

const get = (path: string) => system.stripe.rawRequest('GET', path) as Promise<Record<string, unknown>>;

interface Span {
  quantity: string;
  amount: number;
  billed: { quantity: string; amount: number };
  unbilled: { quantity: string; amount: number };
  groups?: unknown;
  period: { start: number };
}
interface Usage {
  subscriptions: { items: Span[]; late: Span[]; total_amount: number; usage_amount: number; [key: string]: unknown }[];
  unpriced: { usage: { dimensions: object; quantity: string }[] };
}
interface MarginRow {
  id: string;
  revenue: number;
  cost: string;
  customer?: string;
  product?: string | null;
  period: { start: number };
}

/** 20.00 in advance; calls to `eu` at 1.00 up to ten, then 0.50, which cost 0.30 each. */
async function seller(event: string, more: object = {}) {
  const { stripe } = system;
  const meter = await stripe.billing.meters.create({
    ...{ display_name: event, event_name: event, default_aggregation: { formula: 'sum' } },
    ...{ dimension_payload_keys: ['region'], cost_settings: { event_payload_key: 'cost', currency: 'usd' } },
  });
  const product = await stripe.products.create({ name: 'Calls' });
  const base = await stripe.prices.create({
    ...{ currency: 'usd', unit_amount: 2_000, recurring: { interval: 'month' } },
    product_data: { name: 'Plan' },
  });
  const calls = await stripe.prices.create({
    ...{ currency: 'usd', product: product.id, billing_scheme: 'tiered', tiers_mode: 'graduated' },
    tiers: [
      { up_to: 10, unit_amount: 100 },
      { up_to: 'inf', unit_amount: 50 },
    ],
    recurring: { interval: 'month', usage_type: 'metered', meter: meter.id, ...{ dimension_filters: { region: 'eu' } } },
  });
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: T0 });
  const customer = async () => {
    const { id } = await stripe.customers.create({ test_clock: clock.id });
    const card = await stripe.paymentMethods.attach('pm_card_visa', { customer: id });
    const items = [{ price: base.id }, { price: calls.id }];
    const subscription = await stripe.subscriptions.create({ customer: id, items, default_payment_method: card.id, ...more });
    return { id, subscription: subscription.id };
  };
  const use = (of: string, value: number, at: number, region = 'eu') =>
    stripe.billing.meterEvents.create({
      ...{ event_name: event, timestamp: at },
      payload: { stripe_customer_id: of, value: String(value), region, cost: String(value * 30) },
    });
  const pass = async (to: number) => {
    await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: to });
    await until(async () => (await stripe.testHelpers.testClocks.retrieve(clock.id)).status === 'ready', { timeoutMs: 60_000 });
  };
  return { meter: meter.id, base, calls, product: product.id, customer, use, pass };
}

const invoiced = (invoice: Stripe.Invoice | undefined, price: string) =>
  invoice?.lines.data.filter((line) => line.pricing?.price_details?.price === price).map(({ amount }) => amount);

// First, for it asks about the whole account.
test('margins by day, by product and page by page have the same sum as the total', async () => {
  const { product, customer, use, pass } = await seller('margins');
  const customers = [await customer(), await customer(), await customer()];
  await pass(T0 + 20 * DAY);
  for (const [index, { id }] of customers.entries()) {
    for (const day of [1, 4, 4, 15]) await use(id, index + day, T0 + day * DAY + 3_600);
    await use(id, 5, T0 + DAY, 'us');
  }
  await pass(T0 + 30 * DAY + 7_200);
  const span = `start_time=${String(T0)}&end_time=${String(T0 + 30 * DAY)}`;
  const all = async (query: string): Promise<MarginRow[]> => {
    const rows: MarginRow[] = [];
    for (let more = true; more;) {
      const after = rows.at(-1) ? `&starting_after=${encodeURIComponent(rows.at(-1)?.id ?? '')}` : '';
      const page = (await get(`/v1/billing/margins?${span}&${query}${after}`)) as unknown as { data: MarginRow[]; has_more: boolean };
      rows.push(...page.data);
      more = page.has_more;
    }
    return rows;
  };
  const sums = (rows: MarginRow[]) => [
    rows.reduce((sum, { revenue }) => sum + revenue, 0),
    rows.reduce((sum, { cost }) => sum + Number(cost), 0),
  ];
  const whole = await all('limit=100');
  // Three plans; 24, 28 and 32 calls: 1000 and 50 for each above ten. 84 calls and 15 unbilled ones, at 30.
  expect(sums(whole)).toEqual([3 * 2_000 + 3 * 1_000 + (14 + 18 + 22) * 50, (84 + 15) * 30]);
  expect(sums(whole.filter((row) => row.product === null))).toEqual([0, 15 * 30]);
  expect(sums(await all('limit=7&interval=day'))).toEqual(sums(whole));
  expect(sums(await all('group_by[0]=product&interval=week&limit=3'))).toEqual(sums(whole));
  expect((await all(`product=${product}&limit=2`)).map(({ customer: of }) => of).sort()).toEqual(customers.map(({ id }) => id).sort());
  // Of the first customer: 1 call on the 2nd, 8 on the 5th, then the tenth at 1.00 and the rest at 0.50 on the 16th.
  const [first] = customers;
  const days = await all(`customer=${first?.id ?? ''}&product=${product}&interval=day&limit=100`);
  const used = days.filter(({ cost }) => cost !== '0');
  // 1700 for 24 calls, by what was used.
  expect(used.map(({ period, revenue, cost }) => [(period.start - T0) / DAY, revenue, cost])).toEqual([
    [1, 71, '30'],
    [4, 567, '240'],
    [15, 1_062, '450'],
  ]);
  await expect(all('interval=day&currency=xx')).rejects.toMatchObject({ param: 'currency' });
  await expect(get(`/v1/billing/margins?start_time=1&end_time=1`)).rejects.toMatchObject({ param: 'end_time' });
}, 120_000);

test('current usage matches the invoice, with tiers; unpriced usage is shown, and late usage is pending', async () => {
  const { meter, calls, customer, use, pass } = await seller('live', { minimum_commitment: { amount: 9_000 } });
  const ann = await customer();
  const path = `/v1/customers/${ann.id}/usage`;
  await pass(T0 + 5 * DAY);
  await use(ann.id, 14, T0 + DAY);
  await use(ann.id, 3, T0 + 2 * DAY, 'us');
  const early = (await get(`${path}?group_by[0]=region&meter=${meter}&subscription=${ann.subscription}`)) as unknown as Usage;
  // 10 × 100 and 4 × 50; 90.00 at least.
  expect(early.subscriptions).toMatchObject([
    {
      advance_amount: 2_000,
      usage_amount: 1_200,
      total_amount: 3_200,
      minimum_commitment: { amount: 9_000, missing: 5_800 },
      late: [],
    },
  ]);
  const [span] = early.subscriptions[0]?.items ?? [];
  expect(span).toMatchObject({ quantity: '14', amount: 1_200, billed: { amount: 0 }, unbilled: { quantity: '14', amount: 1_200 } });
  expect(span?.groups).toEqual([{ dimensions: { region: 'eu' }, quantity: '14', events: 1 }]);
  expect(early.unpriced.usage).toMatchObject([{ dimensions: { region: 'us' }, quantity: '3', cost: '90' }]);
  const june = T0 + 30 * DAY;
  await pass(june + 7_200);
  const [invoice] = (await system.stripe.invoices.list({ customer: ann.id, limit: 1 })).data;
  expect(invoiced(invoice, calls.id)).toEqual([1_200]);
  // An hour after it was final.
  await use(ann.id, 2, june - 60);
  await use(ann.id, 1, june + 60);
  const late = (await get(path)) as unknown as Usage;
  expect(late.subscriptions[0]?.late).toMatchObject([
    { quantity: '16', billed: { quantity: '14' }, unbilled: { quantity: '2', amount: 100 } },
  ]);
  expect(late.subscriptions[0]?.items).toMatchObject([{ quantity: '1', amount: 100, period: { start: june } }]);
  await expect(get(`${path}?subscription=sub_no`)).rejects.toMatchObject({ code: 'resource_missing' });
  await expect(get(`${path}?what=1`)).rejects.toMatchObject({ code: 'parameter_unknown' });
});
