import { alertFacts } from '../../db/facts/alert';
import { catalogFacts, creditGrantFacts, quoteFacts, taxRateFacts } from '../../db/facts/catalog';
import { customerFacts } from '../../db/facts/customer';
import { discountFacts } from '../../db/facts/discount';
import { invoiceFacts } from '../../db/facts/invoice';
import { paymentFacts } from '../../db/facts/payment';
import { BEHIND, findRoots, knownRoots, LIVING, WATCHED } from '../../db/facts/roots';
import { ask, type FactStatement } from '../../db/facts/statement';
import { subscriptionFacts } from '../../db/facts/subscription';
import type { TransactionSql } from '../../db/connect';
import type { RowKind, Rows } from '../../domain/rows/rows';
import { customerWith, priceOf } from '../support/builders';
import { startProduct, type Product } from '../support/product';

/** Two customers with the same: what is loaded for the first must have nothing of the second. */
let product: Product;
let ada: Life;

interface Life {
  customer: string;
  subscription: string;
  item: string;
  invoice: string;
  intent: string;
  charge: string;
  card: string;
  discount: string;
  coupon: string;
  rate: string;
  price: string;
  waiting: string;
  refund: string;
  grant: string;
  alert: string;
}

beforeAll(async () => {
  product = await startProduct();
  ada = await lifeOf('Ada');
  await lifeOf('Grace');
}, 120_000);
afterAll(() => product.stop());

async function lifeOf(name: string): Promise<Life> {
  const { stripe, sql } = product;
  const { customer, card } = await customerWith(stripe, 'pm_card_visa', { name });
  const price = await priceOf(stripe);
  const { id: rate } = await stripe.taxRates.create({ display_name: 'VAT', percentage: 19, inclusive: false });
  const { id: coupon } = await stripe.coupons.create({ percent_off: 10, duration: 'forever' });
  const made = await stripe.subscriptions.create({
    ...{ customer, items: [{ price }], default_tax_rates: [rate], discounts: [{ coupon }] },
  });
  const { id: waiting } = await stripe.invoiceItems.create({ customer, amount: 500, currency: 'usd' });
  const [row] = await sql<[Pick<Life, 'invoice' | 'intent' | 'charge'>]>`
    select i.id as invoice, p.id as intent, p.latest_charge as charge
    from invoices i join payment_intents p on p.id = i.payment_intent where i.subscription = ${made.id}`;
  const { id: refund } = await stripe.refunds.create({ charge: row.charge, amount: 100 });
  const { id: grant } = await stripe.billing.creditGrants.create({
    ...{ customer, category: 'paid', amount: { type: 'monetary', monetary: { currency: 'usd', value: 700 } } },
    applicability_config: { scope: { price_type: 'metered' } },
  });
  const { id: meter } = await stripe.billing.meters.create({
    ...{ display_name: name, event_name: name, default_aggregation: { formula: 'sum' } },
  });
  const { id: alert } = await stripe.billing.alerts.create({
    ...{ alert_type: 'usage_threshold', title: name },
    usage_threshold: { gte: 100, meter, recurrence: 'one_time', filters: [{ type: 'customer', customer }] },
  });
  const [discount] = made.discounts;
  const names = { customer, card: card ?? '', price, rate, coupon, waiting, refund, grant, alert };
  return { ...names, ...row, subscription: made.id, item: made.items.data[0]?.id ?? '', discount: discount as string };
}

const load = <Keys>(statement: FactStatement<Keys>, keys: Keys): Promise<Rows> => product.sql.begin<Rows>((tx) => ask(tx, statement, keys));

const keys = (rows: Rows, kind: RowKind): string[] => rows.all(kind).map((row) => ('id' in row ? row.id : ''));

test('a customer comes with its account and its remaining credit', async () => {
  const rows = await load(customerFacts, { account: product.account, customer: ada.customer });
  expect([keys(rows, 'account'), keys(rows, 'customer'), keys(rows, 'creditGrant')]).toEqual([
    [product.account],
    [ada.customer],
    [ada.grant],
  ]);
});

test('a subscription comes with its items', async () => {
  const of = { account: product.account, subscriptions: [ada.subscription], subscription: ada.subscription, schedule: null };
  const rows = await load(subscriptionFacts, { ...of, countsSpend: false });
  expect([keys(rows, 'subscription'), keys(rows, 'subscriptionItem')]).toEqual([[ada.subscription], [ada.item]]);
});

