import { refusal } from '../../../support/builders';
import { startProduct, type Product } from '../../../support/product';

let product: Product;
beforeAll(async () => void (product = await startProduct()), 120_000);
afterAll(() => product.stop());

test('a draft of a one-off invoice is deleted, and is then gone', async () => {
  const { stripe } = product;
  const customer = await stripe.customers.create();
  const { id } = await stripe.invoices.create({ customer: customer.id });
  expect(await stripe.invoices.del(id)).toMatchObject({ id, object: 'invoice', deleted: true });
  expect(await refusal(stripe.invoices.retrieve(id))).toMatchObject({ code: 'resource_missing' });
});
