import { customerWith, priceOf } from '../../support/builders';
import { startProduct, type Product } from '../../support/product';

let product: Product;
let customer: string;
let subscription: string;
beforeAll(async () => {
  product = await startProduct();
  ({ customer } = await customerWith(product.stripe, 'pm_card_visa'));
  const price = await priceOf(product.stripe, 2900, {
    lookup_key: 'gold',
    metadata: { tier: 'gold' },
    product_data: { name: 'Golden seat' },
  });
  const created = await product.stripe.subscriptions.create({ customer, items: [{ price }], metadata: { team: 'red' } });
  subscription = created.id;
  await product.stripe.subscriptions.create({ customer, items: [{ price: await priceOf(product.stripe) }] });
}, 120_000);
afterAll(() => product.stop());

test('subscriptions are found by metadata and status', async () => {
  const { data } = await product.stripe.subscriptions.search({ query: 'status:"active" AND metadata["team"]:"red"' });
  expect(data.map(({ id }) => id)).toEqual([subscription]);
});

test('invoices are found by subscription and total', async () => {
  const { data } = await product.stripe.invoices.search({ query: `subscription:"${subscription}" AND total>2000` });
  expect(data.map((invoice) => [invoice.total, invoice.status])).toEqual([[2900, 'paid']]);
});

test('prices are found by lookup key', async () => {
  const { data } = await product.stripe.prices.search({ query: 'lookup_key:"gold"' });
  expect(data.map((price) => price.unit_amount)).toEqual([2900]);
});

test('products are found by a part of their name', async () => {
  const { data } = await product.stripe.products.search({ query: 'name~"olden"' });
  expect(data.map(({ name }) => name)).toEqual(['Golden seat']);
});

test('the timeline of a subscription lists its steps and the next ones', async () => {
  const timeline = await product.get(`/v1/subscriptions/${subscription}/timeline`);
  expect(timeline).toMatchObject({ object: 'subscription_timeline', subscription, status: 'active', has_more: false });
  const { done, planned } = timeline as { done: { step: string; at: number }[]; planned: { step: string; at: number }[] };
  expect(done.map(({ step }) => step)).toEqual(['createSubscription', 'recordPayment']);
  expect(planned.map(({ step }) => step)).toEqual(['renewSubscription']);
  expect(planned[0]?.at).toBeGreaterThan(done.at(-1)?.at ?? Infinity);
});

test('test clocks are listed, newest first', async () => {
  const first = await product.stripe.testHelpers.testClocks.create({ frozen_time: 1_800_000_000 });
  const second = await product.stripe.testHelpers.testClocks.create({ frozen_time: 1_800_000_000 });
  const { data } = await product.stripe.testHelpers.testClocks.list();
  expect(data.map(({ id }) => id)).toEqual([second.id, first.id]);
});