test('the latest invoice of a subscription comes with its lines and the pending items', async () => {
  const of = { customer: ada.customer, invoices: [], subscriptions: [ada.subscription], countsSpend: false };
  const rows = await load(invoiceFacts, of);
  expect([keys(rows, 'invoice'), keys(rows, 'invoiceItem')]).toEqual([[ada.invoice], [ada.waiting]]);
  expect(rows.all('invoiceLineItem')).toMatchObject([{ invoice: ada.invoice, subscriptionItem: ada.item }]);
});

test('a payment comes with its attempt, charge, refunds and card', async () => {
  const of = { intents: [ada.intent], charge: null, paymentMethods: [], invoices: [ada.invoice], subscriptions: [], intent: null };
  const rows = await load(paymentFacts, of);
  expect([keys(rows, 'paymentIntent'), keys(rows, 'charge'), keys(rows, 'refund')]).toEqual([[ada.intent], [ada.charge], [ada.refund]]);
  expect([rows.all('paymentAttempt').map(({ intent }) => intent), keys(rows, 'paymentMethod')]).toEqual([[ada.intent], [ada.card]]);
});

test('a discount comes with the coupon behind it', async () => {
  const rows = await load(discountFacts, {
    account: product.account,
    livemode: false,
    discounts: [ada.discount],
    promotionCodes: [],
    coupons: [],
  });
  expect([keys(rows, 'discount'), rows.all('coupon').map(({ id }) => id)]).toEqual([[ada.discount], [ada.coupon]]);
});

test('a price comes with its product, and is not found in the other mode', async () => {
  const of = { account: product.account, prices: [ada.price] };
  const rows = await load(catalogFacts, { ...of, livemode: false });
  expect([keys(rows, 'price'), rows.all('product')]).toMatchObject([[ada.price], [{ name: 'Pro' }]]);
  expect(keys(await load(catalogFacts, { ...of, livemode: true }), 'price')).toEqual([]);
});

test('tax rates and credit grants come by their ids; a quote that does not exist is absent', async () => {
  expect(keys(await load(taxRateFacts, [ada.rate]), 'taxRate')).toEqual([ada.rate]);
  expect(keys(await load(creditGrantFacts, [ada.grant]), 'creditGrant')).toEqual([ada.grant]);
  expect(keys(await load(quoteFacts, 'qt_nobody'), 'quote')).toEqual([]);
});

test('the alerts of a customer are its own and those on all customers', async () => {
  expect(keys(await load(alertFacts, { account: product.account, customer: ada.customer }), 'alert')).toEqual([ada.alert]);
});

test('each id that a step may name leads to the invoice, its subscription and its customer', async () => {
  const { account } = product;
  const { customer, subscription, invoice, intent, charge, refund } = ada;
  const behind = (of: object) => product.sql.begin((tx) => findRoots(tx, { account, ...of }));
  const whole = { customer, intent, charge, invoices: [invoice], subscriptions: [subscription] };
  expect(await behind({ refund })).toEqual(whole);
  expect(await behind({ intent })).toEqual({ ...whole, charge: null });
  expect(await behind({ invoice })).toEqual({ ...whole, intent: null, charge: null });
  expect(await behind({ spender: customer })).toMatchObject({ subscriptions: [subscription] });
  expect(knownRoots({ account, customer, subscription })).toMatchObject({ customer, subscriptions: [subscription], invoices: [] });
  expect(knownRoots({ account, customer, invoice })).toBeNull();
});

const TEXTS = {
  alertFacts: alertFacts.text,
  catalogFacts: catalogFacts.text,
  creditGrantFacts: creditGrantFacts.text,
  customerFacts: customerFacts.text,
  discountFacts: discountFacts.text,
  invoiceFacts: invoiceFacts.text,
  paymentFacts: paymentFacts.text,
  quoteFacts: quoteFacts.text,
  subscriptionFacts: subscriptionFacts.text,
  taxRateFacts: taxRateFacts.text,
  BEHIND,
  LIVING,
  WATCHED,
};

test.each(Object.entries(TEXTS))('%s uses an index for every table that it reads', async (_, text) => {
  expect(await tablesReadWhole(text)).toEqual([]);
});

/** Of the plan that serves whatever the statement is asked with, where a table is only read whole for want of an index. */
async function tablesReadWhole(text: string): Promise<string[]> {
  const explain = async (tx: TransactionSql): Promise<string[]> => {
    await tx`set local enable_seqscan = off`;
    const plan = await tx.unsafe<{ 'QUERY PLAN': string }[]>(`explain (generic_plan) ${text}`);
    return plan.map((row) => Object.values(row)[0] as string);
  };
  const lines = await product.sql.begin(explain);
  return lines.flatMap((line) => /Seq Scan on (\w+)/.exec(line)?.[1] ?? []);
}
