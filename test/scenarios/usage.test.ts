import type Stripe from 'stripe';
import { booksBalanceAfterEach } from '../ledger/books';
import { customerWith, invoicesOf, priceOf, refusal } from '../support/builders';
import { DAY, HOUR, startClock } from '../support/clock';
import { useProduct } from '../support/product';
import { until } from '../support/system';

const product = useProduct();
const { stripe } = product;
booksBalanceAfterEach(product);

type Tiers = NonNullable<Stripe.PriceCreateParams['tiers']>;
const INCLUDED: Tiers = [
  { up_to: 100, unit_amount: 0 },
  { up_to: 200, unit_amount_decimal: '5.5' as unknown as Stripe.Decimal },
  { up_to: 'inf', unit_amount: 3, flat_amount: 50 },
];

/** A base of 2000 a month in advance and calls in arrears, 100 of them included, from 1 April. */
async function hybrid(parameters: Partial<Stripe.SubscriptionCreateParams> & Record<string, unknown> = {}) {
  const clock = await startClock(stripe, '2026-04-01');
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  const event_name = `calls_${clock.id}`;
  const meter = await stripe.billing.meters.create({ display_name: 'Calls', event_name, default_aggregation: { formula: 'sum' } });
  const calls = await meteredPrice(meter.id, { billing_scheme: 'tiered', tiers_mode: 'graduated', tiers: INCLUDED });
  const { id } = await stripe.subscriptions.create({
    customer,
    items: [{ price: await priceOf(stripe, 2000) }, { price: calls }],
    ...parameters,
  });
  const use = (value: number, timestamp = clock.now()) =>
    stripe.billing.meterEvents.create({ event_name, payload: { stripe_customer_id: customer, value: String(value) }, timestamp });
  const last = async () => (await invoicesOf(stripe, id)).at(-1) as Stripe.Invoice;
  return { clock, customer, meter: meter.id, calls, id, use, last };
}

async function meteredPrice(meter: string, terms: Partial<Stripe.PriceCreateParams>): Promise<string> {
  const recurring = { interval: 'month', usage_type: 'metered', meter } as const;
  const { id } = await stripe.prices.create({ currency: 'usd', recurring, product_data: { name: 'Calls' }, ...terms });
  return id;
}

interface Explanation {
  lines: { rule: string; amount: number; steps: string[]; usage: { from: number; to: number; events: number } | null }[];
  totals: { of: string; amount: number }[];
}
const explain = (invoice: string): Promise<Explanation> => stripe.rawRequest('GET', `/v1/invoices/${invoice}/explain`);

test('base price, included usage and overage are on one invoice, which explains them tier by tier', async () => {
  const { clock, id, use, last } = await hybrid();
  await clock.to('2026-04-20');
  await use(250, clock.now() - 5);
  await use(13);
  await clock.to('2026-05-01T01:00:00Z');
  const invoice = await last();
  expect(invoice).toMatchObject({ total: 2000 + 550 + 63 * 3 + 50, status: 'paid' });
  const { lines, totals } = await explain(invoice.id);
  expect(lines.map(({ rule, amount }) => [rule, amount])).toEqual([
    ['per_unit', 2000],
    ['graduated', 789],
  ]);
  expect(lines[1]).toMatchObject({
    steps: ['1 to 100: 100 × 0 = 0', '101 to 200: 100 × 5.5 = 550', 'from 201: 63 × 3 + 50 = 239', 'together 789'],
    usage: { events: 2, from: Date.UTC(2026, 3, 1) / 1000, to: Date.UTC(2026, 4, 1) / 1000 },
  });
  expect(totals.find(({ of }) => of === 'amount_due')?.amount).toBe(2789);
  expect((await stripe.subscriptions.retrieve(id)).items.data[1]).not.toHaveProperty('quantity');
});

test('usage in the draft’s hour is on the invoice, later usage on the next one', async () => {
  const { clock, use, last } = await hybrid();
  await clock.to('2026-05-01');
  await use(110, clock.now() - 60);
  await clock.to('2026-05-01T02:00:00Z');
  expect((await last()).total).toBe(2000 + 55);
  await use(10, clock.now() - 3 * HOUR);
  await use(7);
  await clock.to('2026-06-01T02:00:00Z');
  const invoice = await last();
  expect(invoice.lines.data.map(({ amount, quantity }) => [amount, quantity])).toEqual([
    [2000, 1],
    [0, 7],
    [55, 10],
  ]);
});

test('a preview shows the current usage of the period; a change of price cuts it there', async () => {
  const { clock, id, use, last, calls, meter } = await hybrid();
  await clock.to('2026-04-16');
  await use(120, clock.now() - 1);
  const subscription = id;
  expect((await stripe.invoices.createPreview({ subscription })).total).toBe(2000 + 110);
  const item = (await stripe.subscriptions.retrieve(id)).items.data.find(({ price }) => price.id === calls)?.id ?? '';
  const flat = await meteredPrice(meter, { unit_amount: 2 });
  const change = { items: [{ id: item, price: flat }], proration_behavior: 'always_invoice' as const };
  const preview = await stripe.invoices.createPreview({ subscription, subscription_details: change });
  await stripe.subscriptions.update(id, change);
  const billed = await last();
  expect([billed.total, billed.status, preview.total]).toEqual([110, 'paid', 110]);
  await use(10);
  await clock.to('2026-05-01T02:00:00Z');
  expect((await last()).total).toBe(2000 + 20);
});

