import { customerWith, priceOf, refusal } from '../support/builders';
import { useProduct } from '../support/product';

const product = useProduct();

const card = (number: string, change: object = {}) => ({
  type: 'card' as const,
  card: { number, exp_month: 12, exp_year: 2034, cvc: '123', ...change },
});

test('a test card number makes a payment method, and is stored nowhere', async () => {
  const { stripe, sql } = product;
  const method = await stripe.paymentMethods.create(card('5555 5555 5555 4444'));
  expect(method.card).toMatchObject({ brand: 'mastercard', last4: '4444', exp_month: 12, exp_year: 2034, checks: { cvc_check: 'pass' } });
  const paid = await stripe.paymentIntents.create({
    amount: 1000,
    currency: 'usd',
    confirm: true,
    payment_method_data: card('378282246310005', { cvc: '9876' }),
  });
  expect(paid.status).toBe('succeeded');
  const tables = await sql<{ name: string }[]>`select table_name as name from information_schema.tables where table_schema = 'public'`;
  for (const { name } of tables) {
    const found = await sql`select 1 from ${sql(name)} t where t::text ~ '5555555555554444|5555 5555|378282246310005|9876"' limit 1`;
    expect([name, found.length]).toEqual([name, 0]);
  }
});

test.each([
  ['a wrong number', '4242424242424241', {}, 'incorrect_number'],
  ['a number that is no test card', '4111111111111111', {}, 'card_declined'],
  ['month 13', '4242424242424242', { exp_month: 13 }, 'invalid_expiry_month'],
  ['a year that has passed', '4242424242424242', { exp_year: 2019 }, 'invalid_expiry_year'],
  ['a security code of two digits', '4242424242424242', { cvc: '99' }, 'invalid_cvc'],
])('%s is refused', async (_, number, change, code) => {
  const error = await refusal(product.stripe.paymentMethods.create(card(number, change)));
  expect([error.statusCode, error.type, error.code]).toEqual([402, 'StripeCardError', code]);
  expect(JSON.stringify(error.raw)).not.toContain(number);
});

test('in live mode test cards are refused', async () => {
  const { account, system } = product;
  expect(account).toBeTruthy();
  const answer = await fetch(`${product.url}/v1/payment_methods`, {
    method: 'POST',
    headers: { authorization: `Bearer ${system.keys.live}` },
    body: new URLSearchParams({ type: 'card', 'card[number]': '4242424242424242', 'card[exp_month]': '12', 'card[exp_year]': '2034' }),
  });
  expect(answer.status).toBe(400);
});

test('a card that its bank declines cannot be attached; one that fails only when charged can', async () => {
  const { customer } = await customerWith(product.stripe, null);
  const error = await refusal(product.stripe.paymentMethods.attach('pm_card_visa_chargeDeclined', { customer }));
  expect([error.statusCode, error.code, error.decline_code]).toEqual([402, 'card_declined', 'generic_decline']);
  expect((await product.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer })).customer).toBe(customer);
});

test('the same card has the same fingerprint, another card another one', async () => {
  const make = (number: string) => product.stripe.paymentMethods.create(card(number));
  const [a, b, c] = await Promise.all([make('4242424242424242'), make('4242424242424242'), make('5555555555554444')]);
  expect(a.card?.fingerprint).toBe(b.card?.fingerprint);
  expect(a.card?.fingerprint).not.toBe(c.card?.fingerprint);
});

test('a card of one customer cannot be used by another, nor without its customer', async () => {
  const [{ card: method }, { customer }] = await Promise.all([
    customerWith(product.stripe, 'pm_card_visa'),
    customerWith(product.stripe, null),
  ]);
  expect((await refusal(product.stripe.paymentMethods.attach(method ?? '', { customer }))).statusCode).toBe(400);
  const paying = product.stripe.paymentIntents.create({ amount: 1000, currency: 'usd', payment_method: method ?? '', confirm: true });
  expect((await refusal(paying)).statusCode).toBe(400);
});

test('a detached card can pay nothing, and is no default any more', async () => {
  const { stripe } = product;
  const { customer, card: method } = await customerWith(stripe, 'pm_card_visa');
  const items = [{ price: await priceOf(stripe) }];
  const subscription = await stripe.subscriptions.create({ customer, items, default_payment_method: method ?? '' });
  expect((await stripe.paymentMethods.detach(method ?? '')).customer).toBeNull();
  const after = (await stripe.customers.retrieve(customer)) as { invoice_settings: { default_payment_method: string | null } };
  expect(after.invoice_settings.default_payment_method).toBeNull();
  expect((await stripe.subscriptions.retrieve(subscription.id)).default_payment_method).toBeNull();
  expect((await refusal(stripe.paymentMethods.detach(method ?? ''))).statusCode).toBe(400);
});
