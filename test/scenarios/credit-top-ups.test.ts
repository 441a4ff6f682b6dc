import type Stripe from 'stripe';
import { booksBalance } from '../ledger/books';
import { customerWith, invoicesOf } from '../support/builders';
import { startClock } from '../support/clock';
import { startProduct, type Product } from '../support/product';
import { until } from '../support/system';

let product: Product;
let stripe: Stripe;
beforeAll(async () => {
  product = await startProduct();
  stripe = product.stripe;
}, 120_000);
afterAll(() => product.stop());
afterEach(async () => {
  expect(await booksBalance(product.sql)).toEqual([]);
});

interface TopUp {
  id: string;
  object: string;
  status: string;
  pause_reason: string | null;
  pending_invoice: string | null;
  latest_invoice: string | null;
  latest_credit_grant: string | null;
  month: { start: number; spent: number } | null;
  unit_amount: number;
  threshold: number;
}

const PATH = '/v1/billing/credit_top_ups';
const post = (path: string, parameters: object = {}) => stripe.rawRequest('POST', path, { ...parameters }) as Promise<TopUp>;
const topUpOf = (id: string) => stripe.rawRequest('GET', `/v1/billing/credit_top_ups/${id}`) as Promise<TopUp>;

/** A customer on a clock of 10 April, with calls at 2 in arrears and a rule: below 500, 1000 of credit for 900, 2700 a month at most. */
async function prepaid(rule: object | null = {}, card = 'pm_card_visa') {
  const clock = await startClock(stripe, '2026-04-10');
  const { customer } = await customerWith(stripe, card, { test_clock: clock.id });
  const event_name = `calls_${clock.id}`;
  const meter = await stripe.billing.meters.create({ display_name: 'Calls', event_name, default_aggregation: { formula: 'sum' } });
  const recurring = { interval: 'month', usage_type: 'metered', meter: meter.id } as const;
  const calls = await stripe.prices.create({ currency: 'usd', unit_amount: 2, recurring, product_data: { name: 'Calls' } });
  const { id } = await stripe.subscriptions.create({ customer, items: [{ price: calls.id }] });
  const terms = { customer, currency: 'usd', threshold: 500, amount: 1000, unit_amount: 900, monthly_limit: 2700 };
  const topUp = rule === null ? null : await post(PATH, { ...terms, ...rule });
  const use = (value: number) =>
    stripe.billing.meterEvents.create({
      event_name,
      payload: { stripe_customer_id: customer, value: String(value) },
      timestamp: clock.now(),
    });
  const grants = async () => (await stripe.billing.creditGrants.list({ customer, limit: 100 })).data.reverse();
  const bought = async () =>
    (await stripe.invoices.list({ customer, limit: 100 })).data.filter((each) => each.metadata?.['credit_top_up']).reverse();
  /** All that was woken has looked at its rows. */
  const settled = () =>
    until(async () => {
      const due = await product.sql`
        select 1 from workflows w where w.customer = ${customer} and w.ended_at is null and w.next_due <= ${clock.now()}`;
      return due.length === 0;
    });
  return { clock, customer, calls: calls.id, subscription: id, terms, topUp: topUp?.id ?? '', use, grants, bought, settled };
}

test('usage draws credit down to the threshold: a paid invoice and one grant follow, which the next usage invoice takes', async () => {
  const { clock, customer, topUp, subscription, use, grants, bought, settled } = await prepaid({
    credit_grant: { name: 'Credits', priority: 10, expires_after_days: 90 },
  });
  // None was there: it has bought at once.
  await until(async () => (await grants()).length === 1);
  const [invoice] = await bought();
  expect(invoice).toMatchObject({
    billing_reason: 'manual',
    status: 'paid',
    total: 900,
    amount_paid: 900,
    collection_method: 'charge_automatically',
  });
  expect(invoice?.lines.data).toMatchObject([{ amount: 900, description: 'Credits', discountable: false }]);
  expect((await grants())[0]).toMatchObject({
    ...{ category: 'paid', name: 'Credits', priority: 10, expires_at: clock.now() + 90 * 86_400 },
    ...{ amount: { monetary: { value: 1000, currency: 'usd' } }, metadata: { credit_top_up: topUp, invoice: invoice?.id } },
  });
  // 250 calls take 500 of it: at the threshold, not below.
  await use(250);
  await settled();
  expect(await bought()).toHaveLength(1);
  await use(1);
  await until(async () => (await grants()).length === 2);
  expect(await topUpOf(topUp)).toMatchObject({ status: 'active', pending_invoice: null, month: { spent: 1800 } });
  // 502 of usage on the invoice of 10 May: taken from the first grant, then what is left is 1498.
  await clock.to('2026-05-10T02:00:00Z');
  const usage = (await invoicesOf(stripe, subscription)).at(-1);
  expect(usage).toMatchObject({ status: 'paid', subtotal: 502, total: 0 });
  expect(usage?.total_pretax_credit_amounts).toMatchObject([{ amount: 502 }]);
  expect(await bought()).toHaveLength(2);
  const summary = await stripe.billing.creditBalanceSummaries.retrieve({
    customer,
    filter: { type: 'applicability_scope', applicability_scope: { price_type: 'metered' } },
  });
  expect(summary.balances[0]?.available_balance.monetary?.value).toBe(1498);
});
