import { customerWith, priceOf } from '../../../support/builders';
import { useProduct } from '../../../support/product';

const product = useProduct();

test('the items of one subscription are listed, without those of another', async () => {
  const { stripe } = product;
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  const [seats, storage] = [await priceOf(stripe), await priceOf(stripe, 300)];
  const subscription = await stripe.subscriptions.create({ customer, items: [{ price: seats, quantity: 3 }, { price: storage }] });
  await stripe.subscriptions.create({ customer, items: [{ price: seats }] });
  const { data } = await stripe.subscriptionItems.list({ subscription: subscription.id });
  expect(data.map(({ price, quantity }) => [price.id, quantity])).toEqual(
    expect.arrayContaining([
      [seats, 3],
      [storage, 1],
    ]),
  );
  expect(data).toHaveLength(2);
});
