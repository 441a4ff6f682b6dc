import { refusal } from '../../../support/builders';
import { useProduct } from '../../../support/product';

const product = useProduct();

test('a draft of a one-off invoice is deleted, and is then gone', async () => {
  const { stripe } = product;
  const customer = await stripe.customers.create();
  const { id } = await stripe.invoices.create({ customer: customer.id });
  expect(await stripe.invoices.del(id)).toMatchObject({ id, object: 'invoice', deleted: true });
  expect(await refusal(stripe.invoices.retrieve(id))).toMatchObject({ code: 'resource_missing' });
});
