import type Stripe from 'stripe';
import type { TaxCalculation } from '../../domain/rows/tax-calculation';
import { customerWith, priceOf } from '../support/builders';
import { HOUR, startClock, type VirtualClock } from '../support/clock';
import { startProduct, type Product } from '../support/product';

let product: Product;
let stripe: Stripe;
let rate: string;

beforeAll(async () => {
  product = await startProduct();
  stripe = product.stripe;
  rate = (await stripe.taxRates.create({ display_name: 'VAT', percentage: 20, inclusive: false })).id;
}, 120_000);
afterAll(() => product.stop());

type Kept = Pick<TaxCalculation, 'provider' | 'currency' | 'lines' | 'created'>;

async function calculationOf(invoice: string): Promise<Kept | undefined> {
  const [row] = await product.sql<Kept[]>`select provider, currency, lines, created from tax_calculations where invoice = ${invoice}`;
  return row;
}

/** The activities that a workflow has had done inside its workflow tasks, in order. */
async function localActivitiesOf(workflowId: string): Promise<string[]> {
  const { events = [] } = await product.system.temporal.workflow.getHandle(workflowId).fetchHistory();
  return (events ?? []).flatMap((event) => {
    const [payload] = event.markerRecordedEventAttributes?.details?.['data']?.payloads ?? [];
    const data = payload?.data ? (JSON.parse(Buffer.from(payload.data).toString()) as { activity_type?: string }) : {};
    return data.activity_type ?? [];
  });
}

test('a renewal’s tax is calculated before its draft is final, and stored with each line', async () => {
  const clock = await startClock(stripe, '2026-01-15');
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  const { id } = await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe) }], default_tax_rates: [rate] });
  await clock.to('2026-02-15');
  const { data: drafts } = await stripe.invoices.list({ subscription: id, status: 'draft' });
  const draft = drafts[0]?.id ?? '';
  expect(await calculationOf(draft)).toBeUndefined();
  await clock.by(2 * HOUR);
  const taxes = [{ tax_rate: rate, amount: 200, taxable_amount: 1000 }];
  expect(await calculationOf(draft)).toMatchObject({ provider: 'rates', currency: 'usd', lines: [{ taxes }] });
  expect(await stripe.invoices.retrieve(draft)).toMatchObject({ status: 'paid', total: 1200, total_taxes: [{ amount: 200 }] });
  const done = await localActivitiesOf(`subscription/${id}`);
  const from = done.lastIndexOf('calculateTax');
  expect(done.slice(from - 1, from + 2)).toEqual(['commit/finalizeDraft', 'calculateTax', 'commit/finalizeDraft']);
});

test('a draft that changes after its tax was calculated is calculated again: the tax is that of the billed lines', async () => {
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  const { id } = await stripe.invoices.create({
    customer,
    currency: 'usd',
    default_tax_rates: [rate],
    pending_invoice_items_behavior: 'exclude',
  });
  await stripe.invoiceItems.create({ customer, invoice: id, amount: 1000, currency: 'usd' });
  // As a provider would have answered before the draft was changed.
  await product.sql`
    insert into tax_calculations (invoice, account, livemode, created, provider, digest, currency, lines)
    values (${id}, ${product.account}, false, 1, 'rates', 'of another draft', 'usd', '[]')`;
  expect(await stripe.invoices.finalizeInvoice(id)).toMatchObject({ total: 1200, total_taxes: [{ amount: 200 }] });
  expect(await calculationOf(id)).toMatchObject({ lines: [{ taxes: [{ amount: 200 }] }] });
  expect(await localActivitiesOf(`invoice/${id}`)).toContain('calculateTax');
});

