import { refusal } from '../../support/builders';
import { startServer, type TestServer } from '../server';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

/** A call that is to be refused, with the parameter that the refusal names. All are awaited from the beginning. */
type Refused = [call: Promise<unknown>, param: string];
const refused = ([call, param]: Refused): [Promise<Awaited<ReturnType<typeof refusal>>>, string] => [refusal(call), param];

test.each([
  'x',
  'a@',
  '@b.example',
  'a b@c.example',
  'a@b.example\r\nBcc: all@c.example',
  'a@b@c.example',
  '<a@b.example>',
  'a@b.example,c@d.example',
])('%j is no e-mail address', async (email) => {
  const error = await refusal(server.stripe.customers.create({ email }));
  expect([error.statusCode, error.code, error.param]).toEqual([400, 'email_invalid', 'email']);
});

test.each(['ann@example.com', 'ann+tag@sub.example.co.uk', 'zoë@exämple.com'])('%s is an e-mail address', async (email) => {
  expect((await server.stripe.customers.create({ email })).email).toBe(email);
});

test.each([' ', '\t', '\u200b', '\u2060\ufeff', '\u202e'])('%j is no name: it is invisible', async (name) => {
  for (const call of [
    server.stripe.products.create({ name }),
    server.stripe.customers.create({ name }),
    server.stripe.prices.create({ currency: 'usd', unit_amount: 1, product_data: { name } }),
    server.stripe.taxRates.create({ display_name: name, percentage: 1, inclusive: false }),
    server.stripe.testHelpers.testClocks.create({ frozen_time: 1_767_225_600, name }),
    server.stripe.customers.create({ shipping: { name, address: { line1: '1 High Street' } } }),
    server.stripe.customers.create({ description: name }),
    server.stripe.paymentMethods.create({ type: 'card', card: { token: 'tok_visa' }, billing_details: { name } }),
    server.stripe.paymentMethods.create({ type: 'card', card: { token: 'tok_visa' }, billing_details: { address: { city: name } } }),
  ].map(refusal))
    expect((await call).statusCode).toBe(400);
});

test.each(['../../etc', 'search', '.', '..', 'a/b', 'a\nb', 'a b', '%2e', 'a?b', 'a#b', '\u200b'])('%j is no valid id', async (id) => {
  for (const [call, param] of (
    [
      [server.stripe.products.create({ id, name: 'Pro' }), 'id'],
      [server.stripe.coupons.create({ id, percent_off: 10 }), 'id'],
      [server.stripe.plans.create({ id, currency: 'usd', interval: 'month', amount: 1, product: { name: 'Pro' } }), 'id'],
      [server.stripe.prices.create({ currency: 'usd', unit_amount: 1, product_data: { id, name: 'Pro' } }), 'product_data[id]'],
    ] satisfies Refused[]
  ).map(refused))
    expect(await call).toMatchObject({ statusCode: 400, param });
});

test.each(['gold-monthly', 'v1.2_pro:x', 'größe'])('%s is a valid id', async (id) => {
  const made = await server.stripe.products.create({ id, name: 'Pro' });
  expect((await server.stripe.products.retrieve(made.id)).id).toBe(id);
});

test.each([
  'javascript:alert(1)',
  'data:text/html,x',
  'file:///etc/passwd',
  '//host/path',
  '/path',
  'https://u:p@host/',
  'https:/host',
  'https://a b/',
])('%s is no URL for a payer or a link', async (url) => {
  const intent = { amount: 100, currency: 'usd' };
  for (const [call, param] of (
    [
      [server.stripe.paymentIntents.create({ ...intent, confirm: true, return_url: url }), 'return_url'],
      [server.stripe.setupIntents.create({ confirm: true, return_url: url }), 'return_url'],
      [server.stripe.products.create({ name: 'Pro', url }), 'url'],
      [server.stripe.products.create({ name: 'Pro', images: [url] }), 'images[0]'],
    ] satisfies Refused[]
  ).map(refused))
    expect(await call).toMatchObject({ statusCode: 400, code: 'url_invalid', param });
});

test.each([{ number: 'garbage' }, { exp_month: 99 }, { exp_year: 1 }, { cvc: 'x' }])(
  'a token cannot be combined with %j',
  async (other) => {
    const error = await refusal(server.stripe.paymentMethods.create({ type: 'card', card: { token: 'tok_visa', ...other } }));
    const param = `card[${Object.keys(other).join()}]`;
    expect(error).toMatchObject({ statusCode: 400, code: 'parameters_exclusive', param });
  },
);
