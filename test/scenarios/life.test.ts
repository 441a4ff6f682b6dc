import { customerWith, invoicesOf, priceOf } from '../support/builders';
import { iso, startClock } from '../support/clock';
import { startProduct, type Product } from '../support/product';

let product: Product;
beforeAll(async () => {
  product = await startProduct();
}, 120_000);
afterAll(() => product.stop());

test('a subscription is charged when it starts, and again when its month is over and the draft has lasted its hour', async () => {
  const { stripe } = product;
  const clock = await startClock(stripe, '2026-01-31');
  const { customer } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  const subscription = await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe) }] });
  expect(subscription.status).toBe('active');
  await clock.to('2026-03-01');
  const invoices = await invoicesOf(stripe, subscription.id);
  expect(invoices.map(({ status, amount_paid, created }) => [status, amount_paid, iso(created)])).toEqual([
    ['paid', 1000, '2026-01-31'],
    ['paid', 1000, '2026-02-28'],
  ]);
});
