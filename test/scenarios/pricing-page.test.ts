import type Stripe from 'stripe';
import { priceOf, refusal } from '../support/builders';
import { startProduct, type Product } from '../support/product';

let product: Product;
let stripe: Stripe;
let plans: { product: string; monthly: string; yearly: string };
beforeAll(async () => {
  product = await startProduct();
  stripe = product.stripe;
  const { id } = await stripe.products.create({ name: 'Team', marketing_features: [{ name: 'Ten seats' }, { name: 'Support' }] });
  const price = async (unit_amount: number, interval: 'month' | 'year', eur: number) =>
    priceOf(stripe, unit_amount, {
      product: id,
      product_data: undefined as never,
      recurring: { interval },
      tax_behavior: 'exclusive',
      currency_options: { eur: { unit_amount: eur, tax_behavior: 'inclusive' } },
    });
  plans = { product: id, monthly: await price(2900, 'month', 2500), yearly: await price(29_000, 'year', 25_000) };
}, 120_000);
afterAll(() => product.stop());

interface Table extends Record<string, unknown> {
  id: string;
  url: string;
}

const create = async (params: Record<string, unknown> = {}): Promise<Table> =>
  (await product.post('/v1/pricing_tables', {
    products: [{ product: plans.product, prices: [plans.monthly, plans.yearly], highlighted: true }],
    ...params,
  })) as Table;

async function look(url: string, language = 'en-US') {
  const response = await fetch(url, { headers: { 'Accept-Language': language } });
  return { response, html: (await response.text()).replace(/\s/g, ' ') };
}

const choose = (table: Table, entries: Record<string, string>) =>
  fetch(table.url, { method: 'POST', body: new URLSearchParams(entries), redirect: 'manual', headers: { 'Accept-Language': 'de-AT' } });

test('a visitor sees features and prices, switches to yearly, and gets a checkout of the chosen price', async () => {
  const table = await create({ success_url: 'https://shop.example.com/thanks', trial_period_days: 14, metadata: { a: 'b' } });
  expect(table).toMatchObject({ object: 'pricing_table', active: true, trial_period_days: 14, metadata: { a: 'b' }, automatic_tax: false });
  const monthly = (await look(table.url)).html;
  for (const text of ['Team', 'Ten seats', '$29.00', 'every month', 'The first 14 days are free.', 'Most popular']) {
    expect(monthly).toContain(text);
  }
  const yearly = (await look(`${table.url}?interval=1+year`)).html;
  expect(yearly).toContain('$290.00');
  expect(yearly).not.toContain('$29.00');
  const answer = await choose(table, { price: plans.yearly, currency: 'usd' });
  expect(answer.status).toBe(303);
  const id = new URL(answer.headers.get('location') ?? '').pathname.split('/').at(-1) ?? '';
  const session = await stripe.checkout.sessions.retrieve(id, { expand: ['line_items'] });
  expect(session).toMatchObject({ mode: 'subscription', locale: 'de-AT', amount_total: 0, metadata: { pricing_table: table.id } });
  expect(session.line_items?.data).toMatchObject([{ price: { id: plans.yearly }, quantity: 1 }]);
});

test('currency and language are those of the visitor, and the checkout charges what the page has shown', async () => {
  const table = await create();
  const { html } = await look(table.url, 'de-AT');
  expect(html).toContain('€ 25,00');
  expect(html).toContain('Team wählen');
  expect((await look(`${table.url}?currency=usd`, 'de-AT')).html).toContain('$ 29,00');
  expect((await look(`${table.url}?currency=gbp`, 'xx')).html).toContain('$29.00');
  const answer = await choose(table, { price: plans.monthly, currency: 'eur' });
  const id = new URL(answer.headers.get('location') ?? '').pathname.split('/').at(-1) ?? '';
  expect(await stripe.checkout.sessions.retrieve(id)).toMatchObject({ currency: 'eur', amount_total: 2500 });
});

test('tax is named only where it is calculated, and as it is calculated', async () => {
  const silent = (await look((await create()).url)).html;
  expect(silent).not.toMatch(/including tax|plus tax/);
  const table = await create({ automatic_tax: true });
  expect((await look(table.url)).html).toContain('plus tax');
  expect((await look(`${table.url}?currency=eur`)).html).toContain('including tax');
});

test('any site may show the table in a frame, whose buttons leave it', async () => {
  const table = await create();
  const { response, html } = await look(`${table.url}/embed`);
  expect(response.headers.get('content-security-policy')).toContain('frame-ancestors *');
  expect(response.headers.get('x-frame-options')).toBeNull();
  expect(html).toContain(`action="/pricing/${table.id}" method="post" target="_top"`);
  expect(html).toContain('/framed.js');
  expect((await look(table.url)).response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
});

test('an inactive table sells nothing, and a price that it does not show opens nothing', async () => {
  const table = await create();
  expect((await choose(table, { price: await priceOf(stripe), currency: 'usd' })).status).not.toBe(303);
  expect(await product.post(`/v1/pricing_tables/${table.id}`, { active: false })).toMatchObject({ active: false });
  const { response, html } = await look(table.url);
  expect(response.status).toBe(410);
  expect(html).toContain('These prices are not offered at the moment.');
  expect((await choose(table, { price: plans.monthly, currency: 'usd' })).status).toBe(410);
  expect(await product.get(`/v1/pricing_tables/${table.id}`)).toMatchObject({ id: table.id, active: false });
  const { data } = (await product.get('/v1/pricing_tables?active=false')) as { data: Table[] } & Record<string, unknown>;
  expect(data.map(({ id }) => id)).toEqual([table.id]);
});

test('what a page could not show is refused by name', async () => {
  const other = await priceOf(stripe);
  const refused = async (products: unknown) => refusal(product.post('/v1/pricing_tables', { products }));
  expect(await refused([{ product: plans.product, prices: [other] }])).toMatchObject({ param: 'products[0][prices][0]' });
  expect(await refused([{ product: 'prod_none', prices: [other] }])).toMatchObject({
    param: 'products[0][product]',
    code: 'resource_missing',
  });
  const twice = [plans.monthly, plans.yearly, plans.monthly];
  expect(await refused([{ product: plans.product, prices: twice }])).toMatchObject({ param: 'products[0][prices][2]' });
});
