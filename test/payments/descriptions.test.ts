/** What describes a payment can change after it; what moved money cannot. */
import { customerWith, refusal } from '../support/builders';
import { useProduct } from '../support/product';

const product = useProduct();

const paid = async () => {
  const { customer, card } = await customerWith(product.stripe, 'pm_card_visa');
  const intent = await product.stripe.paymentIntents.create({
    ...{ amount: 1500, currency: 'usd', customer, payment_method: card ?? '', payment_method_types: ['card'], confirm: true },
    metadata: { order: '17' },
  });
  return { customer, card: card ?? '', intent, charge: intent.latest_charge as string };
};

test('a charge can get another description, but no other amount', async () => {
  const { charge } = await paid();
  const updated = await product.stripe.charges.update(charge, { description: 'Seats', metadata: { seen: 'yes' } });
  expect(updated).toMatchObject({ description: 'Seats', metadata: { seen: 'yes' }, amount: 1500, paid: true });
});

test("a refund's metadata is merged", async () => {
  const { intent } = await paid();
  const refund = await product.stripe.refunds.create({ payment_intent: intent.id, amount: 500, metadata: { a: '1' } });
  const updated = await product.stripe.refunds.update(refund.id, { metadata: { b: '2' } });
  expect(updated).toMatchObject({ amount: 500, metadata: { a: '1', b: '2' } });
});

test('an intent that waits for a card can still change its amount; one that is paid cannot', async () => {
  const open = await product.stripe.paymentIntents.create({ amount: 900, currency: 'usd', payment_method_types: ['card'] });
  expect(await product.stripe.paymentIntents.update(open.id, { amount: 950 })).toMatchObject({
    amount: 950,
    status: 'requires_payment_method',
  });
  const { intent } = await paid();
  const error = await refusal(product.stripe.paymentIntents.update(intent.id, { amount: 100 }));
  expect([error.statusCode, error.code]).toEqual([400, 'payment_intent_unexpected_state']);
});

test("a customer's payments are listed, and nobody else's", async () => {
  const { customer, intent } = await paid();
  await paid();
  const { data } = await product.stripe.paymentIntents.list({ customer });
  expect(data.map(({ id }) => id)).toEqual([intent.id]);
});

test('a card’s billing details can change, its number is never shown', async () => {
  const { card } = await paid();
  await product.stripe.paymentMethods.update(card, { billing_details: { name: 'Ada Byron' } });
  const method = await product.stripe.paymentMethods.retrieve(card);
  expect(method.billing_details.name).toBe('Ada Byron');
  expect(method.card).toMatchObject({ last4: '4242', brand: 'visa' });
  expect(JSON.stringify(method)).not.toContain('4242424242424242');
});

test('the balance is the sum of charges less fees', async () => {
  const before = await product.stripe.balance.retrieve();
  const { charge } = await paid();
  const { balance_transaction: id } = await product.stripe.charges.retrieve(charge);
  const movement = await product.stripe.balanceTransactions.retrieve(id as string);
  expect(movement).toMatchObject({ amount: 1500, net: 1500 - movement.fee, source: charge });
  const after = await product.stripe.balance.retrieve();
  const total = ({ pending, available }: typeof before) => [...pending, ...available].reduce((sum, part) => sum + part.amount, 0);
  expect(total(after) - total(before)).toBe(movement.net);
});

test('payments are found by their metadata', async () => {
  const { customer, intent, charge } = await paid();
  const { data: intents } = await product.stripe.paymentIntents.search({ query: `customer:"${customer}" AND metadata["order"]:"17"` });
  expect(intents.map(({ id }) => id)).toEqual([intent.id]);
  const { data: charges } = await product.stripe.charges.search({ query: `customer:"${customer}" AND amount>1000` });
  expect(charges.map(({ id }) => id)).toEqual([charge]);
});