/** Ways to a final invoice: each answers with the workflow that made it. */
const WAYS: Record<string, (of: { clock: VirtualClock; customer: string; rates: string[] }) => Promise<string>> = {
  'a first invoice': subscribed,
  'a first invoice that must be paid': (of) => subscribed(of, { payment_behavior: 'error_if_incomplete' }),
  'a renewal': async (of) => {
    const workflow = await subscribed(of);
    await of.clock.to('2026-05-01T02:00:00Z');
    return workflow;
  },
  'an immediate change': async (of) => {
    const workflow = await subscribed(of);
    const { data } = await stripe.subscriptionItems.list({ subscription: workflow.replace('subscription/', '') });
    await of.clock.to('2026-04-10');
    await stripe.subscriptionItems.update(data[0]?.id ?? '', { quantity: 3, proration_behavior: 'always_invoice' });
    return workflow;
  },
  'a one-off invoice': async ({ customer, rates }) => {
    const invoice = await stripe.invoices.create({ customer, currency: 'usd', default_tax_rates: rates, auto_advance: false });
    await stripe.invoiceItems.create({ customer, invoice: invoice.id, amount: 1000, currency: 'usd' });
    await stripe.invoices.pay(invoice.id);
    return `invoice/${invoice.id}`;
  },
  'a threshold': async (of) => {
    const event_name = `calls_${of.customer}`;
    const meter = await stripe.billing.meters.create({ display_name: 'Calls', event_name, default_aggregation: { formula: 'sum' } });
    const recurring = { interval: 'month', usage_type: 'metered', meter: meter.id } as const;
    const items = [{ price: await priceOf(stripe, 2, { recurring }) }];
    const workflow = await subscribed(of, { items, billing_thresholds: { amount_gte: 1000 } });
    await of.clock.to('2026-04-10');
    const payload = { stripe_customer_id: of.customer, value: '600' };
    await stripe.billing.meterEvents.create({ event_name, payload, timestamp: of.clock.now() - 5 });
    await of.clock.by(2 * HOUR);
    return workflow;
  },
  'a quote that is accepted': async ({ clock, customer, rates }) => {
    const { id } = await stripe.quotes.create({ customer, line_items: [{ price: await priceOf(stripe) }], default_tax_rates: rates });
    await stripe.quotes.finalizeQuote(id);
    const { subscription } = await stripe.quotes.accept(id);
    await clock.by(2 * HOUR);
    return `subscription/${subscription as string}`;
  },
  'an end with a last invoice': async (of) => {
    const workflow = await subscribed(of);
    const subscription = workflow.replace('subscription/', '');
    await stripe.invoiceItems.create({ customer: of.customer, subscription, amount: 700, currency: 'usd' });
    await stripe.subscriptions.cancel(subscription, { invoice_now: true });
    return workflow;
  },
};

async function subscribed(
  { customer, rates }: { customer: string; rates: string[] },
  more: Partial<Stripe.SubscriptionCreateParams> = {},
): Promise<string> {
  const items = [{ price: await priceOf(stripe) }];
  const { id } = await stripe.subscriptions.create({ customer, items, default_tax_rates: rates, ...more });
  return `subscription/${id}`;
}

test.each(Object.keys(WAYS))(
  '%s asks for its tax once and stores it; without tax rates it asks nothing',
  async (way) => {
    for (const rates of [[rate], []]) {
      const clock = await startClock(stripe, '2026-04-01');
      const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
      const workflow = (await WAYS[way]?.({ clock, customer, rates })) ?? '';
      const { data } = await stripe.invoices.list({ customer });
      const final = data.filter(({ status, total }) => status !== 'draft' && total > 0);
      expect(final.length).toBeGreaterThan(0);
      const expected = rates.length * final.length;
      expect((await localActivitiesOf(workflow)).filter((activity) => activity === 'calculateTax')).toHaveLength(expected);
      const stored = await Promise.all(final.map(({ id }) => calculationOf(id)));
      expect(stored.filter((each) => each !== undefined)).toHaveLength(expected);
      expect(final.map(({ total, total_excluding_tax: net }) => total - (net ?? 0))).toEqual(
        final.map(({ total_excluding_tax: net }) => ((net ?? 0) * 20 * rates.length) / 100),
      );
    }
  },
  60_000,
);
