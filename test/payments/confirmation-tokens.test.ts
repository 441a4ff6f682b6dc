import type Stripe from 'stripe';
import { refusal } from '../support/builders';
import { useProduct } from '../support/product';

const product = useProduct();
const { stripe } = product;

type TokenParams = NonNullable<Parameters<Stripe['testHelpers']['confirmationTokens']['create']>[0]>;

const entered = (change: TokenParams = {}) =>
  stripe.testHelpers.confirmationTokens.create({ payment_method: 'pm_card_visa', return_url: 'https://shop.example.com', ...change });

const INTENT = { amount: 2000, currency: 'usd', confirm: true } as const;

test('an intent is confirmed with what the buyer has entered, which the server may look at before', async () => {
  const token = await entered({
    payment_method: undefined as unknown as string,
    payment_method_data: {
      type: 'card',
      card: { token: 'tok_visa' },
      billing_details: { name: 'Ada' },
    } as unknown as NonNullable<TokenParams['payment_method_data']>,
    setup_future_usage: 'off_session',
  });
  expect(token).toMatchObject({ object: 'confirmation_token', payment_intent: null, expires_at: token.created + 43_200 });
  expect(token.payment_method_preview).toMatchObject({ type: 'card', card: { last4: '4242' }, billing_details: { name: 'Ada' } });
  const { id: customer } = await stripe.customers.create();
  const intent = await stripe.paymentIntents.create({ ...INTENT, customer, confirmation_token: token.id });
  expect(intent).toMatchObject({ status: 'succeeded', amount_received: 2000, setup_future_usage: 'off_session' });
  expect((await stripe.paymentMethods.list({ customer })).data.map(({ id }) => id)).toEqual([intent.payment_method]);
  expect(await stripe.confirmationTokens.retrieve(token.id)).toMatchObject({ payment_intent: intent.id });
});

test('a token confirms one intent once, and a repeated request charges once', async () => {
  const token = await entered();
  const options = { idempotencyKey: token.id };
  const first = await stripe.paymentIntents.create({ ...INTENT, confirmation_token: token.id }, options);
  const again = await stripe.paymentIntents.create({ ...INTENT, confirmation_token: token.id }, options);
  expect([first.status, again.id]).toEqual(['succeeded', first.id]);
  const { param, message } = await refusal(stripe.paymentIntents.create({ ...INTENT, confirmation_token: token.id }));
  expect([param, message]).toEqual([
    'confirmation_token',
    `The confirmation token '${token.id}' was already used to confirm '${first.id}'.`,
  ]);
  expect((await stripe.paymentIntents.list()).data.filter(({ payment_method: method }) => method === first.payment_method)).toHaveLength(1);
});

test('intents that exist are confirmed with a token, also to keep a card, and the bank leads back to its return_url', async () => {
  const { id } = await stripe.paymentIntents.create({ amount: 2000, currency: 'usd' });
  const asked = await entered({ payment_method: 'pm_card_threeDSecure2Required' });
  const waiting = await stripe.paymentIntents.confirm(id, { confirmation_token: asked.id });
  expect(waiting).toMatchObject({
    status: 'requires_action',
    next_action: { redirect_to_url: { return_url: 'https://shop.example.com' } },
  });
  const setup = await stripe.setupIntents.create({ customer: (await stripe.customers.create()).id });
  const kept = await entered();
  expect(await stripe.setupIntents.confirm(setup.id, { confirmation_token: kept.id })).toMatchObject({ status: 'succeeded' });
  expect(await stripe.confirmationTokens.retrieve(kept.id)).toMatchObject({ setup_intent: setup.id, payment_intent: null });
});

test('a token that has expired, does not exist, or comes with another card is refused, and charges nothing', async () => {
  const old = await entered();
  await product.sql`update confirmation_tokens set expires_at = created where id = ${old.id}`;
  const refused = (params: Partial<Stripe.PaymentIntentCreateParams>) => refusal(stripe.paymentIntents.create({ ...INTENT, ...params }));
  expect(await refused({ confirmation_token: old.id })).toMatchObject({ statusCode: 400, param: 'confirmation_token' });
  expect(await refused({ confirmation_token: 'ctoken_none' })).toMatchObject({ code: 'resource_missing', param: 'confirmation_token' });
  const fresh = await entered();
  expect((await refused({ confirmation_token: fresh.id, payment_method: 'pm_card_visa' })).statusCode).toBe(400);
  expect(await refused({ confirmation_token: fresh.id, confirm: false })).toMatchObject({ param: 'confirmation_token' });
  expect(await stripe.confirmationTokens.retrieve(fresh.id)).toMatchObject({ payment_intent: null });
});
