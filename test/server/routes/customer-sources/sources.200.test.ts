import type Stripe from 'stripe';
import { startServer, type TestServer } from '../../server';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const CARD = { number: '4242424242424242', exp_month: 12, exp_year: 2034, cvc: '123' };
const cardOf = (source: unknown): Stripe.Card => source as Stripe.Card;
const read = (path: string) => server.stripe.rawRequest('GET', path) as Promise<unknown> as Promise<{ data: { id: string }[]; id: string }>;

test('a customer that is created with a token has its card as default source and as payment method', async () => {
  const { stripe } = server;
  const customer = await stripe.customers.create({ source: 'tok_visa', expand: ['sources', 'default_source'] });
  const card = cardOf(customer.default_source);
  expect(card).toMatchObject({ object: 'card', brand: 'Visa', last4: '4242', customer: customer.id, funding: 'credit' });
  expect(card.id).toMatch(/^card_/);
  expect(customer.sources?.data.map(({ id }) => id)).toEqual([card.id]);
  expect((await stripe.paymentMethods.list({ customer: customer.id })).data.map(({ id }) => id)).toEqual([card.id]);
  expect((await stripe.customers.listSources(customer.id, { object: 'card' })).data).toHaveLength(1);
  expect((await stripe.customers.listSources(customer.id, { object: 'bank_account' })).data).toEqual([]);
  expect((await read(`/v1/customers/${customer.id}/cards`)).data.map(({ id }) => id)).toEqual([card.id]);
  const events = (await stripe.events.list({ types: ['customer.source.created', 'payment_method.attached'] })).data;
  expect(events.map(({ type }) => type).sort()).toEqual(['customer.source.created', 'payment_method.attached']);
});

test.each([
  ['a token of the sandbox', () => Promise.resolve('tok_visa')],
  [
    'a token that a caller made',
    async () => (await server.stripe.tokens.create({ card: { ...CARD, exp_month: '12', exp_year: '2034' } })).id,
  ],
])('the event of a new customer already shows the source that came with it: %s', async (_, token) => {
  const { stripe } = server;
  const customer = await stripe.customers.create({ source: await token() });
  const [event] = (await stripe.events.list({ type: 'customer.created', limit: 1 })).data;
  expect(customer.default_source).toMatch(/^card_/);
  expect(event?.data.object).toMatchObject({ id: customer.id, default_source: customer.default_source });
});

test('a token can be used once', async () => {
  const { stripe } = server;
  const token = await stripe.tokens.create({ card: { ...CARD, name: 'Ann', address_zip: '1234', exp_month: '12', exp_year: '2034' } });
  expect(token).toMatchObject({ object: 'token', type: 'card', used: false, card: { last4: '4242', name: 'Ann', address_zip: '1234' } });
  const customer = await stripe.customers.create();
  const source = await stripe.customers.createSource(customer.id, { source: token.id });
  expect(source.id).toBe(token.card?.id);
  expect((await stripe.tokens.retrieve(token.id)).used).toBe(true);
  const again = { code: 'token_already_used', statusCode: 400 };
  await expect(stripe.customers.createSource(customer.id, { source: token.id })).rejects.toMatchObject(again);
  await expect(stripe.paymentMethods.create({ type: 'card', card: { token: token.id } })).rejects.toMatchObject(again);
});

test('a token can become a payment method that is no source', async () => {
  const { stripe } = server;
  const token = await stripe.tokens.create({ card: { ...CARD, exp_month: '12', exp_year: '2034' } });
  const method = await stripe.paymentMethods.create({ type: 'card', card: { token: token.id } });
  expect(method).toMatchObject({ object: 'payment_method', card: { last4: '4242' }, customer: null });
  expect(method.id).toMatch(/^pm_/);
});

test('only test cards become tokens, and only in test mode', async () => {
  const { stripe, keys } = server;
  const make = (of: Stripe, number: string) => of.tokens.create({ card: { ...CARD, number, exp_month: '12', exp_year: '2034' } });
  await expect(make(stripe, '4111111111111111')).rejects.toMatchObject({ code: 'card_declined', decline_code: 'test_mode_live_card' });
  await expect(make(server.as(keys.live), CARD.number)).rejects.toMatchObject({ param: 'card[number]', statusCode: 400 });
});

test('another source replaces the default one, which is deleted', async () => {
  const { stripe } = server;
  const { id, default_source: before } = await stripe.customers.create({ source: 'tok_visa' });
  const changed = await stripe.customers.update(id, { source: 'tok_mastercard' });
  expect(changed.default_source).not.toBe(before);
  const left = await stripe.customers.listSources(id);
  expect(left.data.map((source) => [source.id, cardOf(source).brand])).toEqual([[changed.default_source, 'MasterCard']]);
});

test('sources are set as default, changed and deleted', async () => {
  const { stripe } = server;
  const { id } = await stripe.customers.create({ source: 'tok_visa' });
  const second = await stripe.customers.createSource(id, { source: 'tok_amex' });
  expect((await stripe.customers.update(id, { default_source: second.id })).default_source).toBe(second.id);
  const changed = cardOf(await stripe.customers.updateSource(id, second.id, { name: 'Bo', address_zip: '99', exp_year: '2040' }));
  expect(changed).toMatchObject({ name: 'Bo', address_zip: '99', exp_year: 2040, brand: 'American Express' });
  expect(await stripe.customers.retrieveSource(id, second.id)).toMatchObject({ name: 'Bo' });
  expect((await read(`/v1/customers/${id}/cards/${second.id}`)).id).toBe(second.id);
  expect(await stripe.customers.deleteSource(id, second.id)).toEqual({ id: second.id, object: 'card', deleted: true });
  expect(await stripe.customers.retrieve(id)).toMatchObject({ default_source: null });
  await expect(stripe.customers.retrieveSource(id, second.id)).rejects.toMatchObject({ code: 'resource_missing', statusCode: 404 });
});

test('a source of another customer is not found', async () => {
  const { stripe } = server;
  const [ann, bo] = [await stripe.customers.create({ source: 'tok_visa' }), await stripe.customers.create()];
  const source = ann.default_source as string;
  await expect(stripe.customers.retrieveSource(bo.id, source)).rejects.toMatchObject({ code: 'resource_missing' });
  await expect(stripe.customers.update(bo.id, { default_source: source })).rejects.toMatchObject({ param: 'default_source' });
});

test('a declined card becomes no source, and changes nothing', async () => {
  const { stripe } = server;
  const email = 'declined@example.com';
  await expect(stripe.customers.create({ email, source: 'tok_chargeDeclined' })).rejects.toMatchObject({ type: 'StripeCardError' });
  expect((await stripe.customers.list({ email })).data).toEqual([]);
});

test('an account does not see the tokens of another mode', async () => {
  const { stripe, keys } = server;
  const token = await stripe.tokens.create({ card: { ...CARD, exp_month: '12', exp_year: '2034' } });
  await expect(server.as(keys.live).tokens.retrieve(token.id)).rejects.toMatchObject({ code: 'resource_missing', statusCode: 404 });
});