test('a cancellation at the period end bills the last usage after it; one at once bills it only with invoice_now', async () => {
  const { clock, customer, id, use, last } = await hybrid();
  await stripe.subscriptions.update(id, { cancel_at_period_end: true });
  await use(150);
  await clock.to('2026-05-01');
  expect([(await stripe.subscriptions.retrieve(id)).status, (await last()).status]).toEqual(['canceled', 'draft']);
  await use(10, clock.now() - 1);
  await clock.by(2 * HOUR);
  expect(await last()).toMatchObject({ total: 330, status: 'paid', billing_reason: 'subscription_cycle' });
  await use(4, clock.now() - 3 * HOUR);
  const waiting = async () => (await stripe.invoiceItems.list({ customer, pending: true })).data.map(({ amount }) => amount);
  expect(await until(async () => ((await waiting()).length > 0 ? waiting() : null), { what: 'late usage' })).toEqual([22]);

  const other = await hybrid();
  await other.use(150);
  await other.clock.by(DAY);
  await stripe.subscriptions.cancel(other.id, { invoice_now: true });
  expect(await other.last()).toMatchObject({ total: 275, status: 'paid' });
});

test('a minimum commitment and a maximum spend limit the amount of a period', async () => {
  const least = await hybrid({ minimum_commitment: { amount: 10_000 } });
  const most = await hybrid({ maximum_spend: { amount: 3000 } });
  await least.use(120);
  await most.use(5000);
  await least.clock.to('2026-05-01T02:00:00Z');
  await most.clock.to('2026-05-01T02:00:00Z');
  expect((await least.last()).total).toBe(2000 + 110 + 7890);
  expect((await most.last()).total).toBe(2000 + 1000);
  const { lines } = await explain((await most.last()).id);
  expect(lines.at(-1)).toMatchObject({ rule: 'maximum_spend', steps: [expect.stringContaining('3000 at most')] });
});

test('parameters that do not fit a metered price are refused by name', async () => {
  const { customer, calls, meter } = await hybrid();
  const quantity = await refusal(stripe.subscriptions.create({ customer, items: [{ price: calls, quantity: 2 }] }));
  expect([quantity.statusCode, quantity.param]).toEqual([400, 'items[0][quantity]']);
  const threshold = { items: [{ price: await priceOf(stripe), billing_thresholds: { usage_gte: 5 } }] };
  const refused = await refusal(stripe.subscriptions.create({ customer, ...threshold }));
  expect([refused.statusCode, refused.param]).toEqual([400, 'items[0][billing_thresholds]']);
  const noMeter = stripe.prices.create({
    currency: 'usd',
    unit_amount: 1,
    recurring: { interval: 'month', usage_type: 'metered' },
    product_data: { name: 'Calls' },
  });
  expect((await refusal(noMeter)).param).toBe('recurring[meter]');
  expect((await stripe.billing.meters.retrieve(meter)).status).toBe('active');
});

test('late usage after a period at its maximum costs nothing more, and a cancellation at once leaves the rest to the next invoice', async () => {
  const { clock, customer, id, use, last } = await hybrid({ maximum_spend: { amount: 2500 } });
  await use(263);
  await clock.to('2026-05-01T02:00:00Z');
  expect(await last()).toMatchObject({ total: 2000 + 500, status: 'paid' });
  const april = Date.UTC(2026, 3, 29) / 1000;
  await use(100, april);
  await use(210);
  await clock.to('2026-06-01T02:00:00Z');
  // June's base; of May 550 + 80, no more than 500; of April 300 more and 300 less.
  expect(await last()).toMatchObject({ total: 2000 + 500, status: 'paid' });
  expect((await explain((await last()).id)).lines.map(({ amount }) => amount)).toEqual([2000, 630, 300, -130, -300]);
  await use(10, Date.UTC(2026, 4, 31) / 1000);
  await stripe.subscriptions.cancel(id);
  await until(async () => (await stripe.invoiceItems.list({ customer, pending: true })).data.length > 0);
  expect((await stripe.invoiceItems.list({ customer, pending: true })).data.map(({ amount }) => amount)).toEqual([30]);
});

test('a resumption that is not paid in time returns the usage before the pause', async () => {
  const { clock, id, use, last } = await hybrid();
  await use(200);
  await clock.to('2026-04-10');
  await stripe.rawRequest('POST', `/v1/subscriptions/${id}/pause`);
  await clock.to('2026-04-11');
  for (const [day, status] of [
    ['2026-04-13', 'void'],
    ['2026-04-15', 'void'],
  ] as const) {
    await stripe.subscriptions.resume(id);
    expect(await last()).toMatchObject({ total: 550 + 2000, status: 'open' });
    await clock.to(day);
    expect(await last()).toMatchObject({ status });
  }
});
