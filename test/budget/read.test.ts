import { customerWith, priceOf } from '../support/builders';
import { startTappedProduct, type TappedProduct } from '../support/tapped-product';

let tapped: TappedProduct;
beforeAll(async () => void (tapped = await startTappedProduct()), 180_000);
afterAll(() => tapped.stop());

/** A statement's first time on a connection takes a round trip more, and so does a key that is not known yet. */
async function leastOf(read: () => Promise<unknown>): Promise<{ statements: number; roundTrips: number }> {
  const counts: { statements: number; roundTrips: number }[] = [];
  for (let round = 0; round < 40; round += 1) {
    tapped.tap.take();
    await read();
    counts.push(tapped.tap.take());
  }
  return counts.reduce((least, count) => (count.statements < least.statements ? count : least));
}

test('a customer is read in one statement, a subscription with its items, prices and tax rates in two', async () => {
  const { stripe } = tapped.product;
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  const { id } = await stripe.subscriptions.create({ customer, items: [{ price: await priceOf(stripe) }] });
  expect(await leastOf(() => stripe.customers.retrieve(customer))).toMatchObject({ statements: 1 });
  expect(await leastOf(() => stripe.subscriptions.retrieve(id))).toMatchObject({ statements: 2 });
});
