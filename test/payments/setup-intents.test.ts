import { customerWith, refusal } from '../support/builders';
import { useProduct } from '../support/product';

const product = useProduct();

const intentFor = async (change: Record<string, unknown> = {}) => {
  const { customer } = await customerWith(product.stripe, null);
  return product.stripe.setupIntents.create({ customer, payment_method_types: ['card'], ...change });
};

test('a card that is set up belongs to the customer, is not charged, and can be used off session', async () => {
  const intent = await intentFor({ payment_method: 'pm_card_visa' });
  expect(intent.status).toBe('requires_confirmation');
  const confirmed = await product.stripe.setupIntents.confirm(intent.id);
  expect([confirmed.status, confirmed.usage]).toEqual(['succeeded', 'off_session']);
  const method = await product.stripe.paymentMethods.retrieve(confirmed.payment_method as string);
  expect(method.customer).toBe(intent.customer);
  const { data } = await product.stripe.charges.list({ customer: intent.customer as string });
  expect(data).toEqual([]);
});

test.each([
  ['succeeded', 'succeeded', null],
  ['failed', 'requires_payment_method', 'setup_intent_authentication_failure'],
])('a card that needs 3-D Secure waits for it; %s, the intent is %s', async (result, status, code) => {
  const intent = await intentFor({ payment_method: 'pm_card_authenticationRequired', confirm: true });
  expect([intent.status, intent.next_action?.type]).toEqual(['requires_action', 'use_stripe_sdk']);
  const after = await product.post(`/v1/test_helpers/setup_intents/${intent.id}/authenticate`, { result });
  expect(after).toMatchObject({ status, next_action: null, last_setup_error: code === null ? null : { code } });
});

test('a declined card is reported, and the intent waits for another', async () => {
  const intent = await intentFor();
  const error = await refusal(product.stripe.setupIntents.confirm(intent.id, { payment_method: 'pm_card_chargeDeclined' }));
  expect([error.statusCode, error.code]).toEqual([402, 'card_declined']);
  expect(await product.stripe.setupIntents.retrieve(intent.id)).toMatchObject({
    status: 'requires_payment_method',
    last_setup_error: { code: 'card_declined' },
  });
});

test('description and metadata of an intent can change, and a canceled intent is final', async () => {
  const intent = await intentFor();
  const updated = await product.stripe.setupIntents.update(intent.id, { description: 'a card for later', metadata: { plan: 'gold' } });
  expect(updated).toMatchObject({ description: 'a card for later', metadata: { plan: 'gold' } });
  const canceled = await product.stripe.setupIntents.cancel(intent.id, { cancellation_reason: 'abandoned' });
  expect([canceled.status, canceled.cancellation_reason]).toEqual(['canceled', 'abandoned']);
  const error = await refusal(product.stripe.setupIntents.confirm(intent.id, { payment_method: 'pm_card_visa' }));
  expect([error.statusCode, error.code]).toEqual([400, 'setup_intent_unexpected_state']);
});

test("a customer's intents are listed, newest first, and nobody else's", async () => {
  const { customer } = await customerWith(product.stripe, null);
  const first = await intentFor({ customer });
  const second = await intentFor({ customer });
  await intentFor();
  const { data } = await product.stripe.setupIntents.list({ customer });
  expect(data.map(({ id }) => id)).toEqual([second.id, first.id]);
});

test('a refusal to confirm, cancel or change a setup intent shows the intent as it is', async () => {
  const { setupIntents } = product.stripe;
  const { id } = await intentFor({ payment_method: 'pm_card_visa', confirm: true });
  const late = [setupIntents.confirm(id), setupIntents.cancel(id), setupIntents.update(id, { payment_method: 'pm_card_mastercard' })];
  for (const call of late) {
    const error = await refusal(call);
    expect([error.statusCode, error.code]).toEqual([400, 'setup_intent_unexpected_state']);
    expect(error.setup_intent).toMatchObject({ id, object: 'setup_intent', status: 'succeeded' });
  }
  const bare = await intentFor();
  const error = await refusal(setupIntents.confirm(bare.id));
  expect(error).toMatchObject({ code: 'setup_intent_unexpected_state', setup_intent: { id: bare.id, status: 'requires_payment_method' } });
});

test('the latest attempt can be expanded, with its payment method', async () => {
  const intent = await intentFor();
  expect((await product.stripe.setupIntents.retrieve(intent.id, { expand: ['latest_attempt'] })).latest_attempt).toBeNull();
  await product.stripe.setupIntents.confirm(intent.id, { payment_method: 'pm_card_visa' });
  const expanded = await product.stripe.setupIntents.retrieve(intent.id, { expand: ['latest_attempt.payment_method'] });
  expect(expanded.latest_attempt).toMatchObject({ object: 'setup_attempt', status: 'succeeded', payment_method: { type: 'card' } });
});
