import type Stripe from 'stripe';
import { customerWith, refusal } from '../../../support/builders';
import { useProduct } from '../../../support/product';

const product = useProduct();
const { stripe } = product;

test('a subscription can be created with a plan, add it and change to it, and shows it with its item', async () => {
  const plan = async (amount: number, nickname: string) =>
    stripe.plans.create({ currency: 'usd', interval: 'month', amount, nickname, product: { name: nickname } });
  const [gold, silver, extra] = [await plan(3000, 'Gold'), await plan(1000, 'Silver'), await plan(250, 'Extra')];
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  const made = await stripe.subscriptions.create({ customer, items: [{ plan: silver.id, quantity: 2 }], expand: ['latest_invoice'] });
  const [item] = made.items.data;
  expect(item).toMatchObject({ plan: { id: silver.id, object: 'plan', amount: 1000 }, price: { id: silver.id, object: 'price' } });
  expect((made.latest_invoice as Stripe.Invoice).total).toBe(2000);
  expect((await stripe.subscriptionItems.create({ subscription: made.id, plan: extra.id })).price.id).toBe(extra.id);
  expect((await stripe.subscriptionItems.update(item?.id ?? '', { plan: gold.id })).plan.id).toBe(gold.id);
  const back = await stripe.subscriptions.update(made.id, { items: [{ id: item?.id, plan: silver.id }] });
  expect(back.items.data[0]?.plan.nickname).toBe('Silver');
  expect((await stripe.subscriptions.list({ customer, plan: silver.id })).data.map(({ id }) => id)).toEqual([made.id]);
  const twice = { plan: gold.id, price: silver.id };
  expect(await refusal(stripe.subscriptions.create({ customer, items: [twice] }))).toMatchObject({ param: 'items[0][plan]' });
  expect(await refusal(stripe.subscriptionItems.create({ subscription: made.id, ...twice }))).toMatchObject({ param: 'price' });
});

test('a subscription with a deleted plan keeps it, and no other can get it', async () => {
  const { id: plan } = await stripe.plans.create({ currency: 'usd', interval: 'month', amount: 700, product: { name: 'Old' } });
  const { customer } = await customerWith(stripe, 'pm_card_visa');
  const { id } = await stripe.subscriptions.create({ customer, items: [{ plan }] });
  await stripe.plans.del(plan);
  expect((await stripe.subscriptions.retrieve(id)).items.data[0]?.price).toMatchObject({ id: plan, unit_amount: 700, active: false });
  expect((await stripe.invoices.createPreview({ subscription: id })).total).toBe(700);
  expect(await refusal(stripe.subscriptions.create({ customer, items: [{ price: plan }] }))).toMatchObject({
    code: 'resource_missing',
    param: 'items[0][price]',
  });
});
