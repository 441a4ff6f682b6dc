import type Stripe from 'stripe';
import { customerWith, priceOf } from '../../../support/builders';
import { startClock } from '../../../support/clock';
import { startProduct, type Product } from '../../../support/product';

let product: Product;
let stripe: Stripe;
let customer: string;
const made: Record<string, Stripe.Subscription> = {};
const prices: Record<string, string> = {};

beforeAll(async () => {
  product = await startProduct();
  ({ stripe } = product);
  ({ customer } = await customerWith(stripe, 'pm_card_visa'));
  for (const name of ['active', 'sent', 'canceled', 'incomplete']) {
    prices[name] = await priceOf(stripe);
    const how: Partial<Stripe.SubscriptionCreateParams> =
      name === 'sent'
        ? { collection_method: 'send_invoice', days_until_due: 5 }
        : name === 'incomplete'
          ? { payment_behavior: 'default_incomplete' }
          : {};
    made[name] = await stripe.subscriptions.create({ customer, items: [{ price: prices[name] }], ...how });
  }
  await stripe.subscriptions.cancel(idOf('canceled'));
});
afterAll(() => product.stop());

const idOf = (name: string): string => made[name]?.id ?? name;
const nameOf = (id: string): string => Object.keys(made).find((name) => made[name]?.id === id) ?? id;
const names = async (of: Stripe.SubscriptionListParams): Promise<string[]> =>
  (await stripe.subscriptions.list(of)).data.map(({ id }) => nameOf(id)).sort();

test('ended subscriptions are listed only on request', async () => {
  expect(await names({ customer })).toEqual(['active', 'incomplete', 'sent']);
  expect(await names({ customer, status: 'all' })).toEqual(['active', 'canceled', 'incomplete', 'sent']);
  expect(await names({ customer, status: 'ended' })).toEqual(['canceled']);
  expect(await names({ customer, status: 'incomplete' })).toEqual(['incomplete']);
});

test('filters by price, collection method and period', async () => {
  expect(await names({ price: prices['sent'] ?? '' })).toEqual(['sent']);
  expect(await names({ customer, collection_method: 'send_invoice' })).toEqual(['sent']);
  const { current_period_end: end = 0 } = made['active']?.items.data[0] ?? {};
  expect(await names({ customer, price: prices['active'] ?? '', current_period_end: end })).toEqual(['active']);
  expect(await names({ customer, current_period_end: { gt: end + 600 } })).toEqual([]);
  expect(await names({ customer, current_period_start: { lte: end, gte: end - 40 * 86_400 } })).toEqual(['active', 'incomplete', 'sent']);
});

test('subscriptions on a test clock are listed only by clock or customer', async () => {
  const clock = await startClock(stripe, '2026-01-01');
  const { customer: virtual } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  made['virtual'] = await stripe.subscriptions.create({ customer: virtual, items: [{ price: await priceOf(stripe) }] });
  expect(await names({ status: 'active' })).toEqual(['active', 'sent']);
  expect(await names({ test_clock: clock.id })).toEqual(['virtual']);
  expect(await names({ customer: virtual })).toEqual(['virtual']);
});

test('the timeline shows each step with its reason, and the next ones', async () => {
  const timeline = await product.get(`/v1/subscriptions/${idOf('active')}/timeline`);
  const done = timeline['done'] as { id: string; step: string; workflow: string; commit_key: string }[];
  expect(done.map(({ step }) => step)).toEqual(['createSubscription', 'recordPayment']);
  expect(done[0]).toMatchObject({ workflow: `subscription/${idOf('active')}`, commit_key: expect.stringMatching(/^req_/) as string });
  const [next] = timeline['planned'] as { step: string; at: number }[];
  expect(next).toMatchObject({ step: 'renewSubscription', at: made['active']?.items.data[0]?.current_period_end });
  const earlier = await product.get(
    `/v1/subscriptions/${idOf('active')}/timeline?limit=1&ending_before=${encodeURIComponent(done[1]?.id ?? '')}`,
  );
  expect(earlier).toMatchObject({ done: [{ step: 'createSubscription' }], has_more: false, planned: [] });
});
