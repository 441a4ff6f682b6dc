/** What decides the ways to pay where a request does not name them, and what is known of a customer's page and a card's verification. */
import type Stripe from 'stripe';
import { refusal } from '../support/builders';
import { useProduct } from '../support/product';

const { stripe } = useProduct();

describe('payment method configurations', () => {
  test('an account has one by default, and makes, changes and lists more', async () => {
    const [standard, ...others] = (await stripe.paymentMethodConfigurations.list()).data;
    expect(others).toEqual([]);
    expect(standard).toMatchObject({ name: 'Default', is_default: true, active: true, parent: null });
    expect(standard?.card).toEqual({ available: true, display_preference: { overridable: null, preference: 'none', value: 'on' } });
    const made = await stripe.paymentMethodConfigurations.create({
      name: 'Shop',
      card: { display_preference: { preference: 'off' } },
      alipay: { display_preference: { preference: 'on' } },
    });
    expect(made).toMatchObject({ name: 'Shop', is_default: false });
    // No gateway has it.
    expect(made.alipay).toEqual({ available: false, display_preference: { overridable: null, preference: 'on', value: 'on' } });
    const off = await stripe.paymentMethodConfigurations.update(made.id, { active: false, name: 'Closed' });
    expect(off).toMatchObject({ active: false, name: 'Closed', card: { available: false } });
    expect(await stripe.paymentMethodConfigurations.retrieve(made.id)).toMatchObject({ name: 'Closed' });
    expect((await stripe.paymentMethodConfigurations.list({ active: true })).data.map(({ id }) => id)).toEqual([standard?.id]);
    expect((await refusal(stripe.paymentMethodConfigurations.update(standard?.id ?? '', { active: false }))).param).toBe('active');
    expect((await refusal(stripe.paymentMethodConfigurations.retrieve('pmc_none'))).code).toBe('resource_missing');
  });

  test('intents and checkouts offer what their configuration has on, and nothing where it has nothing', async () => {
    const [standard] = (await stripe.paymentMethodConfigurations.list({ active: true })).data;
    const cardless = await stripe.paymentMethodConfigurations.create({ card: { display_preference: { preference: 'off' } } });
    const carded = await stripe.paymentMethodConfigurations.create({ card: { display_preference: { preference: 'on' } } });
    const intent = (params: Partial<Stripe.PaymentIntentCreateParams>) =>
      stripe.paymentIntents.create({ amount: 500, currency: 'usd', ...params });
    const details = (id = '') => ({ payment_method_types: ['card'], payment_method_configuration_details: { id, parent: null } });
    expect(await intent({})).toMatchObject(details(standard?.id));
    expect(await intent({ payment_method_configuration: carded.id })).toMatchObject(details(carded.id));
    expect(await intent({ payment_method_types: ['card'] })).toMatchObject({ payment_method_configuration_details: null });
    const refused = { param: 'payment_method_configuration', message: expect.stringContaining('No valid payment method types') as string };
    expect(await refusal(intent({ payment_method_configuration: cardless.id }))).toMatchObject(refused);
    expect(await refusal(stripe.setupIntents.create({ payment_method_configuration: cardless.id }))).toMatchObject(refused);
    expect((await refusal(intent({ payment_method_configuration: 'pmc_none' }))).param).toBe('payment_method_configuration');
    const both = { payment_method_configuration: carded.id, payment_method_types: ['card'] };
    expect((await refusal(intent(both))).statusCode).toBe(400);

    const { id: price } = await stripe.prices.create({ currency: 'usd', unit_amount: 500, product_data: { name: 'Book' } });
    const open = (params: Partial<Stripe.Checkout.SessionCreateParams>) =>
      stripe.checkout.sessions.create({
        mode: 'payment',
        success_url: 'https://shop.example.com',
        line_items: [{ price, quantity: 1 }],
        ...params,
      });
    expect(await open({})).toMatchObject(details(standard?.id));
    expect(await open({ payment_method_configuration: carded.id })).toMatchObject(details(carded.id));
    expect(await refusal(open({ payment_method_configuration: cardless.id }))).toMatchObject(refused);
    await stripe.paymentMethodConfigurations.update(carded.id, { active: false });
    expect((await refusal(open({ payment_method_configuration: carded.id }))).message).toContain('is not active');
  });
});

test('a customer session tells what a page may do for one customer, for half an hour', async () => {
  const { id: customer } = await stripe.customers.create();
  const session = await stripe.customerSessions.create({
    customer,
    components: {
      pricing_table: { enabled: true },
      payment_element: { enabled: true, features: { payment_method_save: 'enabled', payment_method_save_usage: 'off_session' } },
      customer_sheet: { enabled: false },
    },
  });
  expect(session).toMatchObject({ object: 'customer_session', customer, expires_at: session.created + 1800 });
  expect(session.client_secret).toContain('_secret_');
  expect(session.components).toMatchObject({
    pricing_table: { enabled: true },
    buy_button: { enabled: false },
    customer_sheet: { enabled: false, features: null },
    payment_element: {
      enabled: true,
      features: {
        payment_method_allow_redisplay_filters: ['always'],
        payment_method_remove: 'disabled',
        payment_method_save: 'enabled',
        payment_method_save_usage: 'off_session',
      },
    },
  });
  const make = (params: Partial<Stripe.CustomerSessionCreateParams>) =>
    refusal(stripe.customerSessions.create({ customer, components: { buy_button: { enabled: true } }, ...params }));
  expect(await make({ customer: 'cus_none' })).toMatchObject({ code: 'resource_missing', param: 'customer' });
  expect(await make({ components: { buy_button: { enabled: false } } })).toMatchObject({ param: 'components' });
  await stripe.customers.del(customer);
  expect(await make({})).toMatchObject({ code: 'resource_missing', param: 'customer' });
});

test('each confirmation of a setup intent is an attempt, newest first', async () => {
  const { id: customer } = await stripe.customers.create();
  const intent = await stripe.setupIntents.create({ customer });
  expect(intent.latest_attempt).toBeNull();
  expect((await stripe.setupAttempts.list({ setup_intent: intent.id })).data).toEqual([]);
  await refusal(stripe.setupIntents.confirm(intent.id, { payment_method: 'pm_card_visa_chargeDeclined' }));
  const { latest_attempt: latest } = await stripe.setupIntents.confirm(intent.id, { payment_method: 'pm_card_visa' });
  const { data } = await stripe.setupAttempts.list({ setup_intent: intent.id, expand: ['data.payment_method'] });
  expect(data.map(({ status, usage }) => [status, usage])).toEqual([
    ['succeeded', 'off_session'],
    ['failed', 'off_session'],
  ]);
  expect(data[0]).toMatchObject({
    id: latest,
    setup_intent: intent.id,
    customer,
    setup_error: null,
    payment_method: { object: 'payment_method' },
  });
  expect(data[0]?.payment_method_details).toMatchObject({ type: 'card', card: { brand: 'visa', last4: '4242', three_d_secure: null } });
  expect(data[1]?.setup_error).toMatchObject({ type: 'card_error', code: 'card_declined' });
  const page = await stripe.setupAttempts.list({ setup_intent: intent.id, limit: 1, starting_after: data[0]?.id ?? '' });
  expect([page.data.map(({ id }) => id), page.has_more]).toEqual([[data[1]?.id], false]);
  const refused = await refusal(stripe.setupAttempts.list({ setup_intent: 'seti_none' }));
  expect([refused.code, refused.param]).toEqual(['resource_missing', 'setup_intent']);
});
