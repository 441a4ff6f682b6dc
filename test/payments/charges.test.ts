import { useProduct } from '../support/product';

const product = useProduct();

test('a token is charged at once, and booked like any other payment', async () => {
  const { stripe } = product;
  const charge = await stripe.charges.create({ amount: 1200, currency: 'usd', source: 'tok_visa', metadata: { order: '7' } });
  expect(charge).toMatchObject({
    ...{ object: 'charge', amount: 1200, status: 'succeeded', paid: true, captured: true, metadata: { order: '7' } },
    ...{ source: { object: 'card', brand: 'Visa', last4: '4242' }, outcome: { seller_message: 'Payment complete.' } },
  });
  const intent = await stripe.paymentIntents.retrieve(charge.payment_intent as string);
  expect(intent).toMatchObject({ status: 'succeeded', amount_received: 1200, latest_charge: charge.id });
  const movement = await stripe.balanceTransactions.retrieve(charge.balance_transaction as string);
  expect(movement).toMatchObject({ type: 'charge', amount: 1200, source: charge.id });
  const refund = await stripe.refunds.create({ charge: charge.id, amount: 200 });
  expect(refund).toMatchObject({ amount: 200, status: 'succeeded' });
});

test('a customer is charged by the default source, or by another source of its own', async () => {
  const { stripe } = product;
  const customer = await stripe.customers.create({ source: 'tok_visa' });
  const second = await stripe.customers.createSource(customer.id, { source: 'tok_mastercard' });
  const pay = (source?: string) =>
    stripe.charges.create({ amount: 700, currency: 'usd', customer: customer.id, ...(source === undefined ? {} : { source }) });
  expect((await pay()).payment_method).toBe(customer.default_source);
  expect((await pay(second.id)).payment_method).toBe(second.id);
  const stranger = await stripe.customers.create({ source: 'tok_visa' });
  await expect(pay(stranger.default_source as string)).rejects.toMatchObject({ code: 'resource_missing', param: 'source' });
  const bare = await stripe.customers.create();
  await expect(stripe.charges.create({ amount: 700, currency: 'usd', customer: bare.id })).rejects.toMatchObject({ statusCode: 400 });
  await expect(stripe.charges.create({ amount: 700, currency: 'usd' })).rejects.toMatchObject({
    code: 'parameter_missing',
    param: 'source',
  });
});

test('an authorization is captured later, all or a part of it, but no more', async () => {
  const { stripe } = product;
  const charge = await stripe.charges.create({ amount: 1000, currency: 'usd', source: 'tok_visa', capture: false });
  expect(charge).toMatchObject({ captured: false, amount_captured: 0 });
  await expect(stripe.charges.capture(charge.id, { amount: 1001 })).rejects.toMatchObject({ code: 'amount_too_large', param: 'amount' });
  const captured = await stripe.charges.capture(charge.id, { amount: 600 });
  expect(captured).toMatchObject({ captured: true, amount_captured: 600 });
  await expect(stripe.charges.capture(charge.id)).rejects.toMatchObject({ code: 'charge_already_captured' });
});

test.each([
  ['tok_chargeCustomerFail', 'card_declined'],
  ['tok_threeDSecure2Required', 'authentication_required'],
])('%s is refused with %s, and leaves a failed charge', async (source, code) => {
  const { stripe } = product;
  const error = await stripe.charges.create({ amount: 900, currency: 'usd', source }).then(
    () => null,
    (refusal: unknown) => refusal as { code: string; statusCode: number; charge: string },
  );
  expect(error).toMatchObject({ code, statusCode: 402 });
  expect(await stripe.charges.retrieve(error?.charge ?? '')).toMatchObject({ status: 'failed', amount: 900 });
});

test('a charge made again under its Idempotency-Key is the same charge', async () => {
  const { stripe } = product;
  const token = await stripe.tokens.create({ card: { number: '4242424242424242', exp_month: '12', exp_year: '2034' } });
  const pay = () => stripe.charges.create({ amount: 800, currency: 'usd', source: token.id }, { idempotencyKey: 'charge-once' });
  const first = await pay();
  expect((await pay()).id).toBe(first.id);
  await expect(stripe.charges.create({ amount: 800, currency: 'usd', source: token.id })).rejects.toMatchObject({
    code: 'token_already_used',
  });
});

test('a subscription’s invoice is paid by the default source if nothing else is named', async () => {
  const { stripe } = product;
  const customer = await stripe.customers.create({ source: 'tok_visa' });
  const price = await stripe.prices.create({
    currency: 'usd',
    unit_amount: 1500,
    recurring: { interval: 'month' },
    product_data: { name: 'Pro' },
  });
  const subscription = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
  expect(subscription).toMatchObject({
    ...{ status: 'active', quantity: 1, plan: { id: price.id }, managed_payments: { enabled: false } },
    ...{ items: { total_count: 1, data: [{ current_trial: null }] }, billing_mode: { updated_at: subscription.created } },
  });
  const listed = (await stripe.rawRequest('GET', `/v1/customers/${customer.id}/subscriptions`)) as unknown as { data: { id: string }[] };
  expect(listed.data.map(({ id }) => id)).toEqual([subscription.id]);
  const one = (await stripe.rawRequest('GET', `/v1/customers/${customer.id}/subscriptions/${subscription.id}`)) as unknown as {
    id: string;
  };
  expect(one.id).toBe(subscription.id);
  const [charge] = (await stripe.charges.list({ customer: customer.id })).data;
  expect(charge).toMatchObject({ payment_method: customer.default_source, amount: 1500, paid: true });
  const changed = await stripe.subscriptions.update(subscription.id, { default_payment_method: customer.default_source as string });
  expect(changed.default_payment_method).toBe(customer.default_source);
  const replaced = await stripe.customers.update(customer.id, { source: 'tok_mastercard' });
  expect(replaced.default_source).not.toBe(customer.default_source);
  expect((await stripe.subscriptions.retrieve(subscription.id)).default_payment_method).toBeNull();
});
